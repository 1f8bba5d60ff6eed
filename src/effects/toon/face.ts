import type { Face, Point } from '../../faces/face.ts';
import { meshOf, meshPoint } from '../../faces/mesh.ts';
import { faceOval, leftBrow, leftEyeRing, lipsOuter, rightBrow, rightEyeRing } from '../../faces/topology.ts';
import type { Rgb } from '../raster/colour.ts';
import { type Area, areaAround, type Mask } from '../raster/picture.ts';
import type { Planes } from '../raster/planes.ts';
import { coverage, curve, type Path } from '../raster/shapes.ts';
import { soften } from '../raster/soften.ts';
import { type Skin, skinOf } from './skin.ts';

const { hypot, max } = Math;

/** A face that is going to be drawn. */
export interface Visage {
  /** 468 points, pixels of the picture. */
  readonly mesh: Float32Array;
  /** Distance of the outer corners of the eyes in pixels: every pen and every brush is measured by it. */
  readonly unit: number;
  readonly skin: Skin;
  readonly window: Window;
}

/** The part of the flattened planes that holds a face. */
export interface Window {
  readonly area: Area;
  /** Pixels of the picture to one of the window. */
  readonly factor: number;
  readonly light: Float32Array;
  readonly red: Float32Array;
  readonly blue: Float32Array;
  /** 1 inside the edge of the face, soft. */
  readonly inside: Float32Array;
  /** 1 on eyes, brows, lips and nose: what is going to be drawn anew. */
  readonly feature: Float32Array;
}

/** Points of the mesh as a path. */
export function places(mesh: Float32Array, indexes: readonly number[]): Path {
  return indexes.map((index) => meshPoint(mesh, index));
}

/** Distance of the outer corners of the eyes. */
export function unitOf(mesh: Float32Array): number {
  const [left, right] = [meshPoint(mesh, 33), meshPoint(mesh, 263)];
  return hypot(right[0] - left[0], right[1] - left[1]);
}

/** @returns undefined where the face lies outside the picture */
export function visageOf(face: Face, flat: Planes): Visage | undefined {
  const mesh = meshOf(face);
  const unit = unitOf(mesh);
  const window = openWindow(mesh, unit, flat);
  const skin = skinOf(window);
  return skin === undefined ? undefined : { mesh, unit, skin, window };
}

/** The skin's colour as red, green and blue. */
export function rgbOf({ light, red, blue }: Skin): Rgb {
  return [light + red, light - (0.299 * red + 0.114 * blue) / 0.587, light + blue];
}

/** The wings and the tip of the nose. */
const nose = [48, 115, 220, 45, 4, 275, 440, 344, 278, 327, 2, 98] as const;

/** What the drawing draws anew, and how far beyond its outline the photo's own is cleared away, in units. */
const features: readonly (readonly [ring: readonly number[], margin: number])[] = [
  // Brow, lid and eye in one, with a point towards the temple: brows often reach farther than the mesh.
  [[156, ...leftBrow.slice(0, 6), ...leftEyeRing.slice(8), leftEyeRing[0]], 0.1],
  [[...rightBrow.slice(0, 5), 383, ...rightEyeRing.slice(8), rightEyeRing[0], 285], 0.1],
  [lipsOuter, 0.07],
  [nose, 0.06],
];

function openWindow(mesh: Float32Array, unit: number, planes: Planes): Window {
  const { width, height, factor } = planes;
  const onPlanes = (path: Path): Path => path.map(([x, y]): Point => [x / factor, y / factor]);
  const oval = onPlanes(places(mesh, faceOval));
  const area = areaAround(
    oval.map(([x]) => x),
    oval.map(([, y]) => y),
    (0.15 * unit) / factor,
    width,
    height,
  );
  const inside = new Float32Array(area.width * area.height);
  stamp(inside, area, coverage(curve(oval, true), width, height));
  soften(inside, area.width, area.height, max(0.7, (0.036 * unit) / factor));
  const feature = new Float32Array(area.width * area.height);
  for (const [ring, margin] of features) {
    stamp(feature, area, coverage(grown(onPlanes(places(mesh, ring)), (margin * unit) / factor), width, height));
  }
  const part = (plane: Float32Array): Float32Array => cut(plane, planes, area);
  return { area, factor, light: part(planes.light), red: part(planes.red), blue: part(planes.blue), inside, feature };
}

/** A part of one of the planes. */
export function cut(plane: Float32Array, { width }: Planes, area: Area): Float32Array {
  const out = new Float32Array(area.width * area.height);
  for (let y = 0; y < area.height; y++) {
    const from = (area.y + y) * width + area.x;
    out.set(plane.subarray(from, from + area.width), y * area.width);
  }
  return out;
}

/** A ring pushed outwards from its middle. */
function grown(ring: Path, by: number): Path {
  const x0 = ring.reduce((sum, [x]) => sum + x, 0) / ring.length;
  const y0 = ring.reduce((sum, [, y]) => sum + y, 0) / ring.length;
  return ring.map(([x, y]): Point => {
    const far = 1 + by / (hypot(x - x0, y - y0) || 1);
    return [x0 + (x - x0) * far, y0 + (y - y0) * far];
  });
}

/** Marks a mask on a window, the stronger of both counting. */
export function stamp(plane: Float32Array, area: Area, { area: from, data }: Mask): void {
  for (let y = max(from.y, area.y); y < from.y + from.height && y < area.y + area.height; y++) {
    for (let x = max(from.x, area.x); x < from.x + from.width && x < area.x + area.width; x++) {
      const to = (y - area.y) * area.width + x - area.x;
      plane[to] = max(plane[to] ?? 0, (data[(y - from.y) * from.width + x - from.x] ?? 0) / 255);
    }
  }
}
