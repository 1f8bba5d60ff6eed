import { meshPoint } from '../../faces/mesh.ts';
import { chin } from '../../faces/topology.ts';
import { smoothstep } from '../raster/picture.ts';
import { soften } from '../raster/soften.ts';
import type { Visage, Window } from './face.ts';

const { abs, floor, max, min } = Math;

/** The middle of a face's colours. */
export interface Skin {
  readonly light: number;
  /** Less lightness, as in `Planes`. */
  readonly red: number;
  readonly blue: number;
}

/** The skin of forehead, cheeks and chin; undefined where none of it is in the picture. */
export function skinOf({ area, light, red, blue, inside, feature }: Window): Skin | undefined {
  const step = max(1, floor(area.width / 50));
  const places: number[] = [];
  for (let y = 0; y < area.height; y += step) {
    for (let x = 0; x < area.width; x += step) {
      const i = y * area.width + x;
      if ((inside[i] ?? 0) >= 0.9 && (feature[i] ?? 0) <= 0.1) places.push(i);
    }
  }
  if (places.length === 0) return undefined;
  const middle = (plane: Float32Array): number => {
    const values = new Float32Array(places.length);
    for (let i = 0; i < values.length; i++) values[i] = plane[places[i] ?? 0] ?? 0;
    return values.sort()[values.length >> 1] ?? 0;
  };
  return { light: max(1, middle(light)), red: middle(red), blue: middle(blue) };
}

/**
 * How surely each pixel of a face's window is skin, or a feature with skin around it, 0 to 1. Hair, a beard, the dark frame of a pair of glasses
 * are not: they are darker than skin.
 * @param strokes the pen's, of the window
 */
export function bareSkin({ skin, mesh, unit, window }: Visage, strokes: Float32Array): Float32Array {
  const { area, factor, light, red, blue, feature } = window;
  const { width, height } = area;
  const low = lowerFace(mesh, window);
  const beard = beardiness(skin, window, low, strokes);
  const bare = new Float32Array(width * height);
  const known = new Float32Array(width * height);
  const sure = new Float32Array(width * height);
  for (let i = 0; i < bare.length; i++) {
    const relative = (light[i] ?? 0) / skin.light;
    const shade = min(1.1, max(0.5, relative));
    const off = abs((red[i] ?? 0) - skin.red * shade) + abs((blue[i] ?? 0) - skin.blue * shade);
    // Where a beard grows, what is not quite skin is not skin.
    const strict = beard === 0 ? 0 : beard * smoothstep(-0.05, 0.15, low[i] ?? 0);
    const alike = (1 - strict) * (0.55 + 0.45 * alikeness(off / 60)) + strict * alikeness(off / 30);
    const share = alike * smoothstep(0.42 + 0.2 * strict, 0.62 + 0.2 * strict, relative);
    const plain = 1 - min(1, 1.6 * (feature[i] ?? 0)) + 1e-4;
    bare[i] = share;
    known[i] = plain;
    sure[i] = plain * share;
  }
  // A brow under a fringe is left alone: what lies around a feature must be skin.
  const reach = max(1, width / 14);
  soften(sure, width, height, reach);
  soften(known, width, height, reach);
  for (let i = 0; i < bare.length; i++) {
    const mark = feature[i] ?? 0;
    if (mark > 0) bare[i] = max(bare[i] ?? 0, mark * smoothstep(0.35, 0.65, (sure[i] ?? 0) / (known[i] ?? 1)));
  }
  // A mole, a shadow beside the nose or at the end of a brow is too small to be hair.
  const around = soften(bare.slice(), width, height, (0.1 * unit) / factor);
  for (let i = 0; i < bare.length; i++) bare[i] = max(bare[i] ?? 0, smoothstep(0.6, 0.8, around[i] ?? 0));
  return soften(bare, width, height, 0.8);
}

/** 1 at 0, falling towards 0 like a bell. */
function alikeness(distance: number): number {
  const square = distance * distance;
  return 1 / (1 + square + 0.5 * square * square);
}

/** How far each pixel lies down the way from the nose (0) to the chin (1). */
function lowerFace(mesh: Float32Array, { area, factor }: Window): Float32Array {
  const [baseX, baseY] = meshPoint(mesh, 2);
  const [chinX, chinY] = meshPoint(mesh, chin);
  const [dx, dy] = [chinX - baseX, chinY - baseY];
  const square = dx * dx + dy * dy || 1;
  const out = new Float32Array(area.width * area.height);
  for (let y = 0, i = 0; y < area.height; y++) {
    const down = ((area.y + y + 0.5) * factor - baseY) * dy;
    for (let x = 0; x < area.width; x++, i++) out[i] = (((area.x + x + 0.5) * factor - baseX) * dx + down) / square;
  }
  return out;
}

/**
 * Whether a beard grows around the mouth, 0 to 1: it is busy, and darker or paler in colour than the face. Limits from 32 faces: of 4 beards 3 are
 * found and one is too blurred, of the others 2 with hair across the cheek pass for bearded, which costs them a little cleanness and no likeness.
 */
function beardiness(skin: Skin, { light, red, blue, inside, feature }: Window, low: Float32Array, strokes: Float32Array): number {
  let count = 0;
  let busy = 0;
  let lightness = 0;
  let colour = 0;
  for (let i = 0; i < low.length; i++) {
    if ((low[i] ?? 0) < 0.1 || (inside[i] ?? 0) < 0.92 || (feature[i] ?? 0) > 0.02) continue;
    count++;
    busy += abs(strokes[i] ?? 0);
    lightness += light[i] ?? 0;
    colour += abs(red[i] ?? 0) + abs(blue[i] ?? 0);
  }
  if (count === 0) return 0;
  const darker = smoothstep(0.9, 0.8, lightness / count / skin.light);
  const paler = smoothstep(0.9, 0.75, colour / count / max(1, abs(skin.red) + abs(skin.blue)));
  return smoothstep(1.2, 1.5, busy / count) * max(darker, paler);
}
