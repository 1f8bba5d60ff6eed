import { chin, faceOval, leftEyeRing, lipsInner, rightEyeRing } from '../../faces/topology.ts';
import { smoothstep } from '../raster/picture.ts';
import { laidOn } from './align.ts';
import { atlas } from './atlas.ts';
import { area, follow, type Moves, type Slot } from './slot.ts';

const { hypot, max, tanh } = Math;

/** Points that keep their place on a face whatever it does: corners of eyes and mouth, bridge and tip of the nose, temples, chin. */
const steady = [33, 133, 362, 263, 168, 6, 197, 195, 4, 98, 327, 2, 61, 291, 152, 127, 356, 10] as const;

/** Lids and lips: rings that run over their upper half and back over the lower one, with both corners. */
const slits: readonly (readonly number[])[] = [lipsInner, leftEyeRing, rightEyeRing];

/** A head may go on looking by so much, radians, past where the template's looks: up to there features move, and no skin has to be guessed. */
const slack = 0.2;

export interface Aim {
  /** Where the mesh comes to lie: three numbers a point, pixels of the scene. */
  readonly mesh: Float32Array;
  /** How far the outline moves. */
  readonly moves: Moves;
  /** Triangles that face the viewer in the template and are turned over in the result. */
  readonly tearing: number;
}

/**
 * Where every point comes to lie. Features move with `strength`, the outline and what follows it with `strength × shape`. Points of triangles that
 * would turn over are drawn back towards the template until none does, so there are no folds.
 * @param user the user's mesh, pixels of the photo
 * @param strength @param shape 0 to 1
 */
export function aim(slot: Slot, user: Float32Array, strength: number, shape: number): Aim {
  const { rest, order } = slot;
  const laid = laidOn(user, rest, steady, slack);
  const moves = outlineMoves(laid, slot, strength * shape);
  const shift = new Float32Array(rest.length);
  const along = new Float32Array(2);
  for (let i = 0; i < rest.length; i += 3) {
    const outer = smoothstep(0, 1, atlas.edge[i / 3] ?? 0);
    follow(slot, moves, rest[i] ?? 0, rest[i + 1] ?? 0, along);
    shift[i] = (1 - outer) * strength * ((laid[i] ?? 0) - (rest[i] ?? 0)) + outer * (along[0] ?? 0);
    shift[i + 1] = (1 - outer) * strength * ((laid[i + 1] ?? 0) - (rest[i + 1] ?? 0)) + outer * (along[1] ?? 0);
    shift[i + 2] = (1 - outer) * strength * ((laid[i + 2] ?? 0) - (rest[i + 2] ?? 0));
  }
  const mesh = rest.map((value, i) => value + (shift[i] ?? 0));
  for (const slit of slits) keepOpen(mesh, slit);
  for (let round = 0; round < rounds; round++) {
    if (drawBack(mesh, rest, order) === 0) return { mesh, moves, tearing: 0 };
  }
  return { mesh, moves, tearing: turnedOver(mesh, slot) };
}

const rounds = 60;

/** Points of triangles that are turned over, or nearly, go a tenth of their way back. @returns how many triangles there were */
function drawBack(mesh: Float32Array, rest: Float32Array, order: Uint16Array): number {
  let folds = 0;
  for (let t = 0; t < order.length; t += 3) {
    const [a, b, c] = [order[t] ?? 0, order[t + 1] ?? 0, order[t + 2] ?? 0];
    const before = area(rest, a, b, c);
    // The sides of a face are turned away at rest too.
    if (before <= 0 || area(mesh, a, b, c) > 0.02 * before) continue;
    folds++;
    for (const point of [a, b, c]) {
      for (let k = 3 * point; k < 3 * point + 2; k++) mesh[k] = (mesh[k] ?? 0) + 0.1 * ((rest[k] ?? 0) - (mesh[k] ?? 0));
    }
  }
  return folds;
}

/** Triangles that face the viewer at rest and are turned over now. */
export function turnedOver(mesh: Float32Array, { rest, order }: Slot): number {
  let count = 0;
  for (let t = 0; t < order.length; t += 3) {
    const [a, b, c] = [order[t] ?? 0, order[t + 1] ?? 0, order[t + 2] ?? 0];
    if (area(rest, a, b, c) > 0 && area(mesh, a, b, c) < 0) count++;
  }
  return count;
}

/**
 * How the outline moves: smoothed along itself, because what frames the face (a hood, hair) bends but does not kink, and by a seventh of the
 * face's width at most, because it has to stay in the scene.
 */
function outlineMoves(laid: Float32Array, { rest, width }: Slot, share: number): Moves {
  let x: Float32Array = Float32Array.from(faceOval, (i) => (laid[3 * i] ?? 0) - (rest[3 * i] ?? 0));
  let y: Float32Array = Float32Array.from(faceOval, (i) => (laid[3 * i + 1] ?? 0) - (rest[3 * i + 1] ?? 0));
  for (let round = 0; round < 8; round++) {
    x = smoothed(x);
    y = smoothed(y);
  }
  for (let k = 0; k < x.length; k++) {
    const length = hypot(x[k] ?? 0, y[k] ?? 0);
    const kept = length === 0 ? 0 : (share * (width / 7) * tanh(length / (width / 7))) / length;
    x[k] = (x[k] ?? 0) * kept;
    y[k] = (y[k] ?? 0) * kept;
  }
  return { x, y };
}

/** Once around with the weights 1, 2, 1. */
function smoothed(around: Float32Array): Float32Array {
  const n = around.length;
  return around.map((value, k) => 0.25 * (around[(k + n - 1) % n] ?? 0) + 0.5 * value + 0.25 * (around[(k + 1) % n] ?? 0));
}

/** Closed lids and lips are found in either order; they are laid on their middle, the upper edge a hair above the lower. */
function keepOpen(mesh: Float32Array, ring: readonly number[]): void {
  const [top, bottom] = [10, chin];
  const downX = (mesh[3 * bottom] ?? 0) - (mesh[3 * top] ?? 0);
  const downY = (mesh[3 * bottom + 1] ?? 0) - (mesh[3 * top + 1] ?? 0);
  const length = max(1e-6, hypot(downX, downY));
  const least = 0.003 * length;
  for (let k = 1; k < ring.length / 2; k++) {
    const upper = 3 * (ring[k] ?? 0);
    const lower = 3 * (ring[ring.length - k] ?? 0);
    const gap = (((mesh[lower] ?? 0) - (mesh[upper] ?? 0)) * downX + ((mesh[lower + 1] ?? 0) - (mesh[upper + 1] ?? 0)) * downY) / length;
    if (gap >= least) continue;
    const push = (least - gap) / 2 / length;
    mesh[upper] = (mesh[upper] ?? 0) - downX * push;
    mesh[upper + 1] = (mesh[upper + 1] ?? 0) - downY * push;
    mesh[lower] = (mesh[lower] ?? 0) + downX * push;
    mesh[lower + 1] = (mesh[lower + 1] ?? 0) + downY * push;
  }
}
