import { leftEyeTriangles, mouthTriangles, rightEyeTriangles, skinTriangles } from '../../faces/mean-face.ts';
import { type Head, reference } from '../head.ts';
import { lazy } from '../lazy.ts';
import { rasterizeMesh } from '../raster/mesh.ts';
import { type Area, areaAround } from '../raster/picture.ts';
import { settle } from './settle.ts';

const { floor, max, round } = Math;

/** A coarse grid over a part of the picture; its nodes are the middles of squares of `step` pixels. */
export interface Grid {
  readonly area: Area;
  readonly step: number;
  readonly width: number;
  readonly height: number;
}

/** Where each node takes its colour from: so many pixels to the right and down. */
export interface Field extends Grid {
  readonly dx: Float32Array;
  readonly dy: Float32Array;
}

/** All of the face, eyes and mouth included, what stands out most first: where a nose is seen before a cheek, the nose counts. */
const faceTriangles = lazy(() => {
  const all = [...skinTriangles, ...leftEyeTriangles, ...rightEyeTriangles, ...mouthTriangles];
  const depth = (index: number): number => reference[3 * index + 2] ?? 0;
  const threes = Array.from({ length: all.length / 3 }, (_, i) => all.slice(3 * i, 3 * i + 3));
  const standsOut = (three: readonly number[]): number => three.reduce((sum, index) => sum + depth(index), 0);
  return Uint16Array.from(threes.sort((a, b) => standsOut(b) - standsOut(a)).flat());
});

/** How far outside the face the picture still gives way, head units: hair, ears and neck; what lies beyond stands still. */
const reach = 0.65;

/** Pixels that nobody sees a point move. */
const least = 0.06;

/** Nodes for one unit of the head: a displacement is smooth, so few will do. */
const density = 20;

/**
 * A grid around a face.
 * @param margin how far beyond the mesh, head units
 * @param nodes for one unit of the head
 */
export function gridAround(mesh: Float32Array, { scale }: Head, { width, height }: Size, margin: number, nodes: number): Grid {
  const [xs, ys] = [new Float32Array(mesh.length / 3), new Float32Array(mesh.length / 3)];
  for (let i = 0; i < xs.length; i++) {
    xs[i] = mesh[3 * i] ?? 0;
    ys[i] = mesh[3 * i + 1] ?? 0;
  }
  const area = areaAround(xs, ys, margin * scale, width, height);
  const step = max(2, round(scale / nodes));
  return { area, step, width: max(2, floor(area.width / step)), height: max(2, floor(area.height / step)) };
}

/** The grid of a face's warp. */
export function warpGrid(mesh: Float32Array, head: Head, picture: Size): Grid {
  return gridAround(mesh, head, picture, reach + 0.2, density);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The mesh after it was moved. @param displacement head units, three numbers a point */
export function displaced(mesh: Float32Array, { scale, turn }: Head, displacement: Float32Array): Float32Array {
  const out = new Float32Array(mesh.length);
  for (let i = 0; i < mesh.length; i += 3) {
    const [x, y, z] = [displacement[i] ?? 0, displacement[i + 1] ?? 0, displacement[i + 2] ?? 0];
    out[i] = (mesh[i] ?? 0) + scale * (turn[0][0] * x + turn[0][1] * y + turn[0][2] * z);
    out[i + 1] = (mesh[i + 1] ?? 0) + scale * (turn[1][0] * x + turn[1][1] * y + turn[1][2] * z);
    out[i + 2] = mesh[i + 2] ?? 0;
  }
  return out;
}

/**
 * The inverse warp that carries one mesh to another: linear over each triangle of the face, outside of it what its edge does, fading to nothing.
 * @param others whether a place belongs to somebody else's face: 0 wholly, 1 not at all
 */
export function fieldOf(
  grid: Grid,
  from: Float32Array,
  to: Float32Array,
  { scale }: Head,
  others: (x: number, y: number) => number,
): Field {
  const { area, step, width, height } = grid;
  const count = from.length / 3;
  const xs = new Float32Array(count);
  const ys = new Float32Array(count);
  const values = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) {
    xs[i] = ((to[3 * i] ?? 0) - area.x) / step;
    ys[i] = ((to[3 * i + 1] ?? 0) - area.y) / step;
    values[2 * i] = (from[3 * i] ?? 0) - (to[3 * i] ?? 0);
    values[2 * i + 1] = (from[3 * i + 1] ?? 0) - (to[3 * i + 1] ?? 0);
  }
  const { data } = rasterizeMesh({ xs, ys, triangles: faceTriangles(), values, count: 2 }, { x: 0, y: 0, width, height });
  const { dx, dy } = settle(data, width, height, (reach * scale) / step, least);
  for (let j = 0, at = 0; j < height; j++) {
    for (let i = 0; i < width; i++, at++) {
      if (dx[at] === 0 && dy[at] === 0) continue;
      const share = others(area.x + (i + 0.5) * step, area.y + (j + 0.5) * step);
      dx[at] = (dx[at] ?? 0) * share;
      dy[at] = (dy[at] ?? 0) * share;
    }
  }
  return { ...grid, dx, dy };
}

/** Cells of the grid that the warp turns over or crushes: where it tears. Two triangles a cell, counted where the area is no longer positive. */
export function folds({ step, width, height, dx, dy }: Field): number {
  let count = 0;
  for (let j = 0; j + 1 < height; j++) {
    for (let i = 0; i + 1 < width; i++) {
      const a = j * width + i;
      const [b, c, d] = [a + 1, a + width, a + width + 1];
      const ax = step + (dx[b] ?? 0) - (dx[a] ?? 0);
      const ay = (dy[b] ?? 0) - (dy[a] ?? 0);
      const bx = (dx[c] ?? 0) - (dx[a] ?? 0);
      const by = step + (dy[c] ?? 0) - (dy[a] ?? 0);
      const cx = (dx[d] ?? 0) - (dx[b] ?? 0);
      const cy = step + (dy[d] ?? 0) - (dy[b] ?? 0);
      const ex = step + (dx[d] ?? 0) - (dx[c] ?? 0);
      const ey = (dy[d] ?? 0) - (dy[c] ?? 0);
      if (ax * by - ay * bx <= 0) count++;
      if (ex * cy - ey * cx <= 0) count++;
    }
  }
  return count;
}
