import type { Point } from '../../../faces/face.ts';
import { meanFace } from '../../../faces/mean-face.ts';
import { meshSize } from '../../../faces/mesh.ts';
import { rotationBetween } from '../../../faces/rigid.ts';

const { hypot } = Math;

/** A mesh seen from the front: the eyes 1 apart, the middle between them at 0, x to the right, y down, z away from the viewer. */
export interface Frontal {
  x(index: number): number;
  y(index: number): number;
  /** Distance of two points in space. */
  between(one: number, other: number): number;
}

const all = Array.from({ length: meshSize }, (_, index) => index);

/** Mesh points that stand for the left and the right eye. */
const eyeCorners = [
  [33, 133],
  [362, 263],
] as const;

/**
 * Turns a head to the front, so that its proportions do not depend on how it was held: the rotation that lays the mean face on the mesh, taken back.
 * @param mesh 468 points, see `Face.mesh`
 */
export function frontalOf(mesh: Float32Array): Frontal {
  const [mx, my, mz] = meanOf(mesh);
  const [xx = 1, xy = 0, xz = 0, yx = 0, yy = 1, yz = 0, zx = 0, zy = 0, zz = 1] = rotationBetween(meanFace, mesh, all);
  const at = new Float64Array(meshSize * 3);
  for (let i = 0; i < at.length; i += 3) {
    const [x, y, z] = [(mesh[i] ?? 0) - mx, (mesh[i + 1] ?? 0) - my, (mesh[i + 2] ?? 0) - mz];
    at[i] = xx * x + yx * y + zx * z;
    at[i + 1] = xy * x + yy * y + zy * z;
    at[i + 2] = xz * x + yz * y + zz * z;
  }
  const middles = eyeCorners.map(([a, b]) => [0, 1, 2].map((k) => ((at[3 * a + k] ?? 0) + (at[3 * b + k] ?? 0)) / 2));
  const [[lx = 0, ly = 0, lz = 0] = [], [rx = 0, ry = 0, rz = 0] = []] = middles;
  const scale = 1 / hypot(rx - lx, ry - ly, rz - lz);
  const [cx, cy] = [(lx + rx) / 2, (ly + ry) / 2];
  return {
    x: (index) => ((at[3 * index] ?? 0) - cx) * scale,
    y: (index) => ((at[3 * index + 1] ?? 0) - cy) * scale,
    between(one, other) {
      const d = [0, 1, 2].map((k) => (at[3 * one + k] ?? 0) - (at[3 * other + k] ?? 0));
      return hypot(...d) * scale;
    },
  };
}

/** Middles of the eyes in the picture and how far they are apart in space, pixels. */
export function eyesOf(mesh: Float32Array): { readonly left: Point; readonly right: Point; readonly apart: number } {
  const middle = ([a, b]: (typeof eyeCorners)[number], k: number): number => ((mesh[3 * a + k] ?? 0) + (mesh[3 * b + k] ?? 0)) / 2;
  const [l, r] = eyeCorners;
  const apart = hypot(middle(r, 0) - middle(l, 0), middle(r, 1) - middle(l, 1), middle(r, 2) - middle(l, 2));
  return { left: [middle(l, 0), middle(l, 1)], right: [middle(r, 0), middle(r, 1)], apart };
}

function meanOf(mesh: Float32Array): readonly [x: number, y: number, z: number] {
  const sum = [0, 0, 0];
  for (let i = 0; i < mesh.length; i++) sum[i % 3] = (sum[i % 3] ?? 0) + (mesh[i] ?? 0);
  const [x = 0, y = 0, z = 0] = sum.map((value) => (value * 3) / mesh.length);
  return [x, y, z];
}
