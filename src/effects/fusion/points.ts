import type { Point } from '../../faces/face.ts';

/**
 * The vertices of a face: 68 landmarks, then the forehead from the right temple over the brow to the left one, then points between
 * neighbours on the outline. Every vertex past the 68 is a fixed mixture of landmarks after one similarity, so faces correspond.
 */
export const foreheadCount = 11;
const between = 2;

/** Indexes of the outline, once around: jaw left to right, forehead right to left. */
export const outline: readonly number[] = [
  ...Array.from({ length: 17 }, (_, i) => i),
  ...Array.from({ length: foreheadCount }, (_, i) => 68 + i),
];

export const vertexCount = 68 + foreheadCount + outline.length * between;

/** The outline with the points between, once around. */
export const denseOutline: readonly number[] = outline.flatMap((index, k) => [
  index,
  ...Array.from({ length: between }, (_, j) => 68 + foreheadCount + k * between + j),
]);

/** Coordinates of vertices, x and y apart. */
export interface Vertices {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
}

/** @param landmarks 68 points, iBUG order */
export function faceVertices(landmarks: readonly Point[]): Vertices {
  const xs = new Float32Array(vertexCount);
  const ys = new Float32Array(vertexCount);
  landmarks.forEach(([x, y], i) => {
    xs[i] = x;
    ys[i] = y;
  });
  forehead(xs, ys);
  fillOutline(xs, ys);
  return { xs, ys };
}

/**
 * Half an ellipse from temple to temple. Its top lies as far above the brows as half the way from brows to the base of the nose: below any
 * usual hair line, and the same place on every face.
 */
function forehead(xs: Float32Array, ys: Float32Array): void {
  const at = (i: number): Point => [xs[i] ?? 0, ys[i] ?? 0];
  const [lx, ly] = at(0);
  const [rx, ry] = at(16);
  const width = Math.hypot(rx - lx, ry - ly) || 1;
  const ax = (rx - lx) / width;
  const ay = (ry - ly) / width;
  // Heights are measured across the line of the temples.
  const above = (i: number): number => {
    const [x, y] = at(i);
    return (x - lx) * ay - (y - ly) * ax;
  };
  const brow = [19, 20, 23, 24].reduce((sum, i) => sum + above(i), 0) / 4;
  const height = brow + 0.5 * (brow - above(33));
  for (let i = 0; i < foreheadCount; i++) {
    const angle = (Math.PI * (i + 1)) / (foreheadCount + 1);
    const along = width / 2 + (width / 2) * Math.cos(angle);
    const up = height * Math.sin(angle) ** 0.8;
    xs[68 + i] = lx + ax * along + ay * up;
    ys[68 + i] = ly + ay * along - ax * up;
  }
}

/** Points between neighbours of the outline on a closed Catmull-Rom spline (linear in the points, so it commutes with blending). */
function fillOutline(xs: Float32Array, ys: Float32Array): void {
  const n = outline.length;
  const index = (k: number): number => outline[(k + n) % n] ?? 0;
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < between; j++) {
      const t = (j + 1) / (between + 1);
      const to = 68 + foreheadCount + k * between + j;
      for (const axis of [xs, ys]) {
        axis[to] = spline(axis[index(k - 1)] ?? 0, axis[index(k)] ?? 0, axis[index(k + 1)] ?? 0, axis[index(k + 2)] ?? 0, t);
      }
    }
  }
}

function spline(a: number, b: number, c: number, d: number, t: number): number {
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
}

/**
 * The similarity (rotation, one scale, shift) that lays `from` on `to` best in the sense of least squares over the given vertices; closed
 * form in two dimensions (Umeyama, PAMI 13, 1991).
 */
export function align(from: Vertices, to: Vertices, over: readonly number[]): Vertices {
  let fx = 0;
  let fy = 0;
  let tx = 0;
  let ty = 0;
  for (const i of over) {
    fx += (from.xs[i] ?? 0) / over.length;
    fy += (from.ys[i] ?? 0) / over.length;
    tx += (to.xs[i] ?? 0) / over.length;
    ty += (to.ys[i] ?? 0) / over.length;
  }
  let dot = 0;
  let cross = 0;
  let norm = 0;
  for (const i of over) {
    const x = (from.xs[i] ?? 0) - fx;
    const y = (from.ys[i] ?? 0) - fy;
    const u = (to.xs[i] ?? 0) - tx;
    const v = (to.ys[i] ?? 0) - ty;
    dot += x * u + y * v;
    cross += x * v - y * u;
    norm += x * x + y * y;
  }
  const cos = dot / (norm || 1);
  const sin = cross / (norm || 1);
  return {
    xs: from.xs.map((value, i) => tx + cos * (value - fx) - sin * ((from.ys[i] ?? 0) - fy)),
    ys: from.ys.map((value, i) => ty + sin * ((from.xs[i] ?? 0) - fx) + cos * (value - fy)),
  };
}

/** The same vertices seen from another origin. */
export function shifted({ xs, ys }: Vertices, dx: number, dy: number): Vertices {
  return { xs: xs.map((x) => x - dx), ys: ys.map((y) => y - dy) };
}
