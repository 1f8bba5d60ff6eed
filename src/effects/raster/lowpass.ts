const { max, min } = Math;

/**
 * The weighted low frequencies of a picture, filled in where it has no weight: push-pull over a pyramid (Gortler et al., The Lumigraph,
 * SIGGRAPH 1996), then smoothed. Cost is a small multiple of the pixel count whatever the radius.
 * @param data three floats a pixel
 * @param weight how much each pixel is to be believed, 0 to 1
 * @param levels how often the picture is halved: details below 2^levels pixels vanish
 * @returns three floats a pixel, without holes
 */
export function lowpass(data: Float32Array, weight: Float32Array, width: number, height: number, levels: number): Float32Array {
  let sheet: Sheet = { width, height, data: weighted(data, weight) };
  const sizes: Sheet[] = [sheet];
  for (let level = 0; level < levels && sheet.width > 2 && sheet.height > 2; level++) {
    sheet = halve(sheet);
    sizes.push(sheet);
  }
  // Holes at the wanted scale are filled from the scales above it.
  const base = sizes.length - 1;
  let top = sheet;
  while (top.width > 1 || top.height > 1) {
    top = halve(top);
    sizes.push(top);
  }
  let filled: Sheet = divided(top);
  for (let level = sizes.length - 2; level >= base; level--) filled = fill(sizes[level] ?? top, filled);
  for (let level = base - 1; level >= 0; level--) {
    const { width: w, height: h } = sizes[level] ?? top;
    filled = enlarge(filled, w, h);
  }
  const out = new Float32Array(width * height * 3);
  for (let from = 0, to = 0; to < out.length; from += 4, to += 3) {
    out[to] = filled.data[from] ?? 0;
    out[to + 1] = filled.data[from + 1] ?? 0;
    out[to + 2] = filled.data[from + 2] ?? 0;
  }
  return out;
}

/** Four floats a pixel: colour times weight, weight. */
interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

function weighted(data: Float32Array, weight: Float32Array): Float32Array {
  const out = new Float32Array(weight.length * 4);
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i] ?? 0;
    out[4 * i] = (data[3 * i] ?? 0) * w;
    out[4 * i + 1] = (data[3 * i + 1] ?? 0) * w;
    out[4 * i + 2] = (data[3 * i + 2] ?? 0) * w;
    out[4 * i + 3] = w;
  }
  return out;
}

function halve({ width, height, data }: Sheet): Sheet {
  const w = max(1, (width + 1) >> 1);
  const h = max(1, (height + 1) >> 1);
  const out = new Float32Array(w * h * 4);
  for (let y = 0; y < h; y++) {
    const y0 = 2 * y * width;
    const y1 = min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < w; x++) {
      const x0 = 2 * x;
      const x1 = min(x0 + 1, width - 1);
      const to = (y * w + x) * 4;
      const a = (y0 + x0) * 4;
      const b = (y0 + x1) * 4;
      const c = (y1 + x0) * 4;
      const d = (y1 + x1) * 4;
      out[to] = 0.25 * ((data[a] ?? 0) + (data[b] ?? 0) + (data[c] ?? 0) + (data[d] ?? 0));
      out[to + 1] = 0.25 * ((data[a + 1] ?? 0) + (data[b + 1] ?? 0) + (data[c + 1] ?? 0) + (data[d + 1] ?? 0));
      out[to + 2] = 0.25 * ((data[a + 2] ?? 0) + (data[b + 2] ?? 0) + (data[c + 2] ?? 0) + (data[d + 2] ?? 0));
      out[to + 3] = 0.25 * ((data[a + 3] ?? 0) + (data[b + 3] ?? 0) + (data[c + 3] ?? 0) + (data[d + 3] ?? 0));
    }
  }
  return { width: w, height: h, data: out };
}

function divided(sheet: Sheet): Sheet {
  const data = sheet.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    const w = data[i + 3] ?? 0;
    for (let k = 0; k < 3; k++) data[i + k] = w > 0 ? (data[i + k] ?? 0) / w : 128;
    data[i + 3] = 1;
  }
  return { ...sheet, data };
}

/** A level with its holes filled from the coarser one: weight 0 takes all of that, weight 1 nothing. */
function fill(level: Sheet, coarser: Sheet): Sheet {
  const from = enlarge(coarser, level.width, level.height);
  for (let i = 0; i < from.data.length; i += 4) {
    const w = min(1, (level.data[i + 3] ?? 0) * 4);
    const share = (level.data[i + 3] ?? 0) > 0 ? w / (level.data[i + 3] ?? 1) : 0;
    for (let k = 0; k < 3; k++) from.data[i + k] = (level.data[i + k] ?? 0) * share + (from.data[i + k] ?? 0) * (1 - w);
  }
  return from;
}

function enlarge({ width, height, data }: Sheet, w: number, h: number): Sheet {
  const out = new Float32Array(w * h * 4);
  for (let y = 0; y < h; y++) {
    const fy = min(max((y + 0.5) / 2 - 0.5, 0), height - 1);
    const y0 = min(fy | 0, max(0, height - 2));
    const v = fy - y0;
    const row0 = y0 * width;
    const row1 = min(y0 + 1, height - 1) * width;
    for (let x = 0; x < w; x++) {
      const fx = min(max((x + 0.5) / 2 - 0.5, 0), width - 1);
      const x0 = min(fx | 0, max(0, width - 2));
      const x1 = min(x0 + 1, width - 1);
      const u = fx - x0;
      const wa = (1 - u) * (1 - v);
      const wb = u * (1 - v);
      const wc = (1 - u) * v;
      const wd = u * v;
      const to = (y * w + x) * 4;
      const a = (row0 + x0) * 4;
      const b = (row0 + x1) * 4;
      const c = (row1 + x0) * 4;
      const d = (row1 + x1) * 4;
      out[to] = wa * (data[a] ?? 0) + wb * (data[b] ?? 0) + wc * (data[c] ?? 0) + wd * (data[d] ?? 0);
      out[to + 1] = wa * (data[a + 1] ?? 0) + wb * (data[b + 1] ?? 0) + wc * (data[c + 1] ?? 0) + wd * (data[d + 1] ?? 0);
      out[to + 2] = wa * (data[a + 2] ?? 0) + wb * (data[b + 2] ?? 0) + wc * (data[c + 2] ?? 0) + wd * (data[d + 2] ?? 0);
      out[to + 3] = 1;
    }
  }
  return { width: w, height: h, data: out };
}
