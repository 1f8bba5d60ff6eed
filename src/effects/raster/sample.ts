import type { Art } from './art.ts';

/**
 * Bilinear sample of premultiplied art at a continuous position (pixel centres at .5); outside the art everything is clear.
 * Writes four numbers to `out`.
 */
export function sampleArt(art: Art, x: number, y: number, out: Float32Array): void {
  const { width, height, data } = art;
  const fx = x - 0.5;
  const fy = y - 0.5;
  const x0 = Math.floor(fx);
  const y0 = Math.floor(fy);
  const u = fx - x0;
  const v = fy - y0;
  out[0] = out[1] = out[2] = out[3] = 0;
  for (let j = 0; j < 2; j++) {
    const yy = y0 + j;
    if (yy < 0 || yy >= height) continue;
    const wy = j === 0 ? 1 - v : v;
    for (let i = 0; i < 2; i++) {
      const xx = x0 + i;
      if (xx < 0 || xx >= width) continue;
      const w = wy * (i === 0 ? 1 - u : u);
      const at = (yy * width + xx) * 4;
      out[0] += w * (data[at] ?? 0);
      out[1] += w * (data[at + 1] ?? 0);
      out[2] += w * (data[at + 2] ?? 0);
      out[3] += w * (data[at + 3] ?? 0);
    }
  }
}
