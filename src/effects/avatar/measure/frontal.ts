import type { Point } from '../../../faces/face.ts';
import { meanFace } from '../../../faces/mean-face.ts';
import { meshSize } from '../../../faces/mesh.ts';

const { hypot } = Math;

/** A mesh seen from the front: the eyes 1 apart, the middle between them at 0, x to the right, y down, z away from the viewer. */
export interface Frontal {
  x(index: number): number;
  y(index: number): number;
  /** Distance of two points in space. */
  between(one: number, other: number): number;
}

/** Mesh points that stand for the left and the right eye. */
const eyeCorners = [
  [33, 133],
  [362, 263],
] as const;

/**
 * Turns a head to the front, so that its proportions do not depend on how it was held: the rotation that lays the mean face on the mesh (Horn 1987,
 * doi:10.1364/JOSAA.4.000629: the unit quaternion is the eigenvector of the largest eigenvalue of a 4 × 4 matrix), taken back.
 * @param mesh 468 points, see `Face.mesh`
 */
export function frontalOf(mesh: Float32Array): Frontal {
  const [mx, my, mz] = meanOf(mesh);
  const [r0, r1, r2] = rotationTo(mesh);
  const at = new Float64Array(meshSize * 3);
  for (let i = 0; i < at.length; i += 3) {
    const [x, y, z] = [(mesh[i] ?? 0) - mx, (mesh[i + 1] ?? 0) - my, (mesh[i + 2] ?? 0) - mz];
    at[i] = r0[0] * x + r1[0] * y + r2[0] * z;
    at[i + 1] = r0[1] * x + r1[1] * y + r2[1] * z;
    at[i + 2] = r0[2] * x + r1[2] * y + r2[2] * z;
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

type Row = readonly [number, number, number];

/** Rows of the rotation that turns the mean face as the mesh is turned. */
function rotationTo(mesh: Float32Array): readonly [Row, Row, Row] {
  const m = meanOf(mesh);
  const f = meanOf(meanFace);
  const s = new Float64Array(9);
  for (let i = 0; i < meshSize * 3; i += 3) {
    for (let j = 0; j < 3; j++) {
      for (let k = 0; k < 3; k++)
        s[3 * j + k] = (s[3 * j + k] ?? 0) + ((meanFace[i + j] ?? 0) - (f[j] ?? 0)) * ((mesh[i + k] ?? 0) - (m[k] ?? 0));
    }
  }
  const [xx = 0, xy = 0, xz = 0, yx = 0, yy = 0, yz = 0, zx = 0, zy = 0, zz = 0] = s;
  const n = [
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, yy - xx - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, zz - xx - yy],
  ] as const;
  // Power iteration; the trace of the absolute values makes the largest eigenvalue the largest in size too.
  const shift = n.reduce((sum, row) => sum + row.reduce((all, value) => all + Math.abs(value), 0), 0);
  let q: readonly number[] = [1, 0, 0, 0];
  for (let step = 0; step < 200; step++) {
    const next = n.map((row, i) => row.reduce((sum, value, j) => sum + value * (q[j] ?? 0), shift * 0.1 * (q[i] ?? 0)));
    const length = hypot(...next) || 1;
    q = next.map((value) => value / length);
  }
  const [w = 1, x = 0, y = 0, z = 0] = q;
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ];
}

function meanOf(mesh: Float32Array): Row {
  const sum = [0, 0, 0];
  for (let i = 0; i < mesh.length; i++) sum[i % 3] = (sum[i % 3] ?? 0) + (mesh[i] ?? 0);
  const [x = 0, y = 0, z = 0] = sum.map((value) => (value * 3) / mesh.length);
  return [x, y, z];
}
