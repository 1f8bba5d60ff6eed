const { max, min } = Math;

/**
 * Brush work: every pixel takes the mean of whichever of the four squares around it is calmest (Kuwahara et al. 1976), with soft weights
 * instead of a hard choice so that no blocks appear. Edges become crisp, skin becomes flat strokes; an enlarged photo loses its blur.
 * Sums over squares come from summed-area tables, so the cost does not depend on the radius.
 * @param data three floats a pixel
 * @param radius pixels
 * @param edge only where this is 1 or less; elsewhere the result is black
 */
export function brush(
  data: Float32Array,
  width: number,
  height: number,
  radius: number,
  edge: Float32Array = new Float32Array(width * height),
): Float32Array {
  const table = summed(data, width, height);
  const out = new Float32Array(data.length);
  const stride = (width + 1) * 4;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!((edge[y * width + x] ?? 2) <= 1)) continue;
      let total = 0;
      let r = 0;
      let g = 0;
      let b = 0;
      for (let quarter = 0; quarter < 4; quarter++) {
        const x0 = quarter & 1 ? x : max(0, x - radius);
        const x1 = quarter & 1 ? min(width, x + radius + 1) : x + 1;
        const y0 = quarter & 2 ? y : max(0, y - radius);
        const y1 = quarter & 2 ? min(height, y + radius + 1) : y + 1;
        const n = 1 / ((x1 - x0) * (y1 - y0));
        const aa = y0 * stride + x0 * 4;
        const ab = y0 * stride + x1 * 4;
        const ba = y1 * stride + x0 * 4;
        const bb = y1 * stride + x1 * 4;
        const mr = ((table[bb] ?? 0) - (table[ab] ?? 0) - (table[ba] ?? 0) + (table[aa] ?? 0)) * n;
        const mg = ((table[bb + 1] ?? 0) - (table[ab + 1] ?? 0) - (table[ba + 1] ?? 0) + (table[aa + 1] ?? 0)) * n;
        const mb = ((table[bb + 2] ?? 0) - (table[ab + 2] ?? 0) - (table[ba + 2] ?? 0) + (table[aa + 2] ?? 0)) * n;
        const square = ((table[bb + 3] ?? 0) - (table[ab + 3] ?? 0) - (table[ba + 3] ?? 0) + (table[aa + 3] ?? 0)) * n;
        const light = 0.3 * mr + 0.59 * mg + 0.11 * mb;
        const variance = max(0, square - light * light) + 2;
        const weight = 1 / (variance * variance);
        total += weight;
        r += mr * weight;
        g += mg * weight;
        b += mb * weight;
      }
      const to = (y * width + x) * 3;
      out[to] = r / total;
      out[to + 1] = g / total;
      out[to + 2] = b / total;
    }
  }
  return out;
}

/** Summed-area table: red, green, blue and squared lightness, with a row and a column of zeros before the first. */
function summed(data: Float32Array, width: number, height: number): Float64Array {
  const stride = (width + 1) * 4;
  const table = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let r = 0;
    let g = 0;
    let b = 0;
    let s = 0;
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      const red = data[from] ?? 0;
      const green = data[from + 1] ?? 0;
      const blue = data[from + 2] ?? 0;
      const light = 0.3 * red + 0.59 * green + 0.11 * blue;
      r += red;
      g += green;
      b += blue;
      s += light * light;
      const to = (y + 1) * stride + (x + 1) * 4;
      const above = to - stride;
      table[to] = (table[above] ?? 0) + r;
      table[to + 1] = (table[above + 1] ?? 0) + g;
      table[to + 2] = (table[above + 2] ?? 0) + b;
      table[to + 3] = (table[above + 3] ?? 0) + s;
    }
  }
  return table;
}
