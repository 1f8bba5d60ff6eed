import { hairColours } from '../../../templates/kinds/avatar.ts';
import type { Lab } from '../../raster/colour.ts';
import { hairPalette } from '../palette.ts';
import type { AvatarSpec } from '../spec.ts';
import type { FaceEdge } from './face-edge.ts';
import { findHair, type HairRegion } from './hair-region.ts';
import type { Ray } from './hairline.ts';
import { foreheadHeight } from './hairline.ts';
import { labAt, lightsOf, lightWithin, pixelAt, quantile, type Sheet } from './sheet.ts';
import { measureTexture } from './texture.ts';

const { abs, cos, hypot, max, min, PI, round, sin } = Math;

/** Height above the eyes that the skin of a bare head reaches; a high hair line may lie there too. */
const bareFrom = 1.36;

/** Heights at which hair beside face and neck is looked for: eyes 0, chin 1. */
const heights = Array.from({ length: 19 }, (_, i) => 0.2 + 0.1 * i);

export interface HairMeasures {
  readonly hair: AvatarSpec['hair'];
  /** Of the sheet's pixels, 1 where hair was found. */
  readonly mask: Uint8Array;
}

/**
 * Measures the hair of a head.
 * @param yaw degrees; the side a face looks to hides what hangs behind it
 * @param skins colours of the skin of the face in its different lights
 * @param correction of exposure and white balance, see `Skin`
 */
export function measureHair(
  sheet: Sheet,
  edge: FaceEdge,
  rays: readonly Ray[],
  yaw: number,
  skins: readonly Lab[],
  correction: Lab,
): HairMeasures {
  const region = findHair(sheet, edge, skins, rays);
  const forehead = foreheadHeight(rays);
  const none: AvatarSpec['hair'] = { length: 'none', colour: 'brown', texture: 'straight', fringe: 'back', volume: 0 };
  if (region.colour === undefined || isBare(region, forehead)) return { hair: none, mask: new Uint8Array(region.mask.length) };
  const seen = baseColour(sheet, region) ?? region.colour;
  const reach = falls(sheet, edge, region, seen, yaw);
  const stands = standing(sheet, edge, region);
  const length = lengthOf(reach, stands);
  const colour = nearestHair([seen[0] + correction[0] * 0.6, seen[1] + correction[1], seen[2] + correction[2]]);
  const volume = max(0, min(4, round((stands - 0.3) / 0.15)));
  const texture = measureTexture(sheet, region.mask, volume);
  return { hair: { length, colour, texture, fringe: fringeOf(rays, length, yaw), volume }, mask: region.mask };
}

/** Skin up to where only a crown can be, and a scalp of the colours of the face: fair hair has one of them, not both. */
function isBare({ bare }: HairRegion, forehead: number | undefined): boolean {
  return bare > 0.75 && (forehead === undefined || forehead > bareFrom);
}

/** The colour between shade and shine. */
function baseColour(sheet: Sheet, { mask }: HairRegion): Lab | undefined {
  const found: number[] = [];
  for (let pixel = 0; pixel < mask.length; pixel++) if (mask[pixel] === 1) found.push(pixel);
  if (found.length < 30) return undefined;
  const lights = lightsOf(sheet, found);
  const base = lightWithin(sheet, found, quantile(lights, 0.25), quantile(lights, 0.6));
  const mean = (k: 0 | 1 | 2): number => base.reduce((sum, pixel) => sum + (sheet.lab[3 * pixel + k] ?? 0), 0) / base.length;
  return [mean(0), mean(1), mean(2)];
}

/**
 * How far down hair hangs beside face and neck without a gap: eyes 0, chin 1. Seen from the front it may hang on one side only; of a head that is
 * turned the side that is seen better counts.
 */
function falls(sheet: Sheet, edge: FaceEdge, region: HairRegion, colour: Lab, yaw: number): number {
  const turned = min(1, max(0, (abs(yaw) - 12) / 20));
  let reach = 0;
  for (const height of heights) {
    const y = height * edge.chin;
    const left = coverBeside(sheet, edge, region, colour, y, -1);
    const right = coverBeside(sheet, edge, region, colour, y, 1);
    // Below the picture nothing is known; hair that reached its edge beyond the shoulders is taken to go on.
    if (left === undefined && right === undefined) return reach >= 1 ? reach + 0.4 : reach;
    const [near, far] = yaw > 0 ? [left ?? right ?? 0, right ?? left ?? 0] : [right ?? left ?? 0, left ?? right ?? 0];
    const front = 0.75 * max(near, far) + 0.25 * min(near, far);
    const aside = 0.78 * near + 0.22 * far;
    if (front * (1 - turned) + aside * turned < 0.33) break;
    reach = height;
  }
  return reach;
}

/** Share of a strip beside the face that is hair, or of its material in the shade; undefined outside the picture. */
function coverBeside(sheet: Sheet, edge: FaceEdge, { mask }: HairRegion, colour: Lab, y: number, side: 1 | -1): number | undefined {
  const below = y > edge.chin * 0.85;
  const from = edge.side(y, side) + side * (below ? 0.02 : 0.06);
  const depth = below ? 0.62 : 0.34;
  let found = 0;
  let all = 0;
  for (let dy = -0.06; dy <= 0.06; dy += 1 / sheet.density) {
    for (let d = 0; d < depth; d += 1 / sheet.density) {
      const pixel = pixelAt(sheet, from + side * d, y + dy);
      if (pixel < 0) continue;
      all++;
      if (mask[pixel] === 1) found++;
      else if (shadeOf(labAt(sheet, pixel), colour)) found += 0.7;
    }
  }
  const share = below ? 1.35 : 1;
  return all < 8 ? undefined : min(1, (share * found) / all);
}

/** The same material with less light on it. */
function shadeOf([l, a, b]: Lab, [hl, ha, hb]: Lab): boolean {
  if (l > hl + 5 || l < 2) return false;
  const light = (l + 16) / (hl + 16);
  return (a - ha * light) ** 2 + (b - hb * light) ** 2 < 8 * 8;
}

/** How far hair stands off the face, distances of the eyes: the mean over directions up and aside. */
function standing(sheet: Sheet, edge: FaceEdge, { mask }: HairRegion): number {
  const [cx, cy] = edge.middle;
  const far: number[] = [];
  for (let degrees = -165; degrees <= -15; degrees += 10) {
    const angle = (degrees * PI) / 180;
    const from = edge.radius(angle);
    let last = 0;
    for (let d = 0; d < 1.5; d += 1 / sheet.density) {
      const pixel = pixelAt(sheet, cx + (from + d) * cos(angle), cy + (from + d) * sin(angle));
      if (pixel >= 0 && mask[pixel] === 1) last = d;
    }
    // The scalp itself lies higher over the mesh than beside it.
    far.push(last - 0.32 * sin(angle) ** 2);
  }
  return quantile(far, 0.5);
}

function lengthOf(reach: number, stands: number): AvatarSpec['hair']['length'] {
  if (reach >= 1.65) return 'long';
  if (reach >= 1.15) return 'shoulder';
  if (reach >= 0.6) return 'chin';
  return stands < 0.13 ? 'cropped' : 'short';
}

/** What covers the forehead: the hair line from side to side. */
function fringeOf(rays: readonly Ray[], length: AvatarSpec['hair']['length'], yaw: number): AvatarSpec['hair']['fringe'] {
  if (rays.slice(2, 7).filter(({ covered }) => covered).length >= 3) return 'full';
  const height = (from: number, to: number): number => {
    const known = rays.slice(from, to).flatMap((ray) => (ray.height === undefined ? [] : [ray.height]));
    return known.length === 0 ? 1 : quantile(known, 0.5);
  };
  const [left, middle, right] = [height(1, 4), height(3, 6), height(5, 8)];
  // The hair line of a head turned aside looks lower on the side that is turned away.
  const lean = left - right - 0.005 * yaw;
  if (abs(lean) > 0.22) return lean > 0 ? 'left' : 'right';
  const long = length !== 'short' && length !== 'cropped';
  return long || middle - (left + right) / 2 > 0.42 ? 'centre' : 'back';
}

/** Nearest colour of the palette; dyed ones only where nothing else comes near. */
export function nearestHair([l, a, b]: Lab, dyed = true): AvatarSpec['hair']['colour'] {
  let best: AvatarSpec['hair']['colour'] = 'brown';
  let least = Number.POSITIVE_INFINITY;
  for (const name of hairColours) {
    const [pl, pa, pb] = hairPalette[name];
    const artificial = name === 'pink' || name === 'purple' || name === 'blue' || name === 'green';
    if (artificial && !dyed) continue;
    const distance = hypot(0.8 * (l - pl), a - pa, b - pb) + (artificial ? 8 : 0) + (name === 'red' || name === 'auburn' ? 3 : 0);
    if (distance < least) {
      best = name;
      least = distance;
    }
  }
  return best;
}
