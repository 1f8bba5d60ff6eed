import type { Point } from '../faces/face.ts';
import { eyes } from './effect.ts';

/** A point on the head. Unit: the distance between the eyes; origin midway between them; x to the picture's right, y down, z to the viewer. */
export type HeadPoint = readonly [x: number, y: number, z: number];

/** From the head to the picture, in perspective. */
export interface HeadView {
  /** Pixels of the picture. */
  project(point: HeadPoint): Point;
  /** Pixels of the picture for one unit of the head. */
  readonly scale: number;
}

/**
 * Where rigid landmarks lie on an average adult head (own figures after common anthropometric means: 63 mm between the pupils, 90 mm between
 * the outer corners of the eyes, nose 35 mm in front of them). Lips, brows and chin move with expression and are left out.
 */
const rigid: readonly (readonly [landmark: number, point: HeadPoint])[] = [
  [36, [-0.71, 0, -0.12]],
  [39, [-0.27, 0.02, 0]],
  [42, [0.27, 0.02, 0]],
  [45, [0.71, 0, -0.12]],
  [27, [0, -0.06, 0.2]],
  [28, [0, 0.13, 0.31]],
  [29, [0, 0.32, 0.43]],
  [30, [0, 0.5, 0.53]],
  [31, [-0.24, 0.67, 0.2]],
  [33, [0, 0.73, 0.32]],
  [35, [0.24, 0.67, 0.2]],
  [0, [-1.12, 0, -1.15]],
  [2, [-1.05, 0.62, -1.0]],
  [14, [1.05, 0.62, -1.0]],
  [16, [1.12, 0, -1.15]],
];

/** Distance of the camera in head units: 12 is about 75 cm, an arm's length selfie. */
const camera = 12;

type Matrix = readonly [HeadPoint, HeadPoint, HeadPoint];

/**
 * The view of a head from its landmarks: a scaled orthographic camera is fitted to the rigid points by least squares, its two rows are made
 * orthogonal, and what is left of the error is taken out by the similarity that lays the model's eyes exactly on the eyes found.
 * @param landmarks 68 points, iBUG order
 */
export function viewHead(landmarks: readonly Point[]): HeadView {
  const rotation = orthonormal(...leastSquares(landmarks));
  const raw = (point: HeadPoint): Point => {
    const [x, y, z] = turned(rotation, point);
    const near = camera / (camera - z);
    return [x * near, y * near];
  };
  const [left, right] = eyes(landmarks);
  const from = raw([-0.49, 0, -0.02]);
  const to = raw([0.49, 0, -0.02]);
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const length2 = dx * dx + dy * dy;
  const ex = right[0] - left[0];
  const ey = right[1] - left[1];
  const cos = (ex * dx + ey * dy) / length2;
  const sin = (ey * dx - ex * dy) / length2;
  return {
    scale: Math.hypot(cos, sin),
    project(point) {
      const [x, y] = raw(point);
      const px = x - from[0];
      const py = y - from[1];
      return [left[0] + cos * px - sin * py, left[1] + sin * px + cos * py];
    },
  };
}

/** The two rows of the affine camera that carries the rigid points, taken from their means, to the landmarks. */
function leastSquares(landmarks: readonly Point[]): readonly [HeadPoint, HeadPoint] {
  const n = rigid.length;
  const mean = [0, 0, 0, 0, 0];
  for (const [index, [x, y, z]] of rigid) {
    const [u, v] = landmarks[index] ?? [0, 0];
    [x, y, z, u, v].forEach((value, i) => {
      mean[i] = (mean[i] ?? 0) + value / n;
    });
  }
  const [mx = 0, my = 0, mz = 0, mu = 0, mv = 0] = mean;
  let xx = 0;
  let yy = 0;
  let zz = 0;
  let xy = 0;
  let xz = 0;
  let yz = 0;
  const u3 = [0, 0, 0];
  const v3 = [0, 0, 0];
  for (const [index, point] of rigid) {
    const [u, v] = landmarks[index] ?? [0, 0];
    const p = [point[0] - mx, point[1] - my, point[2] - mz] as const;
    xx += p[0] * p[0];
    yy += p[1] * p[1];
    zz += p[2] * p[2];
    xy += p[0] * p[1];
    xz += p[0] * p[2];
    yz += p[1] * p[2];
    for (let i = 0; i < 3; i++) {
      u3[i] = (u3[i] ?? 0) + (p[i] ?? 0) * (u - mu);
      v3[i] = (v3[i] ?? 0) + (p[i] ?? 0) * (v - mv);
    }
  }
  const a = yy * zz - yz * yz;
  const b = xz * yz - xy * zz;
  const c = xy * yz - xz * yy;
  const d = xx * zz - xz * xz;
  const e = xy * xz - xx * yz;
  const f = xx * yy - xy * xy;
  const det = xx * a + xy * b + xz * c;
  const solve = ([p = 0, q = 0, r = 0]: readonly number[]): HeadPoint => [
    (a * p + b * q + c * r) / det,
    (b * p + d * q + e * r) / det,
    (c * p + e * q + f * r) / det,
  ];
  return [solve(u3), solve(v3)];
}

/** The rotation nearest to two rows of unlike length and angle: they are brought to one length and turned apart by equal halves. */
function orthonormal(first: HeadPoint, second: HeadPoint): Matrix {
  const p = unit(first);
  const q = unit(second);
  const sum = unit([p[0] + q[0], p[1] + q[1], p[2] + q[2]]);
  const difference = unit([p[0] - q[0], p[1] - q[1], p[2] - q[2]]);
  const h = Math.SQRT1_2;
  const row1: HeadPoint = [h * (sum[0] + difference[0]), h * (sum[1] + difference[1]), h * (sum[2] + difference[2])];
  const row2: HeadPoint = [h * (sum[0] - difference[0]), h * (sum[1] - difference[1]), h * (sum[2] - difference[2])];
  return [
    row1,
    row2,
    [row1[1] * row2[2] - row1[2] * row2[1], row1[2] * row2[0] - row1[0] * row2[2], row1[0] * row2[1] - row1[1] * row2[0]],
  ];
}

function unit([x, y, z]: HeadPoint): HeadPoint {
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

function turned([a, b, c]: Matrix, [x, y, z]: HeadPoint): HeadPoint {
  return [a[0] * x + a[1] * y + a[2] * z, b[0] * x + b[1] * y + b[2] * z, c[0] * x + c[1] * y + c[2] * z];
}
