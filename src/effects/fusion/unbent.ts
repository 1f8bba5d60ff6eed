import type { Point } from '../../faces/face.ts';
import { type Bend, bendCell } from './bend.ts';

const { max, min } = Math;

/** Tells of a place of the result where it lies in the scene at rest: what is compared with the scene has to be compared with the same part of it. */
export function unbent({ area, width, height, data }: Bend): (x: number, y: number) => Point {
  return (x, y) => {
    const fx = (x - area.x) / bendCell;
    const fy = (y - area.y) / bendCell;
    if (fx < 0 || fy < 0 || fx > width - 1 || fy > height - 1) return [x, y];
    const u = min(fx | 0, max(0, width - 2));
    const v = min(fy | 0, max(0, height - 2));
    const [s, t] = [fx - u, fy - v];
    const at = 2 * (v * width + u);
    const below = at + 2 * width;
    const way = (k: 0 | 1): number =>
      ((data[at + k] ?? 0) * (1 - s) + (data[at + 2 + k] ?? 0) * s) * (1 - t) +
      ((data[below + k] ?? 0) * (1 - s) + (data[below + 2 + k] ?? 0) * s) * t;
    return [x + way(0), y + way(1)];
  };
}
