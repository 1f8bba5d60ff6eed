import type { Point } from '../../faces/face.ts';
import { signedArea, triangulate } from '../raster/triangulate.ts';
import { denseOutline, faceVertices, type Vertices, vertexCount } from './points.ts';

/**
 * The mesh of one slot, made once from the template's own landmarks: triangles over the face, and around it rings of quads in which moving
 * layers follow the outline less and less until they stand still.
 */
export interface Topology {
  /** Face vertices, then the rings from the inside out, each as long as the dense outline. */
  readonly rest: Vertices;
  readonly triangles: Uint16Array;
  /** 0 inside the face, 1 on its outline, above 1 on the rings. */
  readonly edge: Float32Array;
  /** How far a vertex follows the outline: 1 on the face, 0 on the last ring. */
  readonly follow: Float32Array;
}

/** Where rings lie, as shares of the reach. */
const rings = [0.12, 0.3, 0.55, 1] as const;

/** @param reach how far moving layers may follow, in widths of the face */
export function topologyOf(landmarks: readonly Point[], reach: number): Topology {
  const face = faceVertices(landmarks);
  const n = denseOutline.length;
  const total = vertexCount + rings.length * n;
  const xs = new Float32Array(total);
  const ys = new Float32Array(total);
  const edge = new Float32Array(total);
  const follow = new Float32Array(total).fill(1);
  xs.set(face.xs);
  ys.set(face.ys);
  const width = Math.hypot((face.xs[16] ?? 0) - (face.xs[0] ?? 0), (face.ys[16] ?? 0) - (face.ys[0] ?? 0));
  const [cx, cy] = centre(face);
  for (const index of denseOutline) edge[index] = 1;
  rings.forEach((share, ring) => {
    denseOutline.forEach((index, k) => {
      const to = vertexCount + ring * n + k;
      const dx = (face.xs[index] ?? 0) - cx;
      const dy = (face.ys[index] ?? 0) - cy;
      const out = 1 + (share * reach * width) / (Math.hypot(dx, dy) || 1);
      xs[to] = cx + dx * out;
      ys[to] = cy + dy * out;
      edge[to] = 1 + share;
      follow[to] = 0.5 + 0.5 * Math.cos(Math.PI * share);
    });
  });
  const triangles = [...faceTriangles(face)];
  for (let ring = 0; ring < rings.length; ring++) {
    for (let k = 0; k < n; k++) triangles.push(...quad(ring, k, n));
  }
  return { rest: { xs, ys }, triangles: Uint16Array.from(triangles.flatMap((t) => wound(xs, ys, t))), edge, follow };
}

/** The outline vertex that a ring vertex follows. */
export function ringRoot(vertex: number): number {
  return vertex < vertexCount ? vertex : (denseOutline[(vertex - vertexCount) % denseOutline.length] ?? 0);
}

type Corners = readonly [number, number, number];

function quad(ring: number, k: number, n: number): readonly Corners[] {
  const next = (k + 1) % n;
  const inner = (j: number): number => (ring === 0 ? (denseOutline[j] ?? 0) : vertexCount + (ring - 1) * n + j);
  const outer = (j: number): number => vertexCount + ring * n + j;
  return [
    [inner(k), inner(next), outer(k)],
    [inner(next), outer(next), outer(k)],
  ];
}

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
  let inside = false;
  denseOutline.forEach((a, k) => {
    const b = denseOutline[(k + 1) % denseOutline.length] ?? 0;
    const ay = ys[a] ?? 0;
    const by = ys[b] ?? 0;
    if (ay > y === by > y) return;
    const ax = xs[a] ?? 0;
    if (x < ax + ((y - ay) / (by - ay)) * ((xs[b] ?? 0) - ax)) inside = !inside;
  });
  return inside;
}

function wound(xs: Float32Array, ys: Float32Array, [a, b, c]: Corners): readonly number[] {
  return signedArea(xs, ys, a, b, c) >= 0 ? [a, b, c] : [a, c, b];
}

function centre({ xs, ys }: Vertices): Point {
  let x = 0;
  let y = 0;
  for (const index of denseOutline) {
    x += (xs[index] ?? 0) / denseOutline.length;
    y += (ys[index] ?? 0) / denseOutline.length;
  }
  return [x, y];
}
