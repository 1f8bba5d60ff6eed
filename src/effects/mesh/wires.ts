import { skinTriangles } from '../../faces/mean-face.ts';
import { type Stage, stageFactor } from './stage.ts';

const { abs, floor, max, round } = Math;

/** The edges of the mesh as lines of one pixel, 0 to 1 for each pixel of the picture. */
export function wiresOf({ mesh }: Stage, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height);
  for (let t = 0; t < skinTriangles.length; t++) {
    const a = 3 * (skinTriangles[t] ?? 0);
    const b = 3 * (skinTriangles[t % 3 === 2 ? t - 2 : t + 1] ?? 0);
    // Two triangles share each edge and run along it in opposite directions: it is drawn for one of them.
    if (a < b) wire(out, width, height, mesh[a] ?? 0, mesh[a + 1] ?? 0, mesh[b] ?? 0, mesh[b + 1] ?? 0);
  }
  return out;
}

/** A line, its light shared between the two nearest pixels of each step (Wu, SIGGRAPH 1991). */
function wire(out: Float32Array, width: number, height: number, ax: number, ay: number, bx: number, by: number): void {
  const dx = (bx - ax) * stageFactor;
  const dy = (by - ay) * stageFactor;
  const steps = max(1, round(max(abs(dx), abs(dy))));
  const flat = abs(dx) > abs(dy);
  for (let step = 0; step <= steps; step++) {
    const x = ax * stageFactor + (dx * step) / steps - 0.5;
    const y = ay * stageFactor + (dy * step) / steps - 0.5;
    const x0 = floor(x);
    const y0 = floor(y);
    if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= height - 1) continue;
    const i = y0 * width + x0;
    const share = flat ? y - y0 : x - x0;
    const other = flat ? i + width : i + 1;
    out[i] = max(out[i] ?? 0, 1 - share);
    out[other] = max(out[other] ?? 0, share);
  }
}
