import { signedArea } from '../raster/triangulate.ts';
import { align, outline, type Vertices, vertexCount } from './points.ts';
import { ringRoot, type Topology } from './topology.ts';

/** Landmarks that keep their place on a face whatever it does: eyes, nose, corners of the mouth. */
const steady = [36, 39, 42, 45, 27, 28, 29, 30, 31, 33, 35, 48, 54, 8];

/** Lips meet here: the upper point must not lie under the lower one. */
const lipPairs = [
  [61, 67],
  [62, 66],
  [63, 65],
] as const;

const onOutline = new Set(outline);

/**
 * Where every vertex comes to lie. Features move with `strength`, the outline with `strength × shape`, rings after the outline. Vertices of
 * a triangle that would flip are drawn back towards the template until none does, so there are no holes and no folds.
 * @param user vertices of the user's face, pixels of the photo
 * @param strength @param shape 0 to 1
 */
export function targetVertices(topology: Topology, user: Vertices, strength: number, shape: number): Vertices {
  const { rest, triangles, follow } = topology;
  const laid = align(tidyLips(user), rest, steady);
  const count = rest.xs.length;
  const width = Math.hypot((rest.xs[16] ?? 0) - (rest.xs[0] ?? 0), (rest.ys[16] ?? 0) - (rest.ys[0] ?? 0));
  const dx = new Float32Array(count);
  const dy = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const root = ringRoot(i);
    const moves = onOutline.has(root) || root >= 68 ? strength * shape : strength;
    const x = ((laid.xs[root] ?? 0) - (rest.xs[root] ?? 0)) * moves;
    const y = ((laid.ys[root] ?? 0) - (rest.ys[root] ?? 0)) * moves;
    // The outline may move by a sixth of the face and no more: what frames it has to stay in the scene.
    const limit = i < 68 && !onOutline.has(i) ? 1 : softLimit(Math.hypot(x, y), width / 6);
    dx[i] = x * limit * (follow[i] ?? 0);
    dy[i] = y * limit * (follow[i] ?? 0);
  }
  const xs = new Float32Array(count);
  const ys = new Float32Array(count);
  const share = new Float32Array(count).fill(1);
  for (let round = 0; round < 60; round++) {
    for (let i = 0; i < count; i++) {
      xs[i] = (rest.xs[i] ?? 0) + (dx[i] ?? 0) * (share[i] ?? 0);
      ys[i] = (rest.ys[i] ?? 0) + (dy[i] ?? 0) * (share[i] ?? 0);
    }
    if (drawBack(xs, ys, rest, triangles, share) === 0) break;
  }
  return { xs, ys };
}

/** How many triangles were (nearly) flipped; their vertices have been drawn back a little. */
function drawBack(xs: Float32Array, ys: Float32Array, rest: Vertices, triangles: Uint16Array, share: Float32Array): number {
  let flipped = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t] ?? 0;
    const b = triangles[t + 1] ?? 0;
    const c = triangles[t + 2] ?? 0;
    if (signedArea(xs, ys, a, b, c) > 0.02 * signedArea(rest.xs, rest.ys, a, b, c)) continue;
    flipped++;
    for (const i of [a, b, c]) share[i] = (share[i] ?? 0) * 0.85;
  }
  return flipped;
}

/** A factor that keeps a length below `limit` without a kink: near 1 for short lengths. */
function softLimit(length: number, limit: number): number {
  return length === 0 ? 1 : (limit * Math.tanh(length / limit)) / length;
}

/** Closed lips are found in either order; they are laid on their middle, the upper one a hair above. */
function tidyLips(user: Vertices): Vertices {
  const xs = user.xs.slice(0, vertexCount);
  const ys = user.ys.slice(0, vertexCount);
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
