import type { Point } from '../face.ts';

/** A spatial transformer (arXiv:1506.02025): the way the attention mesh cuts lips and eyes out of its features. All constants are those of its graph. */

/** Where a cut begins, and the step from one of its samples to the next; in cells of the features. */
export interface Cut {
  readonly start: Point;
  readonly across: Point;
  readonly down: Point;
}

const channels = 32;

/** Cells a side of the features, and pixels of the picture to a cell. */
const cells = 48;
const cell = 4;

/** Samples a side of a cut, which is half as large again as its points need; and pixels to a sample for the network that looks at it. */
const samples = 16;
const margin = 1.5;
const pixels = 4;

/**
 * The box of some points of a mesh, as turned as the line through two of them.
 * @param mesh x, y, z in pixels
 */
export function cutOf(mesh: Float32Array, points: readonly number[], [from, to]: readonly [number, number]): Cut {
  const at = (index: number): Point => [(mesh[3 * index] ?? 0) / cell, (mesh[3 * index + 1] ?? 0) / cell];
  const [[ax, ay], [bx, by]] = [at(from), at(to)];
  // Two different points of a face are never in one place, but what the network says of a wall may be.
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (const index of points) {
    const [x, y] = at(index);
    const [u, v] = [x * ux + y * uy, y * ux - x * uy];
    left = Math.min(left, u);
    right = Math.max(right, u);
    top = Math.min(top, v);
    bottom = Math.max(bottom, v);
  }
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  const [stepAcross, stepDown] = [((right - left) * margin) / samples, ((bottom - top) * margin) / samples];
  const [across, down]: [Point, Point] = [
    [ux * stepAcross, uy * stepAcross],
    [-uy * stepDown, ux * stepDown],
  ];
  const half = samples / 2;
  return { start: [u * ux - v * uy - half * (across[0] + down[0]), u * uy + v * ux - half * (across[1] + down[1])], across, down };
}

/**
 * Samples a cut, interpolated between the cells; beyond the edge the last cell goes on.
 * @param features `32 × 48 × 48`
 * @param into `32 × 16 × 16`
 */
export function sample(features: Float32Array, { start, across, down }: Cut, into: Float32Array): void {
  const last = cells - 1;
  for (let i = 0; i < samples * samples; i += 1) {
    const [column, row] = [i % samples, Math.floor(i / samples)];
    const x = start[0] + column * across[0] + row * down[0];
    const y = start[1] + column * across[1] + row * down[1];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [fx, fy] = [x - left, y - top];
    const [x0, x1] = [clamp(left, last), clamp(left + 1, last)];
    const [y0, y1] = [clamp(top, last) * cells, clamp(top + 1, last) * cells];
    const [a, b, c, d] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
    for (let channel = 0, plane = 0; channel < channels; channel += 1, plane += cells * cells) {
      into[channel * samples * samples + i] =
        a * (features[plane + y0 + x0] ?? 0) +
        b * (features[plane + y0 + x1] ?? 0) +
        c * (features[plane + y1 + x0] ?? 0) +
        d * (features[plane + y1 + x1] ?? 0);
    }
  }
}

/** A point that the network sees in a cut, back in pixels of the picture. */
export function back({ start, across, down }: Cut, u: number, v: number): Point {
  const [column, row] = [u / pixels, v / pixels];
  return [cell * (start[0] + column * across[0] + row * down[0]), cell * (start[1] + column * across[1] + row * down[1])];
}

function clamp(index: number, last: number): number {
  return index < 0 ? 0 : index > last ? last : index;
}
