import { signedArea } from './triangulate.ts';

/**
 * Delaunay triangulation of some thousand points: each one is put into the triangle it lies in, then edges are flipped until no circle holds a
 * fourth point (Lawson 1977). The points are taken in a snake over the plane, so that the walk to the next one is short and the time grows little
 * faster than their number; raster/triangulate.ts is simpler and fine for a few hundred.
 * @param xs @param ys coordinates; no two points the same
 * @returns three indexes a triangle, clockwise on the screen (y down)
 */
export function delaunay(xs: ArrayLike<number>, ys: ArrayLike<number>): Uint16Array {
  const count = xs.length;
  const net = openNet(xs, ys);
  for (const point of snake(net.px, net.py, count)) insert(net, point);
  const out: number[] = [];
  for (let t = 0; t < net.corners.length; t += 3) {
    const [a = 0, b = 0, c = 0] = net.corners.slice(t, t + 3);
    if (a < count && b < count && c < count) out.push(a, b, c);
  }
  return Uint16Array.from(out);
}

/** Triangles with their neighbours: `beyond[3t + i]` lies across the edge from corner i to corner i + 1 of triangle t, -1 where nothing does. */
interface Net {
  /** Of the points; beyond them come three outer corners. */
  readonly count: number;
  readonly px: Float64Array;
  readonly py: Float64Array;
  readonly corners: number[];
  readonly beyond: number[];
  /** A triangle near the last point. */
  near: number;
}

/** One triangle around everything. */
function openNet(xs: ArrayLike<number>, ys: ArrayLike<number>): Net {
  const count = xs.length;
  const px = new Float64Array(count + 3);
  const py = new Float64Array(count + 3);
  let [low, high] = [0, 1];
  for (let i = 0; i < count; i++) {
    px[i] = xs[i] ?? 0;
    py[i] = ys[i] ?? 0;
    low = Math.min(low, px[i] ?? 0, py[i] ?? 0);
    high = Math.max(high, px[i] ?? 0, py[i] ?? 0);
  }
  const far = (high - low) * 1e5;
  px.set([low - far, high + far, (low + high) / 2], count);
  py.set([low - far, low - far, high + far], count);
  return { count, px, py, corners: [count, count + 1, count + 2], beyond: [-1, -1, -1], near: 0 };
}

/** Row by row, there and back. */
function snake(px: Float64Array, py: Float64Array, count: number): readonly number[] {
  const rows = Math.max(1, Math.round(Math.sqrt(count / 2)));
  let [top, bottom] = [Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    top = Math.min(top, py[i] ?? 0);
    bottom = Math.max(bottom, py[i] ?? 0);
  }
  const row = (i: number): number => Math.floor((((py[i] ?? 0) - top) / (bottom - top || 1)) * rows * 0.9999);
  const order = Array.from({ length: count }, (_, i) => i);
  const keys = order.map((i) => row(i) * 1e7 + (row(i) % 2 === 0 ? (px[i] ?? 0) : 1e6 - (px[i] ?? 0)));
  return order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
}

function insert(net: Net, point: number): void {
  const { corners, beyond } = net;
  const t = locate(net, point);
  const [a = 0, b = 0, c = 0] = [corners[t], corners[t + 1], corners[t + 2]];
  const [ab = -1, bc = -1, ca = -1] = [beyond[t], beyond[t + 1], beyond[t + 2]];
  // Triangle t becomes a-b-point, two more are added; a triangle is named by the place of its first corner.
  const second = corners.length;
  const third = second + 3;
  corners[t + 2] = point;
  corners.push(b, c, point, c, a, point);
  beyond[t] = ab;
  beyond[t + 1] = second;
  beyond[t + 2] = third;
  beyond.push(bc, third, t, ca, t, second);
  relink(net, bc, t, second);
  relink(net, ca, t, third);
  net.near = t;
  settle(net, t);
  settle(net, second);
  settle(net, third);
}

/** Walks from the last triangle towards the point, each time over an edge that has it on its other side. */
function locate({ px, py, corners, beyond, near }: Net, point: number): number {
  const x = px[point] ?? 0;
  const y = py[point] ?? 0;
  let t = near;
  for (let steps = 0; steps < corners.length; steps++) {
    let next = -1;
    for (let i = 0; i < 3 && next < 0; i++) {
      const a = corners[t + i] ?? 0;
      const b = corners[t + (i === 2 ? 0 : i + 1)] ?? 0;
      const ax = px[a] ?? 0;
      const ay = py[a] ?? 0;
      if (((px[b] ?? 0) - ax) * (y - ay) - (x - ax) * ((py[b] ?? 0) - ay) < 0) next = beyond[t + i] ?? -1;
    }
    if (next < 0) return t;
    t = next;
  }
  return t;
}

function relink({ beyond }: Net, triangle: number, before: number, now: number): void {
  if (triangle < 0) return;
  for (let i = triangle; i < triangle + 3; i++) if (beyond[i] === before) beyond[i] = now;
}

/** Flips the first edge of a triangle, the one across from its new corner, where the corner beyond lies in its circle. */
function settle(net: Net, t: number): void {
  const { corners, beyond } = net;
  const other = beyond[t] ?? -1;
  if (other < 0) return;
  const [a = 0, b = 0, point = 0] = [corners[t], corners[t + 1], corners[t + 2]];
  let i = 0;
  while (i < 3 && beyond[other + i] !== t) i++;
  const facing = corners[other + ((i + 2) % 3)] ?? 0;
  if (!inCircle(net, a, b, point, facing)) return;
  // Both triangles share the edge a-b; now they share the edge from the point to the corner it faced.
  const afterB = beyond[other + ((i + 2) % 3)] ?? -1;
  const afterA = beyond[other + ((i + 1) % 3)] ?? -1;
  const bp = beyond[t + 1] ?? -1;
  const pa = beyond[t + 2] ?? -1;
  place(net, t, a, facing, point, afterA, other, pa);
  place(net, other, facing, b, point, afterB, bp, t);
  relink(net, afterA, other, t);
  relink(net, bp, t, other);
  settle(net, t);
  settle(net, other);
}

function place({ corners, beyond }: Net, t: number, a: number, b: number, c: number, ab: number, bc: number, ca: number): void {
  corners[t] = a;
  corners[t + 1] = b;
  corners[t + 2] = c;
  beyond[t] = ab;
  beyond[t + 1] = bc;
  beyond[t + 2] = ca;
}

/**
 * Whether d lies in the circle around a clockwise triangle. The three outer corners stand for infinity: a circle through one of them is the half plane
 * beyond the other two, so that the outline comes out convex, however flat its last triangles are.
 */
function inCircle({ px, py, count }: Net, a: number, b: number, c: number, d: number): boolean {
  const outer = (a >= count ? 1 : 0) + (b >= count ? 1 : 0) + (d >= count ? 1 : 0);
  if (outer === 1) {
    if (d >= count) return false;
    return a >= count ? signedArea(px, py, b, c, d) > 0 : signedArea(px, py, c, a, d) > 0;
  }
  const dx = px[d] ?? 0;
  const dy = py[d] ?? 0;
  const ax = (px[a] ?? 0) - dx;
  const ay = (py[a] ?? 0) - dy;
  const bx = (px[b] ?? 0) - dx;
  const by = (py[b] ?? 0) - dy;
  const cx = (px[c] ?? 0) - dx;
  const cy = (py[c] ?? 0) - dy;
  const aa = ax * ax + ay * ay;
  const bb = bx * bx + by * by;
  const cc = cx * cx + cy * cy;
  return ax * (by * cc - bb * cy) - ay * (bx * cc - bb * cx) + aa * (bx * cy - by * cx) > 1e-9;
}
