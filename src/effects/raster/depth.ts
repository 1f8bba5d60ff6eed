import type { Area } from './picture.ts';

const { ceil, floor, max, min } = Math;

/** How near the nearest surface is at each cell over an area; a cell is a square of `step` pixels. Empty cells hold -Infinity. */
export interface DepthMap {
  readonly area: Area;
  readonly step: number;
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Triangles with a depth, larger towards the viewer. Pixels of the picture. */
export interface Solid {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly zs: Float32Array;
  readonly triangles: Uint16Array;
}

export function emptyDepth(area: Area, step: number): DepthMap {
  const width = ceil(area.width / step) + 1;
  const height = ceil(area.height / step) + 1;
  return { area, step, width, height, data: new Float32Array(width * height).fill(Number.NEGATIVE_INFINITY) };
}

/** Adds a closed solid: only triangles that face the viewer count, those that run clockwise on the screen. */
export function addDepth(map: DepthMap, { xs, ys, zs, triangles }: Solid): void {
  const { area, step, width, height, data } = map;
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t] ?? 0;
    const b = triangles[t + 1] ?? 0;
    const c = triangles[t + 2] ?? 0;
    const ax = ((xs[a] ?? 0) - area.x) / step;
    const ay = ((ys[a] ?? 0) - area.y) / step;
    const bx = ((xs[b] ?? 0) - area.x) / step - ax;
    const by = ((ys[b] ?? 0) - area.y) / step - ay;
    const cx = ((xs[c] ?? 0) - area.x) / step - ax;
    const cy = ((ys[c] ?? 0) - area.y) / step - ay;
    const twice = bx * cy - cx * by;
    if (twice < 1e-6) continue;
    const az = zs[a] ?? 0;
    const bz = (zs[b] ?? 0) - az;
    const cz = (zs[c] ?? 0) - az;
    const left = max(0, ceil(ax + min(0, bx, cx)));
    const right = min(width - 1, floor(ax + max(0, bx, cx)));
    const top = max(0, ceil(ay + min(0, by, cy)));
    const bottom = min(height - 1, floor(ay + max(0, by, cy)));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const px = x - ax;
        const py = y - ay;
        const wb = (px * cy - cx * py) / twice;
        const wc = (bx * py - px * by) / twice;
        if (wb < -1e-4 || wc < -1e-4 || wb + wc > 1.0001) continue;
        const z = az + wb * bz + wc * cz;
        if (z > (data[y * width + x] ?? 0)) data[y * width + x] = z;
      }
    }
  }
}

/**
 * The share of a point that is not hidden: the four cells around it are asked one by one and their answers blended (percentage closer filtering:
 * Reeves, Salesin and Cook, SIGGRAPH 1987), so that the edge of what hides is soft and no depth is made up between two surfaces.
 */
export function shareSeen({ area, step, width, height, data }: DepthMap, x: number, y: number, z: number): number {
  const fx = min(max((x - area.x) / step, 0), width - 1.001);
  const fy = min(max((y - area.y) / step, 0), height - 1.001);
  const column = fx | 0;
  const row = fy | 0;
  const at = row * width + column;
  const u = fx - column;
  const v = fy - row;
  let seen = 0;
  if (z >= (data[at] ?? 0)) seen += (1 - u) * (1 - v);
  if (z >= (data[at + 1] ?? 0)) seen += u * (1 - v);
  if (z >= (data[at + width] ?? 0)) seen += (1 - u) * v;
  if (z >= (data[at + width + 1] ?? 0)) seen += u * v;
  return seen;
}
