import type { Mask } from '../raster/picture.ts';

const { ceil, hypot, max, round } = Math;

/** Share from which a pixel of a mask counts as inside. */
export const half = 128;

/** About so many points are looked at, however large the mask is. */
const points = 400;

/** How far around a point its direction is taken from, pixels. */
const reach = 4;

/** Points on the edge of a mask and the unit normals that lead out of it; all in pixels of the picture. */
export interface Contour {
  readonly count: number;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly outX: Float32Array;
  readonly outY: Float32Array;
}

/**
 * Where rows and columns of a grid cross the edge of a mask: points spread nearly evenly along it, for a fraction of the cost of all. Where the
 * mask ends with the picture is no contour, since nothing is beside it.
 * @param width @param height of the picture
 */
export function contourOf(mask: Mask, width: number, height: number): Contour {
  const { x: left, y: top, width: columns, height: rows } = mask.area;
  const step = max(1, round((2 * (columns + rows)) / points));
  const xs: number[] = [];
  const ys: number[] = [];
  const atSides = { first: left === 0, last: left + columns === width };
  for (let y = step >> 1; y < rows; y += step) {
    forCrossings(mask.data, y * columns, 1, columns, atSides, (x) => {
      xs.push(x);
      ys.push(y + 0.5);
    });
  }
  const atEnds = { first: top === 0, last: top + rows === height };
  for (let x = step >> 1; x < columns; x += step) {
    forCrossings(mask.data, x, columns, rows, atEnds, (y) => {
      xs.push(x + 0.5);
      ys.push(y);
    });
  }
  const outX = new Float32Array(xs.length);
  const outY = new Float32Array(xs.length);
  for (let i = 0; i < xs.length; i += 1) [outX[i], outY[i]] = outward(mask, xs[i] ?? 0, ys[i] ?? 0);
  return { count: xs.length, xs: Float32Array.from(xs, (x) => left + x), ys: Float32Array.from(ys, (y) => top + y), outX, outY };
}

/** Where a row or a column of a mask goes in or out. @param ends whether its first and its last pixel are the picture's, so that it does not end there */
function forCrossings(
  data: Uint8Array,
  start: number,
  stride: number,
  count: number,
  ends: { readonly first: boolean; readonly last: boolean },
  visit: (at: number) => void,
): void {
  let before = ends.first && (data[start] ?? 0) >= half;
  for (let i = 0, at = start; i < count; i += 1, at += stride) {
    const now = (data[at] ?? 0) >= half;
    if (now !== before) visit(i);
    before = now;
  }
  if (before && !ends.last) visit(count);
}

/** Away from the middle of what is inside nearby. */
function outward({ area, data }: Mask, x: number, y: number): readonly [number, number] {
  let sumX = 0;
  let sumY = 0;
  for (let v = ceil(y - reach - 0.5); v <= y + reach - 0.5; v += 1) {
    for (let u = ceil(x - reach - 0.5); u <= x + reach - 0.5; u += 1) {
      const dx = u + 0.5 - x;
      const dy = v + 0.5 - y;
      if (dx * dx + dy * dy > reach * reach) continue;
      const within = u >= 0 && v >= 0 && u < area.width && v < area.height && (data[v * area.width + u] ?? 0) >= half;
      if (!within) continue;
      sumX -= dx;
      sumY -= dy;
    }
  }
  const length = hypot(sumX, sumY);
  return length === 0 ? [0, 0] : [sumX / length, sumY / length];
}
