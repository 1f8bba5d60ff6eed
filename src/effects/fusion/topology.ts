import type { Point } from '../../faces/face.ts';
import { signedArea, triangulate } from '../raster/triangulate.ts';
import { denseOutline, faceVertices, type Vertices } from './points.ts';

/** Triangles over vertices, at rest. */
export interface Net {
  readonly rest: Vertices;
  readonly triangles: Uint16Array;
}

/** The meshes of one slot, made once from the template's own landmarks. */
export interface Topology {
  /** The face with all its features: carries the photo and the drawn face. */
  readonly face: Net;
  /** 0 on features, 1 on the outline of the face, a number for each vertex of the face. */
  readonly edge: Float32Array;
  /**
   * What frames the face: rings like the outline, from well inside it to where nothing moves any more, around one middle vertex. It carries
   * the layers that move and knows nothing of features, so that a hood bends with the face and does not wrinkle with a brow.
   */
  readonly frame: Net;
  /** How far a vertex of the frame follows the outline, 0 to 1. */
  readonly follow: Float32Array;
}

const n = denseOutline.length;

/** Features that lie so far out that hair often covers them: tails of the brows, outer corners of the eyes. */
const besideEdge = [
  [17, 0.6],
  [26, 0.6],
  [18, 0.35],
  [25, 0.35],
  [36, 0.15],
  [45, 0.15],
] as const;

/** Inner rings as shares of the way to the middle, outer rings as shares of the reach; the outline itself lies between them. */
const inside = [0.7, 0.4, 0.18] as const;
const outside = [0.12, 0.3, 0.55, 1] as const;
const rings = inside.length + 1 + outside.length;

/** @param reach how far around the face moving layers may follow it, in widths of the face */
export function topologyOf(landmarks: readonly Point[], reach: number): Topology {
  const rest = faceVertices(landmarks);
  const edge = new Float32Array(rest.xs.length);
  for (const index of denseOutline) edge[index] = 1;
  for (const [index, value] of besideEdge) edge[index] = value;
  const face = { rest, triangles: Uint16Array.from(faceTriangles(rest).flat()) };
  return { face, edge, ...frameOf(rest, reach) };
}

/** Where on the outline a vertex of the frame hangs. */
export function alongOutline(vertex: number): number {
  return vertex % n;
}

function frameOf(face: Vertices, reach: number): Pick<Topology, 'frame' | 'follow'> {
  const xs = new Float32Array(rings * n + 1);
  const ys = new Float32Array(rings * n + 1);
  const follow = new Float32Array(rings * n + 1);
  const width = Math.hypot((face.xs[16] ?? 0) - (face.xs[0] ?? 0), (face.ys[16] ?? 0) - (face.ys[0] ?? 0));
  const [cx, cy] = centre(face);
  for (let ring = 0; ring < rings; ring++) {
    denseOutline.forEach((index, k) => {
      const dx = (face.xs[index] ?? 0) - cx;
      const dy = (face.ys[index] ?? 0) - cy;
      const share = ring < inside.length ? -(inside[ring] ?? 0) : ring === inside.length ? 0 : (outside[ring - inside.length - 1] ?? 1);
      const out = share < 0 ? 1 + share : 1 + (share * reach * width) / (Math.hypot(dx, dy) || 1);
      const to = ring * n + k;
      xs[to] = cx + dx * out;
      ys[to] = cy + dy * out;
      follow[to] = share < 0 ? 1 - share * share : 0.5 + 0.5 * Math.cos(Math.PI * share);
    });
  }
  xs[rings * n] = cx;
  ys[rings * n] = cy;
  const triangles: number[] = [];
  for (let k = 0; k < n; k++) {
    const next = (k + 1) % n;
    triangles.push(...wound(xs, ys, [rings * n, k, next]));
    for (let ring = 0; ring + 1 < rings; ring++) {
      const a = ring * n;
      const b = a + n;
      triangles.push(...wound(xs, ys, [a + k, a + next, b + k]), ...wound(xs, ys, [a + next, b + next, b + k]));
    }
  }
  return { frame: { rest: { xs, ys }, triangles: Uint16Array.from(triangles) }, follow };
}

type Corners = readonly [number, number, number];

/** Delaunay over the face; triangles that fill a dent of the outline from outside are left out. */
function faceTriangles({ xs, ys }: Vertices): readonly Corners[] {
  const all = triangulate(xs, ys);
  const kept: Corners[] = [];
  for (let t = 0; t < all.length; t += 3) {
    const corners: Corners = [all[t] ?? 0, all[t + 1] ?? 0, all[t + 2] ?? 0];
    const x = corners.reduce((sum, i) => sum + (xs[i] ?? 0), 0) / 3;
    const y = corners.reduce((sum, i) => sum + (ys[i] ?? 0), 0) / 3;
    if (insideOutline(xs, ys, x, y)) kept.push(corners);
  }
  return kept;
}

/** Even-odd rule. */
function insideOutline(xs: Float32Array, ys: Float32Array, x: number, y: number): boolean {
  let within = false;
  denseOutline.forEach((a, k) => {
    const b = denseOutline[(k + 1) % n] ?? 0;
    const ay = ys[a] ?? 0;
    const by = ys[b] ?? 0;
    if (ay > y === by > y) return;
    const ax = xs[a] ?? 0;
    if (x < ax + ((y - ay) / (by - ay)) * ((xs[b] ?? 0) - ax)) within = !within;
  });
  return within;
}

function wound(xs: Float32Array, ys: Float32Array, [a, b, c]: Corners): Corners {
  return signedArea(xs, ys, a, b, c) >= 0 ? [a, b, c] : [a, c, b];
}

function centre({ xs, ys }: Vertices): Point {
  let x = 0;
  let y = 0;
  for (const index of denseOutline) {
    x += (xs[index] ?? 0) / n;
    y += (ys[index] ?? 0) / n;
  }
  return [x, y];
}
