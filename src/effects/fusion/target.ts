import { signedArea } from '../raster/triangulate.ts';
import { align, denseOutline, type Vertices } from './points.ts';
import { alongOutline, type Net, type Topology } from './topology.ts';

/** Landmarks that keep their place on a face whatever it does: eyes, nose, corners of the mouth. */
const steady = [36, 39, 42, 45, 27, 28, 29, 30, 31, 33, 35, 48, 54, 8];

/** Lips meet here: the upper point must not lie under the lower one. */
const lipPairs = [
  [61, 67],
  [62, 66],
  [63, 65],
] as const;

/** Place of a vertex of the face on the dense outline. */
const onOutline = new Map(denseOutline.map((vertex, k) => [vertex, k]));

export interface Target {
  readonly face: Vertices;
  readonly frame: Vertices;
}

/**
 * Where every vertex comes to lie. Features move with `strength`, the outline and its frame with `strength × shape`. Vertices of a triangle
 * that would flip are drawn back towards the template until none does, so there are no holes and no folds.
 * @param user vertices of the user's face, pixels of the photo
 * @param strength @param shape 0 to 1
 */
export function targetOf({ face, frame, follow }: Topology, user: Vertices, strength: number, shape: number): Target {
  const laid = align(tidyLips(user), face.rest, steady);
  const count = face.rest.xs.length;
  const [outX, outY] = outlineMoves(laid, face.rest);
  const dx = new Float32Array(count);
  const dy = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const along = onOutline.get(i);
    dx[i] = along === undefined ? ((laid.xs[i] ?? 0) - (face.rest.xs[i] ?? 0)) * strength : (outX[along] ?? 0) * strength * shape;
    dy[i] = along === undefined ? ((laid.ys[i] ?? 0) - (face.rest.ys[i] ?? 0)) * strength : (outY[along] ?? 0) * strength * shape;
  }
  const frameX = follow.map((share, i) => share * (outX[alongOutline(i)] ?? 0) * strength * shape);
  const frameY = follow.map((share, i) => share * (outY[alongOutline(i)] ?? 0) * strength * shape);
  const share = new Float32Array(count).fill(1);
  const all = new Float32Array(frameX.length).fill(1);
  // First only features give way, so that the outline stays smooth; if that does not help, or the frame folds, all of it does.
  for (let round = 0, whole = 1; ; round++) {
    const target = { face: moved(face.rest, dx, dy, share, whole), frame: moved(frame.rest, frameX, frameY, all, whole) };
    const folds = foldsIn(frame, target.frame).length;
    const flipped = foldsIn(face, target.face);
    if ((folds === 0 && flipped.length === 0) || round > 120) return target;
    for (const i of flipped) if (!onOutline.has(i)) share[i] = (share[i] ?? 0) * 0.9;
    if (folds > 0 || round >= 25) whole *= 0.93;
  }
}

function moved({ xs, ys }: Vertices, dx: Float32Array, dy: Float32Array, share: Float32Array, whole: number): Vertices {
  return {
    xs: xs.map((x, i) => x + (dx[i] ?? 0) * (share[i] ?? 0) * whole),
    ys: ys.map((y, i) => y + (dy[i] ?? 0) * (share[i] ?? 0) * whole),
  };
}

/** Vertices of triangles that are flipped or nearly so. */
function foldsIn({ rest, triangles }: Net, { xs, ys }: Vertices): readonly number[] {
  const found: number[] = [];
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t] ?? 0;
    const b = triangles[t + 1] ?? 0;
    const c = triangles[t + 2] ?? 0;
    if (signedArea(xs, ys, a, b, c) < 0.02 * signedArea(rest.xs, rest.ys, a, b, c)) found.push(a, b, c);
  }
  return found;
}

/**
 * How the outline moves: smoothed along itself, because what frames the face (a hood, a collar) bends but does not kink, and by a seventh of the
 * face's width at most, because it has to stay in the scene.
 */
function outlineMoves(laid: Vertices, rest: Vertices): readonly [Float32Array, Float32Array] {
  const width = Math.hypot((rest.xs[16] ?? 0) - (rest.xs[0] ?? 0), (rest.ys[16] ?? 0) - (rest.ys[0] ?? 0));
  let x: Float32Array = Float32Array.from(denseOutline, (i) => (laid.xs[i] ?? 0) - (rest.xs[i] ?? 0));
  let y: Float32Array = Float32Array.from(denseOutline, (i) => (laid.ys[i] ?? 0) - (rest.ys[i] ?? 0));
  for (let round = 0; round < 16; round++) {
    x = smoothed(x);
    y = smoothed(y);
  }
  for (let k = 0; k < x.length; k++) {
    const limit = softLimit(Math.hypot(x[k] ?? 0, y[k] ?? 0), width / 7);
    x[k] = (x[k] ?? 0) * limit;
    y[k] = (y[k] ?? 0) * limit;
  }
  return [x, y];
}

/** Once around with the weights 1, 2, 1. */
function smoothed(around: Float32Array): Float32Array {
  const n = around.length;
  return around.map((value, k) => 0.25 * (around[(k + n - 1) % n] ?? 0) + 0.5 * value + 0.25 * (around[(k + 1) % n] ?? 0));
}

/** A factor that keeps a length below `limit` without a kink: near 1 for short lengths. */
function softLimit(length: number, limit: number): number {
  return length === 0 ? 1 : (limit * Math.tanh(length / limit)) / length;
}

/** Closed lips are found in either order; they are laid on their middle, the upper one a hair above. */
function tidyLips(user: Vertices): Vertices {
  const xs = user.xs.slice();
  const ys = user.ys.slice();
  // Across the lips: from the middle of the brows' bridge to the chin.
  const downX = (xs[8] ?? 0) - (xs[27] ?? 0);
  const downY = (ys[8] ?? 0) - (ys[27] ?? 0);
  const length = Math.hypot(downX, downY) || 1;
  const least = length * 0.004;
  for (const [upper, lower] of lipPairs) {
    const gap = (((xs[lower] ?? 0) - (xs[upper] ?? 0)) * downX + ((ys[lower] ?? 0) - (ys[upper] ?? 0)) * downY) / length;
    if (gap >= least) continue;
    const push = (least - gap) / 2 / length;
    xs[upper] = (xs[upper] ?? 0) - downX * push;
    ys[upper] = (ys[upper] ?? 0) - downY * push;
    xs[lower] = (xs[lower] ?? 0) + downX * push;
    ys[lower] = (ys[lower] ?? 0) + downY * push;
  }
  return { xs, ys };
}
