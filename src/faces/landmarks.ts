import type { Point } from './face.ts';

/** Places among the 68 points of iBUG 300-W (doi:10.1016/j.imavis.2016.01.002). "Left" is the left of the picture. */
export const leftEye = [36, 37, 38, 39, 40, 41] as const;
export const rightEye = [42, 43, 44, 45, 46, 47] as const;

/** The outline of what is surely face: jaw from ear to ear, then along the brows back. */
export const outline = [...Array.from({ length: 17 }, (_, i) => i), 26, 25, 24, 23, 22, 21, 20, 19, 18, 17] as const;

/** Which point each one becomes when the face is seen in a mirror. */
export const mirrored: readonly number[] = [
  ...[16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
  ...[26, 25, 24, 23, 22, 21, 20, 19, 18, 17],
  ...[27, 28, 29, 30, 35, 34, 33, 32, 31],
  ...[45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40],
  ...[54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65],
];

/** A landmark by its number; a face always has 68, so a missing one is a fault of ours. */
export function at(points: readonly Point[], index: number): Point {
  const point = points[index];
  if (point === undefined) throw new Error(`Expected 68 points but received ${points.length}`);
  return point;
}

export function centre(points: readonly Point[], indices: readonly number[]): Point {
  let x = 0;
  let y = 0;
  for (const index of indices) {
    const point = at(points, index);
    x += point[0];
    y += point[1];
  }
  return [x / indices.length, y / indices.length];
}

/** Distance of the centres of the eyes: the yardstick of a face, in the unit of its points. */
export function interocular(points: readonly Point[]): number {
  const [left, right] = [centre(points, leftEye), centre(points, rightEye)];
  return Math.hypot(right[0] - left[0], right[1] - left[1]);
}

/** Angle of the line through the eyes in radians, > 0 clockwise in the picture. */
export function eyeLine(points: readonly Point[]): number {
  const [left, right] = [centre(points, leftEye), centre(points, rightEye)];
  return Math.atan2(right[1] - left[1], right[0] - left[0]);
}
