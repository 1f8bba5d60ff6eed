import type { Face, Point } from '../../faces/face.ts';
import { meshOf, meshPoint } from '../../faces/mesh.ts';
import { chin, faceOval, leftBrow, leftEyeRing, lipsOuter, rightBrow, rightEyeRing } from '../../faces/topology.ts';
import type { Rgb } from '../raster/colour.ts';
import { type Area, areaAround, type Mask, smoothstep } from '../raster/picture.ts';
import { coverage, curve, type Path } from '../raster/shapes.ts';
import type { Sheet } from '../raster/sheet.ts';
import { soften } from '../raster/soften.ts';
import type { Strokes } from './lines.ts';

const { abs, exp, floor, hypot, max, min } = Math;

/** A face as it is drawn. */
export interface Visage {
  /** 468 points, pixels of the picture. */
  readonly mesh: Float32Array;
  /** Distance of the outer corners of the eyes in pixels: every pen and every brush is measured by it. */
  readonly unit: number;
  readonly skin: Rgb;
  /** Lightness of the skin. */
  readonly light: number;
}

/** Points of the mesh as a path. */
export function places(mesh: Float32Array, indexes: readonly number[]): Path {
  return indexes.map((index) => meshPoint(mesh, index));
}

/** The wings and the tip of the nose. */
const nose = [48, 115, 220, 45, 4, 275, 440, 344, 278, 327, 2, 98] as const;

/** What the photo has and the drawing draws anew, and how far beyond its outline that goes, in units. */
const features: readonly (readonly [ring: readonly number[], margin: number])[] = [
  // Brow, lid and eye in one, with a point towards the temple: brows often reach farther than the mesh.
  [[156, ...leftBrow.slice(0, 6), ...leftEyeRing.slice(8), leftEyeRing[0]], 0.1],
  [[...rightBrow.slice(0, 5), 383, ...rightEyeRing.slice(8), rightEyeRing[0], 285], 0.1],
  [lipsOuter, 0.07],
  [nose, 0.06],
];

/** Distance of the outer corners of the eyes. */
export function unitOf(mesh: Float32Array): number {
  const [left, right] = [meshPoint(mesh, 33), meshPoint(mesh, 263)];
  return hypot(right[0] - left[0], right[1] - left[1]);
}

/** The part of a sheet that holds a face, and what is known of each of its pixels. */
interface Window {
  readonly area: Area;
  /** 1 inside the edge of the face, soft. */
  readonly inside: Float32Array;
  /** 1 on eyes, brows, lips and nose. */
  readonly feature: Float32Array;
}

/** @returns the face's skin and measures, undefined where the face lies outside the picture */
export function visageOf(face: Face, flat: Sheet): { visage: Visage; window: Window } | undefined {
  const mesh = meshOf(face);
  const unit = unitOf(mesh);
  const window = openWindow(mesh, unit, flat);
  const skin = skinOf(flat, window);
  if (skin === undefined) return undefined;
  const { light, red, blue } = skin;
  const green = light - (0.299 * red + 0.114 * blue) / 0.587;
  return { visage: { mesh, unit, light, skin: [light + red, green, light + blue] }, window };
}

function openWindow(mesh: Float32Array, unit: number, { width, height, factor }: Sheet): Window {
  const onSheet = (path: Path): Path => path.map(([x, y]): Point => [x / factor, y / factor]);
  const oval = onSheet(places(mesh, faceOval));
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
    stamp(feature, area, coverage(grown(onSheet(places(mesh, ring)), (margin * unit) / factor), width, height));
  }
  return { area, inside, feature };
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

function stamp(plane: Float32Array, area: Area, { area: from, data }: Mask): void {
  for (let y = 0; y < from.height; y++) {
    const row = (from.y + y - area.y) * area.width + from.x - area.x;
    if (from.y + y < area.y || from.y + y >= area.y + area.height) continue;
    for (let x = 0; x < from.width; x++) {
      const at = from.x + x - area.x;
      if (at < 0 || at >= area.width) continue;
      plane[row + x] = max(plane[row + x] ?? 0, (data[y * from.width + x] ?? 0) / 255);
    }
  }
}

interface Skin {
  readonly light: number;
  readonly red: number;
  readonly blue: number;
  readonly redSpread: number;
  readonly blueSpread: number;
}

/** The middle of the colours of forehead, cheeks and chin. */
function skinOf(flat: Sheet, { area, inside, feature }: Window): Skin | undefined {
  const light: number[] = [];
  const red: number[] = [];
  const blue: number[] = [];
  const step = max(1, floor(area.width / 60));
  for (let y = 0; y < area.height; y += step) {
    for (let x = 0; x < area.width; x += step) {
      const i = y * area.width + x;
      if ((inside[i] ?? 0) < 0.9 || (feature[i] ?? 0) > 0.1) continue;
      const at = (area.y + y) * flat.width + area.x + x;
      light.push(flat.light[at] ?? 0);
      red.push(flat.red[at] ?? 0);
      blue.push(flat.blue[at] ?? 0);
    }
  }
  if (light.length === 0) return undefined;
  for (const values of [light, red, blue]) values.sort((a, b) => a - b);
  const share = (values: readonly number[], part: number): number => values[floor(part * (values.length - 1))] ?? 0;
  const spread = (values: readonly number[]): number => max(8, (share(values, 0.84) - share(values, 0.16)) / 2);
  return { light: share(light, 0.5), red: share(red, 0.5), blue: share(blue, 0.5), redSpread: spread(red), blueSpread: spread(blue) };
}

/**
 * Makes room for the drawing: inside the face everything that is skin, and everything that is going to be drawn anew, becomes the soft light and
 * colour of the skin around it. Hair, a beard, the frame of a pair of glasses stay: they are darker than skin.
 * @param raw the sheet before it was flattened
 * @param flat changed in place
 * @param strokes the pen's, before anything was cleared
 * @param keep how much of the pen's work stays at each pixel; lowered to 0 on the cleared skin
 */
export function clearFace(raw: Sheet, flat: Sheet, strokes: Strokes, visage: Visage, window: Window, keep: Float32Array): void {
  const { area, inside, feature } = window;
  const { width, height } = area;
  const reach = visage.unit / flat.factor;
  const bare = bareSkin(flat, strokes.strokes, visage, window);
  const frames = spectacles(strokes, flat, visage, window);
  const weight = bare.map((share, i) => (1 - min(1, 1.6 * (feature[i] ?? 0))) * smoothstep(0.3, 0.6, share) + 1e-4);
  const near = soften(weight.slice(), width, height, 0.12 * reach);
  const far = soften(weight.slice(), width, height, 0.24 * reach);
  const spreadOut = (plane: Float32Array, over: Float32Array, sigma: number): Float32Array => {
    const sum = soften(
      weight.map((share, i) => share * (plane[sheetIndex(flat, area, i)] ?? 0)),
      width,
      height,
      sigma,
    );
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) / (over[i] ?? 1);
    return sum;
  };
  const light = spreadOut(raw.light, near, 0.12 * reach);
  const red = spreadOut(flat.red, far, 0.24 * reach);
  const blue = spreadOut(flat.blue, far, 0.24 * reach);
  for (let i = 0; i < bare.length; i++) {
    const at = sheetIndex(flat, area, i);
    const within = inside[i] ?? 0;
    const skin = smoothstep(0.3, 0.6, bare[i] ?? 0);
    const share = smoothstep(0.35, 0.9, within) * skin;
    flat.light[at] = (flat.light[at] ?? 0) * (1 - share) + share * calmed(light[i] ?? 0, visage.light);
    flat.red[at] = (flat.red[at] ?? 0) * (1 - share) + share * (red[i] ?? 0);
    flat.blue[at] = (flat.blue[at] ?? 0) * (1 - share) + share * (blue[i] ?? 0);
    keep[at] = min(keep[at] ?? 1, max(1 - smoothstep(0.5, 0.95, within) * skin, frames?.[i] ?? 0));
  }
}

/** A drawn face has shadows, and few lights. */
function calmed(light: number, skin: number): number {
  const bright = 1.04 * skin;
  return light > bright ? bright + 0.3 * (light - bright) : light;
}

/** How surely each pixel of the window is skin, or a feature with skin around it, 0 to 1. */
function bareSkin(flat: Sheet, strokes: Float32Array, { light, skin, mesh, unit }: Visage, window: Window): Float32Array {
  const { area, feature } = window;
  const [red, , blue] = skin;
  const low = lowerFace(flat, mesh, area);
  const beard = beardiness(flat, strokes, light, red - light, low, window);
  const bare = new Float32Array(area.width * area.height);
  const known = new Float32Array(bare.length);
  const sure = new Float32Array(bare.length);
  for (let i = 0; i < bare.length; i++) {
    const at = sheetIndex(flat, area, i);
    const relative = (flat.light[at] ?? 0) / max(1, light);
    const shade = min(1.1, max(0.5, relative));
    const off = abs((flat.red[at] ?? 0) - (red - light) * shade) + abs((flat.blue[at] ?? 0) - (blue - light) * shade);
    // Where a beard grows, what is not quite skin is not skin.
    const strict = beard * smoothstep(-0.05, 0.15, low[i] ?? 0);
    const alike = (1 - strict) * (0.55 + 0.45 * exp(-((off / 60) ** 2))) + strict * exp(-((off / 34) ** 2));
    bare[i] = alike * smoothstep(0.42 + 0.2 * strict, 0.62 + 0.2 * strict, relative);
    known[i] = 1 - min(1, 1.6 * (feature[i] ?? 0)) + 1e-4;
    sure[i] = (known[i] ?? 0) * (bare[i] ?? 0);
  }
  // A brow under a fringe is left alone: what lies around a feature must be skin.
  const reach = max(1, area.width / 14);
  soften(sure, area.width, area.height, reach);
  soften(known, area.width, area.height, reach);
  for (let i = 0; i < bare.length; i++) {
    bare[i] = max(bare[i] ?? 0, (feature[i] ?? 0) * smoothstep(0.35, 0.65, (sure[i] ?? 0) / (known[i] ?? 1)));
  }
  // A mole, a shadow beside the nose or at the end of a brow is too small to be hair.
  const around = soften(bare.slice(), area.width, area.height, (0.1 * unit) / flat.factor);
  for (let i = 0; i < bare.length; i++) bare[i] = max(bare[i] ?? 0, smoothstep(0.6, 0.8, around[i] ?? 0));
  return soften(bare, area.width, area.height, 0.8);
}

/** How far each pixel lies down the way from the nose (0) to the chin (1). */
function lowerFace({ factor }: Sheet, mesh: Float32Array, area: Area): Float32Array {
  const [baseX, baseY] = meshPoint(mesh, 2);
  const [chinX, chinY] = meshPoint(mesh, chin);
  const [dx, dy] = [chinX - baseX, chinY - baseY];
  const scale = factor / (dx * dx + dy * dy || 1);
  const start = (baseX * dx + baseY * dy) / (dx * dx + dy * dy || 1);
  return Float32Array.from({ length: area.width * area.height }, (_, i) => {
    return ((area.x + (i % area.width) + 0.5) * dx + (area.y + floor(i / area.width) + 0.5) * dy) * scale - start;
  });
}

/** Whether a beard grows around the mouth, 0 to 1: it is busy, and darker or greyer than the cheeks (limits from 34 faces, 3 of them bearded). */
function beardiness(
  flat: Sheet,
  strokes: Float32Array,
  light: number,
  red: number,
  low: Float32Array,
  { area, inside, feature }: Window,
): number {
  let [count, lines, lightness, redness] = [0, 0, 0, 0];
  for (let i = 0; i < low.length; i++) {
    if ((low[i] ?? 0) < 0.1 || (inside[i] ?? 0) < 0.92 || (feature[i] ?? 0) > 0.02) continue;
    const at = sheetIndex(flat, area, i);
    count++;
    lines += abs(strokes[at] ?? 0);
    lightness += flat.light[at] ?? 0;
    redness += flat.red[at] ?? 0;
  }
  if (count === 0) return 0;
  const darker = smoothstep(0.9, 0.8, lightness / count / light);
  const greyer = smoothstep(0.9, 0.78, redness / count / max(1, red));
  return smoothstep(0.9, 1.3, lines / count) * max(darker, greyer);
}

/** Around the eyes, from brow to cheek and from temple to temple. */
const glassesRing = [127, 70, 63, 105, 66, 107, 9, 336, 296, 334, 293, 300, 356, 454, 352, 280, 195, 50, 123, 234] as const;

/**
 * Where the frame of a pair of glasses may be, 0 to 1, or undefined where there is none: only glasses draw a line straight across the bridge of
 * the nose (2.3 % of the skin's light and more with glasses or a deep frown, at most 0.6 % without, on 34 faces).
 */
function spectacles(
  { strokes }: Strokes,
  { width, height, factor }: Sheet,
  { mesh, light }: Visage,
  { area }: Window,
): Float32Array | undefined {
  const [[leftX, leftY], [rightX, rightY], [topX, topY], [lowX, lowY]] = [
    meshPoint(mesh, 133),
    meshPoint(mesh, 362),
    meshPoint(mesh, 168),
    meshPoint(mesh, 197),
  ];
  let strongest = 0;
  for (let row = -0.8; row <= 1; row += 0.05) {
    let sum = 0;
    for (let column = -10; column <= 10; column++) {
      const x = (topX + row * (lowX - topX) + 0.02 * column * (rightX - leftX)) / factor;
      const y = (topY + row * (lowY - topY) + 0.02 * column * (rightY - leftY)) / factor;
      sum += strokes[floor(y) * width + floor(x)] ?? 0;
    }
    strongest = max(strongest, sum / 21);
  }
  const sure = smoothstep(0.01, 0.02, strongest / light);
  if (sure === 0) return undefined;
  const zone = new Float32Array(area.width * area.height);
  stamp(
    zone,
    area,
    coverage(
      places(mesh, glassesRing).map(([x, y]): Point => [x / factor, y / factor]),
      width,
      height,
    ),
  );
  for (let i = 0; i < zone.length; i++) zone[i] = sure * (zone[i] ?? 0);
  return zone;
}

function sheetIndex({ width }: Sheet, area: Area, i: number): number {
  return (area.y + floor(i / area.width)) * width + area.x + (i % area.width);
}
