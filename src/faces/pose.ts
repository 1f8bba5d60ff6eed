import type { Point, Pose } from './face.ts';
import { at } from './landmarks.ts';
import { meanFace } from './mean-face.ts';
import { shares } from './sixty-eight-table.ts';

type Vector = readonly [x: number, y: number, z: number];

/** Nine of the 68 points that hardly move with the expression. The chin is left out: an open mouth would read as a nod. */
const still = [30, 27, 33, 36, 39, 42, 45, 48, 54] as const;

/** Where they lie on the mean face, which looks into the camera as people on photos do: x to the picture's right, y down, z away from the viewer. */
export const head: readonly (readonly [index: number, place: Vector])[] = still.map((index) => {
  const place = (axis: 0 | 1 | 2) =>
    (shares[index] ?? []).reduce((sum, [vertex, share]) => sum + share * (meanFace[3 * vertex + axis] ?? 0), 0);
  return [index, [place(0), place(1), place(2)]];
});

/**
 * Direction of a head from its 68 points, by scaled orthographic projection (the first step of POSIT: DeMenthon and Davis 1995,
 * doi:10.1007/BF01450852): the two rows of the projection are the least-squares solution over those points, and made orthonormal they are two
 * rows of the rotation. Each row has its own scale, so that a long or a broad face does not read as one that nods or turns.
 *
 * Good to about 5 degrees within 40 of the front. Pitch is the weakest: a strong chin reads as looking down.
 */
export function poseOf(points: readonly Point[]): Pose {
  const [across, down] = orthonormal(project(points, 0), project(points, 1));
  const ahead = cross(across, down);
  // Where the head's own x axis points in the picture, then where it looks (its -z) once that roll is taken back.
  const roll = Math.atan2(down[0], across[0]);
  const look: Vector = [-across[2], -down[2], -ahead[2]];
  const x = look[0] * Math.cos(roll) + look[1] * Math.sin(roll);
  const y = look[1] * Math.cos(roll) - look[0] * Math.sin(roll);
  return { yaw: degrees(Math.atan2(x, -look[2])), pitch: degrees(Math.asin(clamp(-y))), roll: degrees(roll) };
}

/** The row r that makes r · place + constant come nearest to the points' coordinate on one axis. */
function project(points: readonly Point[], axis: 0 | 1): Vector {
  let [x, y, z] = [0, 0, 0];
  for (const [index, [a, b, c]] of weights) {
    const value = at(points, index)[axis];
    x += a * value;
    y += b * value;
    z += c * value;
  }
  return [x, y, z];
}

/** The pseudo-inverse of the centred head: what each point adds to each component of a row. */
const weights: readonly (readonly [index: number, share: Vector])[] = (() => {
  const mean = (axis: 0 | 1 | 2) => head.reduce((sum, [, place]) => sum + place[axis], 0) / head.length;
  const [mx, my, mz] = [mean(0), mean(1), mean(2)];
  const centred = head.map(([index, [x, y, z]]) => [index, [x - mx, y - my, z - mz]] as const);
  const sum = (i: 0 | 1 | 2, j: 0 | 1 | 2) => centred.reduce((total, [, place]) => total + place[i] * place[j], 0);
  // The head is symmetric, so x is independent of y and z and what is left to invert is 2 × 2.
  const [xx, yy, yz, zz] = [sum(0, 0), sum(1, 1), sum(1, 2), sum(2, 2)];
  const determinant = yy * zz - yz * yz;
  return centred.map(([index, [x, y, z]]) => [index, [x / xx, (zz * y - yz * z) / determinant, (yy * z - yz * y) / determinant]] as const);
})();

/** Two nearly perpendicular rows, both bent by half of what is missing. */
function orthonormal(a: Vector, b: Vector): readonly [Vector, Vector] {
  const [u, v] = [unit(a), unit(b)];
  const half = dot(u, v) / 2;
  const bent = (p: Vector, q: Vector): Vector => unit([p[0] - half * q[0], p[1] - half * q[1], p[2] - half * q[2]]);
  const [first, second] = [bent(u, v), bent(v, u)];
  const rest = dot(first, second);
  return [first, unit([second[0] - rest * first[0], second[1] - rest * first[1], second[2] - rest * first[2]])];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(a: Vector): Vector {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
}

function clamp(value: number): number {
  return Math.max(-1, Math.min(1, value));
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
