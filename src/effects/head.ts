import { meanFace } from '../faces/mean-face.ts';
import { meshSize } from '../faces/mesh.ts';
import { chin, faceOval } from '../faces/topology.ts';

const { abs, atan2, cos, hypot, sin } = Math;

/** A point on the head. Unit: the distance between the eyes; origin midway between them; x to the picture's right, y down, z to the viewer. */
export type HeadPoint = readonly [x: number, y: number, z: number];

/** How one head stands in the picture. */
export interface Head {
  /** Pixels of the picture for one unit of the head. */
  readonly scale: number;
  /** A rotation, row by row: how far along the picture's x, its y and to the viewer each axis of the head points. */
  readonly turn: readonly [HeadPoint, HeadPoint, HeadPoint];
  /** From the head to the picture in perspective: pixels, and depth in head units, larger towards the viewer. */
  project(point: HeadPoint): HeadPoint;
  /** Depth in the same units of a point of the mesh, from its own z. */
  depth(z: number): number;
  /** The points of the mesh on the upright head: three numbers each, head units. */
  upright(): Float32Array;
}

/**
 * The mean face as a head that looks straight into the camera: forehead and chin equally far away. 468 points of three numbers, head units.
 * (The mean of snapshots looks down a little, so it is turned up.)
 */
export const reference: Float32Array = (() => {
  const at = (index: number) => [meanFace[3 * index + 1] ?? 0, -(meanFace[3 * index + 2] ?? 0)] as const;
  const [forehead, low] = [at(faceOval[0]), at(chin)];
  const tilt = atan2(forehead[1] - low[1], low[0] - forehead[0]);
  const out = new Float32Array(meanFace.length);
  for (let i = 0; i < meshSize; i++) {
    const [y, z] = at(i);
    out[3 * i] = meanFace[3 * i] ?? 0;
    out[3 * i + 1] = y * cos(tilt) - z * sin(tilt);
    out[3 * i + 2] = y * sin(tilt) + z * cos(tilt);
  }
  return out;
})();

/** Points above the mouth; below them the jaw moves on its own. */
const rigid: readonly number[] = Array.from({ length: meshSize }, (_, i) => i).filter((i) => (reference[3 * i + 1] ?? 0) < 0.7);

const middle = meanOf(reference, rigid);

/** What each rigid point of the reference, taken from their middle, adds to a row of the camera: the pseudo-inverse of those points. */
const shares: Float64Array = (() => {
  const moments = new Float64Array(9);
  const place = (i: number, k: number): number => (reference[3 * i + k] ?? 0) - (middle[k] ?? 0);
  for (const i of rigid) {
    for (let k = 0; k < 9; k++) moments[k] = (moments[k] ?? 0) + place(i, Math.floor(k / 3)) * place(i, k % 3);
  }
  const inverse = inverseTransposed(moments);
  const out = new Float64Array(rigid.length * 3);
  rigid.forEach((i, n) => {
    for (let k = 0; k < 3; k++) {
      for (let j = 0; j < 3; j++) out[3 * n + k] = (out[3 * n + k] ?? 0) + (inverse[3 * k + j] ?? 0) * place(i, j);
    }
  });
  return out;
})();

/** Distance of the camera in head units: 12 is about 75 cm, an arm's length selfie. */
const camera = 12;

/**
 * How a head stands, from its dense mesh: the scaled orthographic camera that carries the reference to the points in the picture by least squares
 * (the first step of POSIT: DeMenthon and Davis 1995, doi:10.1007/BF01450852), made a rotation. The mesh's own depth is left out: it is
 * what the network knows least.
 * @param mesh as `meshOf` gives it
 */
export function headOf(mesh: Float32Array): Head {
  const rows = [0, 0, 0, 0, 0, 0];
  rigid.forEach((i, n) => {
    for (let k = 0; k < 6; k++) rows[k] = (rows[k] ?? 0) + (shares[3 * n + (k % 3)] ?? 0) * (mesh[3 * i + (k < 3 ? 0 : 1)] ?? 0);
  });
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = rows;
  const scale = (hypot(a, b, c) + hypot(d, e, f)) / 2 || 1;
  const across = [b * f - c * e, c * d - a * f, a * e - b * d].map((value) => value / (scale * scale));
  const r = orthogonal(Float64Array.of(...rows.map((value) => value / scale), ...across));
  const row = (i: number): HeadPoint => [r[3 * i] ?? 0, r[3 * i + 1] ?? 0, r[3 * i + 2] ?? 0];
  const turn = [row(0), row(1), row(2)] as const;
  const [fx, fy, fz] = meanOf(mesh, rigid);
  const [mx, my, mz] = middle;
  const along = ([p, q, s]: HeadPoint, [x, y, z]: HeadPoint): number => p * (x - mx) + q * (y - my) + s * (z - mz);
  return {
    scale,
    turn,
    project: (point) => {
      const depth = along(turn[2], point);
      const near = (scale * camera) / (camera - depth);
      return [fx + near * along(turn[0], point), fy + near * along(turn[1], point), depth];
    },
    depth: (z) => (fz - z) / scale,
    upright: () => {
      const out = new Float32Array(mesh.length);
      for (let i = 0; i < mesh.length; i += 3) {
        const x = ((mesh[i] ?? 0) - fx) / scale;
        const y = ((mesh[i + 1] ?? 0) - fy) / scale;
        const z = (fz - (mesh[i + 2] ?? 0)) / scale;
        for (let k = 0; k < 3; k++) {
          out[i + k] = (middle[k] ?? 0) + (turn[0][k] ?? 0) * x + (turn[1][k] ?? 0) * y + (turn[2][k] ?? 0) * z;
        }
      }
      return out;
    },
  };
}

/** The mean of some points of a mesh, or of the reference. */
export function meanOf(points: Float32Array, indexes: readonly number[]): HeadPoint {
  let [x, y, z] = [0, 0, 0];
  for (const index of indexes) {
    x += (points[3 * index] ?? 0) / indexes.length;
    y += (points[3 * index + 1] ?? 0) / indexes.length;
    z += (points[3 * index + 2] ?? 0) / indexes.length;
  }
  return [x, y, z];
}

/** The rotation nearest to a matrix, by Newton's iteration (Higham, Computing the polar decomposition, SIAM J. Sci. Stat. Comput. 7, 1986). */
function orthogonal(matrix: Float64Array): Float64Array {
  const x = matrix.slice();
  for (let step = 0; step < 8; step++) {
    const back = inverseTransposed(x);
    for (let k = 0; k < 9; k++) x[k] = ((x[k] ?? 0) + (back[k] ?? 0)) / 2;
  }
  return x;
}

function inverseTransposed(m: Float64Array): Float64Array {
  const out = new Float64Array(9);
  for (let row = 0; row < 3; row++) {
    const [p, q] = [3 * ((row + 1) % 3), 3 * ((row + 2) % 3)];
    for (let k = 0; k < 3; k++) {
      const [i, j] = [(k + 1) % 3, (k + 2) % 3];
      out[3 * row + k] = (m[p + i] ?? 0) * (m[q + j] ?? 0) - (m[p + j] ?? 0) * (m[q + i] ?? 0);
    }
  }
  const determinant = (m[0] ?? 0) * (out[0] ?? 0) + (m[1] ?? 0) * (out[1] ?? 0) + (m[2] ?? 0) * (out[2] ?? 0);
  for (let k = 0; k < 9; k++) out[k] = (out[k] ?? 0) / (abs(determinant) > 1e-12 ? determinant : 1);
  return out;
}
