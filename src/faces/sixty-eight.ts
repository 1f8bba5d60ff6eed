import type { Point } from './face.ts';

/** The point of the mesh that comes nearest to each of the 68. */
const nearest = [
  ...[127, 234, 93, 132, 58, 172, 150, 176, 152, 400, 379, 397, 288, 361, 323, 454, 356],
  ...[70, 63, 105, 66, 107, 336, 296, 334, 293, 300],
  ...[168, 197, 5, 4, 98, 97, 2, 326, 327],
  ...[33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380],
  ...[61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317, 14, 87],
] as const;

/** The 68 points of iBUG that a mesh of 468 implies. */
export function landmarksOf(mesh: Float32Array): readonly Point[] {
  return nearest.map((index): Point => [mesh[3 * index] ?? 0, mesh[3 * index + 1] ?? 0]);
}
