import type { Rest } from '../effect.ts';
import { type Bend, bendCell } from './bend.ts';

const { max, min } = Math;

/** Tells of a place of the result where it lies in the scene at rest: what is compared with the scene has to be compared with the same part of it. */
export function unbent({ area, width, height, data }: Bend): Rest {
  return (x, y, out) => {
    out[0] = x;
    out[1] = y;
    const fx = (x - area.x) / bendCell;
    const fy = (y - area.y) / bendCell;
    if (fx < 0 || fy < 0 || fx > width - 1 || fy > height - 1) return;
    const u = min(fx | 0, max(0, width - 2));
    const v = min(fy | 0, max(0, height - 2));
    const s = fx - u;
    const t = fy - v;
    const at = 2 * (v * width + u);
    const below = at + 2 * width;
    for (let k = 0; k < 2; k++) {
      const upper = (data[at + k] ?? 0) * (1 - s) + (data[at + 2 + k] ?? 0) * s;
      const lower = (data[below + k] ?? 0) * (1 - s) + (data[below + 2 + k] ?? 0) * s;
      out[k] = (out[k] ?? 0) + upper * (1 - t) + lower * t;
    }
  };
}
