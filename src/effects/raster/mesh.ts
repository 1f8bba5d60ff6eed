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
  const slope = new Float64Array(count);
  const row = new Float64Array(count);
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
    // Whole numbers to the engine too, and so are the places in arrays that come of them.
    const top = max(area.y, floor(min(ay, by, cy) - 0.5)) | 0;
    const bottom = min(area.y + area.height - 1, ceil(max(ay, by, cy))) | 0;
    const left = max(area.x, floor(min(ax, bx, cx) - 0.5)) | 0;
    const right = min(area.x + area.width - 1, ceil(max(ax, bx, cx))) | 0;
    // Weights and numbers are linear over the triangle: they are stepped from pixel to pixel.
    const stepB = cy - ay;
    const stepC = ay - by;
    for (let k = 0; k < count; k++) {
      const va = values[a * count + k] ?? 0;
      slope[k] = (((values[b * count + k] ?? 0) - va) * stepB + ((values[c * count + k] ?? 0) - va) * stepC) / twice;
    }
    for (let y = top; y <= bottom; y++) {
      const dx = left + 0.5 - ax;
      const dy = y + 0.5 - ay;
      let wb = dx * (cy - ay) - (cx - ax) * dy;
      let wc = (bx - ax) * dy - dx * (by - ay);
      for (let k = 0; k < count; k++) {
        const va = values[a * count + k] ?? 0;
        row[k] = va + (wb * ((values[b * count + k] ?? 0) - va) + wc * ((values[c * count + k] ?? 0) - va)) / twice;
      }
      let at = ((y - area.y) * area.width + left - area.x) * count;
      for (let x = left; x <= right; x++, at += count, wb += stepB, wc += stepC) {
        if (wb < tolerance || wc < tolerance || twice - wb - wc < tolerance || !missing(data[at] ?? 0)) continue;
        const along = x - left;
        for (let k = 0; k < count; k++) data[at + k] = (row[k] ?? 0) + along * (slope[k] ?? 0);
      }
    }
  }
  return { area, count, data };
}
