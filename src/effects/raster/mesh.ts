import type { Area } from './picture.ts';

const { ceil, floor, max, min } = Math;
const { isNaN: missing } = Number;

/** Triangles over vertices in the target picture; every vertex carries `values` numbers that are interpolated over the triangles. */
export interface Mesh {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** Three vertex indexes a triangle. */
  readonly triangles: Uint16Array;
  /** `count` numbers a vertex: source coordinates, weights. */
  readonly values: Float32Array;
  readonly count: number;
}

/** For each pixel of `area` the interpolated numbers, `count` a pixel; where no triangle lies they are NaN. */
export interface Field {
  readonly area: Area;
  readonly count: number;
  readonly data: Float32Array;
}

/**
 * Rasterises a mesh at pixel centres. A pixel on a shared edge belongs to one of the two triangles, never to none: the edge test has a small
 * tolerance and the first triangle wins. Triangles seen from behind (negative area) are left out.
 */
export function rasterizeMesh(mesh: Mesh, area: Area): Field {
  const { xs, ys, triangles, values, count } = mesh;
  const data = new Float32Array(area.width * area.height * count).fill(Number.NaN);
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t] ?? 0;
    const b = triangles[t + 1] ?? 0;
    const c = triangles[t + 2] ?? 0;
    const ax = xs[a] ?? 0;
    const ay = ys[a] ?? 0;
    const bx = xs[b] ?? 0;
    const by = ys[b] ?? 0;
    const cx = xs[c] ?? 0;
    const cy = ys[c] ?? 0;
    const twice = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
    if (twice <= 1e-6) continue;
    const tolerance = -1e-4 * twice - 1e-6;
    const top = max(area.y, floor(min(ay, by, cy) - 0.5));
    const bottom = min(area.y + area.height - 1, ceil(max(ay, by, cy)));
    const left = max(area.x, floor(min(ax, bx, cx) - 0.5));
    const right = min(area.x + area.width - 1, ceil(max(ax, bx, cx)));
    for (let y = top; y <= bottom; y++) {
      const py = y + 0.5;
      for (let x = left; x <= right; x++) {
        const px = x + 0.5;
        const wb = (px - ax) * (cy - ay) - (cx - ax) * (py - ay);
        const wc = (bx - ax) * (py - ay) - (px - ax) * (by - ay);
        const wa = twice - wb - wc;
        if (wa < tolerance || wb < tolerance || wc < tolerance) continue;
        const at = ((y - area.y) * area.width + x - area.x) * count;
        if (!missing(data[at])) continue;
        for (let k = 0; k < count; k++) {
          data[at + k] =
            (wa * (values[a * count + k] ?? 0) + wb * (values[b * count + k] ?? 0) + wc * (values[c * count + k] ?? 0)) / twice;
        }
      }
    }
  }
  return { area, count, data };
}
