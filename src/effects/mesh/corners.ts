import { meshPoint, meshSize } from '../../faces/mesh.ts';
import { faceOval, leftBrow, leftEyeRing, lipsInner, lipsOuter, rightBrow, rightEyeRing } from '../../faces/topology.ts';
import type { Planes } from '../raster/planes.ts';

const { abs, ceil, cos, floor, hypot, max, min, PI, sin, sqrt } = Math;

/** Corners of the facets, pixels of the picture. */
export interface Corners {
  readonly xs: number[];
  readonly ys: number[];
}

/** Corners in a picture, none nearer to another than each of them allows. */
export interface Field extends Corners {
  readonly columns: number;
  /** 1 where no further corner may be, for each square of two by two pixels. */
  readonly taken: Uint8Array;
  /** Adds a corner where that is allowed. @param radius pixels of the picture that are kept free around it */
  add(x: number, y: number, radius: number): void;
}

export function openField(width: number, height: number): Field {
  const columns = ceil(width / 2);
  const rows = ceil(height / 2);
  const taken = new Uint8Array(columns * rows);
  const xs: number[] = [];
  const ys: number[] = [];
  return {
    xs,
    ys,
    columns,
    taken,
    add(x, y, radius) {
      if (x < 0 || y < 0 || x > width || y > height) return;
      const u = min(columns - 1, floor(x / 2));
      const v = min(rows - 1, floor(y / 2));
      if (taken[v * columns + u] === 1) return;
      xs.push(x);
      ys.push(y);
      const reach = max(0.6, radius / 2);
      for (let j = max(0, ceil(v - reach)); j <= min(rows - 1, v + reach); j++) {
        const half = sqrt(max(0, reach * reach - (j - v) * (j - v)));
        taken.fill(1, j * columns + max(0, ceil(u - half)), j * columns + min(columns - 1, floor(u + half)) + 1);
      }
    },
  };
}

/** The edge of the picture, so that facets fill it. */
export function addFrame(field: Field, width: number, height: number, step: number): void {
  for (const [x, y] of [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ] as const)
    field.add(x, y, step / 2);
  const across = max(1, Math.round(width / step));
  const down = max(1, Math.round(height / step));
  for (let i = 1; i < across; i++) for (const y of [0, height]) field.add((i * width) / across, y, step / 2);
  for (let i = 1; i < down; i++) for (const x of [0, width]) field.add(x, (i * height) / down, step / 2);
}

/** Lids, lips and brows point by point, nose and edge of the face in their main ones. */
const contours: readonly (readonly number[])[] = [
  leftEyeRing,
  rightEyeRing,
  lipsInner.filter((_, i) => i % 2 === 0),
  lipsOuter,
  leftBrow,
  rightBrow,
  [1, 4, 6, 168, 2, 98, 327, 64, 294],
  faceOval.filter((_, i) => i % 2 === 0),
];

/** What makes a face: its irises, its contours, and then whatever of the mesh is not too near. */
export function addFace(field: Field, mesh: Float32Array, unit: number, fine: number): void {
  for (const ring of [leftEyeRing, rightEyeRing]) addIris(field, mesh, ring, unit);
  for (const index of contours.flat()) {
    const [x, y] = meshPoint(mesh, index);
    field.add(x, y, 0.03 * unit);
  }
  for (let i = 0; i < meshSize; i++) {
    const [x, y] = meshPoint(mesh, i);
    field.add(x, y, 0.8 * fine * unit);
  }
}

function addIris(field: Field, mesh: Float32Array, ring: readonly number[], unit: number): void {
  const x = ring.reduce((sum, index) => sum + meshPoint(mesh, index)[0], 0) / ring.length;
  const y = ring.reduce((sum, index) => sum + meshPoint(mesh, index)[1], 0) / ring.length;
  const [[x0, y0], [x1, y1]] = [meshPoint(mesh, ring[0] ?? 0), meshPoint(mesh, ring[8] ?? 0)];
  const radius = 0.2 * hypot(x1 - x0, y1 - y0);
  field.add(x, y, 0.02 * unit);
  for (let i = 0; i < 6; i++) field.add(x + radius * cos((PI * i) / 3), y + radius * sin((PI * i) / 3), 0.02 * unit);
}

/**
 * The strongest edges first, each keeping its surroundings free; then what is still empty, in an order that is scattered but always the same.
 * @param spacing pixels of the picture between corners, for a pixel of the planes
 */
export function addEdges(field: Field, planes: Planes, spacing: Float32Array): void {
  const { width, height } = planes;
  const strength = new Uint8Array(width * height);
  for (let y = 1; y < height - 1; y++) edgeRow(planes, y, strength);
  for (const i of strongestFirst(strength)) put(field, planes, i, spacing, 1);
  const count = width * height;
  const stride = scatter(count);
  for (let n = 0, i = 0; n < count; n++, i += i < count - stride ? stride : stride - count) put(field, planes, i, spacing, 1.5);
}

function put(field: Field, { width, factor }: Planes, i: number, spacing: Float32Array, wide: number): void {
  const x = i % width;
  const y = (i / width) | 0;
  // In whole numbers first: most places are taken.
  if (field.taken[(((2 * y + 1) * factor) >> 2) * field.columns + (((2 * x + 1) * factor) >> 2)] === 1) return;
  field.add((x + 0.5) * factor, (y + 0.5) * factor, wide * (spacing[i] ?? 1));
}

function edgeRow({ width, light, red, blue }: Planes, y: number, strength: Uint8Array): void {
  for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
    const across =
      abs((light[i + 1] ?? 0) - (light[i - 1] ?? 0)) +
      abs((red[i + 1] ?? 0) - (red[i - 1] ?? 0)) +
      abs((blue[i + 1] ?? 0) - (blue[i - 1] ?? 0));
    const down =
      abs((light[i + width] ?? 0) - (light[i - width] ?? 0)) +
      abs((red[i + width] ?? 0) - (red[i - width] ?? 0)) +
      abs((blue[i + width] ?? 0) - (blue[i - width] ?? 0));
    const sum = across + down;
    strength[i] = sum > 255 ? 255 : sum;
  }
}

/** Where edges are, sorted by counting; what is weaker than noise is left out. */
function strongestFirst(strength: Uint8Array): Uint32Array {
  const starts = new Uint32Array(257);
  for (let i = 0; i < strength.length; i++) {
    const bin = 256 - (strength[i] ?? 0);
    starts[bin] = (starts[bin] ?? 0) + 1;
  }
  for (let bin = 1; bin < starts.length; bin++) starts[bin] = (starts[bin] ?? 0) + (starts[bin - 1] ?? 0);
  const order = new Uint32Array(starts[256 - weakest] ?? 0);
  for (let i = 0; i < strength.length; i++) {
    const here = strength[i] ?? 0;
    if (here < weakest) continue;
    const to = starts[255 - here] ?? 0;
    order[to] = i;
    starts[255 - here] = to + 1;
  }
  return order;
}

/** Below this an edge is noise. */
const weakest = 14;

/** A step near the golden section that visits every place once. */
function scatter(count: number): number {
  let stride = floor(count * 0.618) | 1;
  while (divisor(stride, count) > 1) stride += 2;
  return stride;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
