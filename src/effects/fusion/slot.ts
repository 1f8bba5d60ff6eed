import type { Point } from '../../faces/face.ts';
import { meshOf, meshSize } from '../../faces/mesh.ts';
import { poseOf } from '../../faces/pose.ts';
import { faceOval } from '../../faces/topology.ts';
import { triangles } from './atlas.ts';

const { atan2, cos, hypot, PI, sin, sqrt, max, abs } = Math;

/** Where a template shows a face: its mesh and its outline as seen from the middle. Made once for each slot. */
export interface Slot {
  /** The dense mesh of the template's own face: three numbers a point, pixels of the scene. */
  readonly rest: Float32Array;
  /** All triangles, at rest the nearest first. */
  readonly order: Uint16Array;
  /** Middle of the outline. */
  readonly x: number;
  readonly y: number;
  /** Width of the face, pixels of the scene. */
  readonly width: number;
  /** How far outside the outline the scene may follow it, pixels. */
  readonly reach: number;
  /** For `rays` directions from the middle, the first to the right and on clockwise: the way to the outline, and the outline's points beside it. */
  readonly radius: Float32Array;
  readonly before: Uint8Array;
  readonly share: Float32Array;
}

export const rays = 180;

/**
 * @param landmarks 68 points of the template's face
 * @param reach in widths of the face
 * @param mesh the dense mesh where the face was found; without one it is bent to the 68 points
 */
export function slotOf(landmarks: readonly Point[], reach: number, mesh?: readonly number[]): Slot {
  const pose = poseOf(landmarks);
  const rest =
    mesh !== undefined ? Float32Array.from(mesh) : meshOf({ box: { x: 0, y: 0, width: 0, height: 0 }, score: 1, pose, landmarks });
  const [x, y] = middleOf(rest);
  const [left, right] = [landmarks[0] ?? [0, 0], landmarks[16] ?? [0, 0]];
  const width = hypot(right[0] - left[0], right[1] - left[1]);
  return { rest, order: byDepth(rest), x, y, width, reach: reach * width, ...look(rest, x, y) };
}

/** Mean of the outline. */
function middleOf(mesh: Float32Array): Point {
  let [x, y] = [0, 0];
  for (const index of faceOval) {
    x += (mesh[3 * index] ?? 0) / faceOval.length;
    y += (mesh[3 * index + 1] ?? 0) / faceOval.length;
  }
  return [x, y];
}

/** Twice the area of a triangle in the picture, positive where it faces the viewer. */
export function area(mesh: Float32Array, a: number, b: number, c: number): number {
  const ax = mesh[3 * a] ?? 0;
  const ay = mesh[3 * a + 1] ?? 0;
  return ((mesh[3 * b] ?? 0) - ax) * ((mesh[3 * c + 1] ?? 0) - ay) - ((mesh[3 * c] ?? 0) - ax) * ((mesh[3 * b + 1] ?? 0) - ay);
}

function byDepth(mesh: Float32Array): Uint16Array {
  const found: { readonly corners: readonly [number, number, number]; readonly depth: number }[] = [];
  for (let t = 0; t < triangles.length; t += 3) {
    const [a = 0, b = 0, c = 0] = [triangles[t], triangles[t + 1], triangles[t + 2]];
    found.push({ corners: [a, b, c], depth: (mesh[3 * a + 2] ?? 0) + (mesh[3 * b + 2] ?? 0) + (mesh[3 * c + 2] ?? 0) });
  }
  return Uint16Array.from(found.sort((one, other) => one.depth - other.depth).flatMap(({ corners }) => corners));
}

/** Where rays from the middle meet the outline. */
function look(mesh: Float32Array, x: number, y: number): Pick<Slot, 'radius' | 'before' | 'share'> {
  const radius = new Float32Array(rays);
  const before = new Uint8Array(rays);
  const share = new Float32Array(rays);
  for (let ray = 0; ray < rays; ray++) {
    const [dx, dy] = [cos((2 * PI * ray) / rays), sin((2 * PI * ray) / rays)];
    for (let k = 0; k < faceOval.length; k++) {
      const a = 3 * (faceOval[k] ?? 0);
      const b = 3 * (faceOval[(k + 1) % faceOval.length] ?? 0);
      const [ax, ay] = [(mesh[a] ?? 0) - x, (mesh[a + 1] ?? 0) - y];
      const [ex, ey] = [(mesh[b] ?? 0) - x - ax, (mesh[b + 1] ?? 0) - y - ay];
      const across = dx * ey - dy * ex;
      if (abs(across) < 1e-9) continue;
      const far = (ax * ey - ay * ex) / across;
      const along = (ax * dy - ay * dx) / across;
      if (along < -1e-6 || along > 1 + 1e-6 || far < (radius[ray] ?? 0)) continue;
      radius[ray] = far;
      before[ray] = k;
      share[ray] = max(0, along);
    }
  }
  return { radius, before, share };
}

/** How far each point of the outline moves. */
export interface Moves {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/**
 * How a place of the scene moves with the outline: with all of it on the outline, less towards the middle, and less outside until nothing moves at
 * `reach`. Writes two numbers to `out`; both 0 where nothing moves.
 */
export function follow(slot: Slot, moves: Moves, px: number, py: number, out: Float32Array): void {
  const dx = px - slot.x;
  const dy = py - slot.y;
  const turn = (atan2(dy, dx) / (2 * PI) + 1) * rays;
  const ray = turn | 0;
  const u = turn - ray;
  const a = ray % rays;
  const b = (ray + 1) % rays;
  const radius = (slot.radius[a] ?? 1) * (1 - u) + (slot.radius[b] ?? 1) * u;
  const far = sqrt(dx * dx + dy * dy);
  const outside = (far - radius) / slot.reach;
  out[0] = 0;
  out[1] = 0;
  if (outside >= 1) return;
  const inward = 1 - far / radius;
  const amount = outside > 0 ? 0.5 + 0.5 * cos(PI * outside) : 1 - inward * inward;
  for (let side = 0; side < 2; side++) {
    const at = side === 0 ? a : b;
    const part = amount * (side === 0 ? 1 - u : u);
    const k = slot.before[at] ?? 0;
    const next = (k + 1) % faceOval.length;
    const v = slot.share[at] ?? 0;
    out[0] = (out[0] ?? 0) + part * ((moves.x[k] ?? 0) * (1 - v) + (moves.x[next] ?? 0) * v);
    out[1] = (out[1] ?? 0) + part * ((moves.y[k] ?? 0) * (1 - v) + (moves.y[next] ?? 0) * v);
  }
}

/** Points of a mesh, x and y apart. */
export function columns(mesh: Float32Array): { readonly xs: Float32Array; readonly ys: Float32Array } {
  const xs = new Float32Array(meshSize);
  const ys = new Float32Array(meshSize);
  for (let i = 0; i < meshSize; i++) {
    xs[i] = mesh[3 * i] ?? 0;
    ys[i] = mesh[3 * i + 1] ?? 0;
  }
  return { xs, ys };
}
