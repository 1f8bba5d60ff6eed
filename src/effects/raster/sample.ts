import type { Art } from './art.ts';

const { floor } = Math;

/**
 * Bilinear sample of premultiplied art at a continuous position (pixel centres at .5); outside the art everything is clear.
 * Writes four numbers, 0 to 255, to `out`.
 */
export function sampleArt(art: Art, x: number, y: number, out: Float32Array): void {
  const { width, height, data } = art;
  const fx = x - 0.5;
  const fy = y - 0.5;
  const x0 = floor(fx);
  const y0 = floor(fy);
  const u = fx - x0;
  const v = fy - y0;
  if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= height - 1) {
    sampleEdge(art, x0, y0, u, v, out);
    return;
  }
  const a = (y0 * width + x0) * 4;
  const b = a + 4;
  const c = a + width * 4;
  const d = c + 4;
  const wa = (1 - u) * (1 - v);
  const wb = u * (1 - v);
  const wc = (1 - u) * v;
  const wd = u * v;
  out[0] = wa * (data[a] ?? 0) + wb * (data[b] ?? 0) + wc * (data[c] ?? 0) + wd * (data[d] ?? 0);
  out[1] = wa * (data[a + 1] ?? 0) + wb * (data[b + 1] ?? 0) + wc * (data[c + 1] ?? 0) + wd * (data[d + 1] ?? 0);
  out[2] = wa * (data[a + 2] ?? 0) + wb * (data[b + 2] ?? 0) + wc * (data[c + 2] ?? 0) + wd * (data[d + 2] ?? 0);
  out[3] = wa * (data[a + 3] ?? 0) + wb * (data[b + 3] ?? 0) + wc * (data[c + 3] ?? 0) + wd * (data[d + 3] ?? 0);
}

/** Across the art's own edge, where some of the four neighbours do not exist. */
function sampleEdge({ width, height, data }: Art, x0: number, y0: number, u: number, v: number, out: Float32Array): void {
  out.fill(0, 0, 4);
  for (let j = 0; j < 2; j++) {
    const y = y0 + j;
    if (y < 0 || y >= height) continue;
    for (let i = 0; i < 2; i++) {
      const x = x0 + i;
      if (x < 0 || x >= width) continue;
      const weight = (j === 0 ? 1 - v : v) * (i === 0 ? 1 - u : u);
      for (let k = 0; k < 4; k++) out[k] = (out[k] ?? 0) + weight * (data[(y * width + x) * 4 + k] ?? 0);
    }
  }
}
