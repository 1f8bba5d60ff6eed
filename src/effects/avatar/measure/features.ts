import { leftEyeRing, lipsInner, lipsOuter, rightEyeRing } from '../../../faces/topology.ts';
import type { Lab } from '../../raster/colour.ts';
import { hairPalette } from '../palette.ts';
import type { AvatarSpec } from '../spec.ts';
import { nearestHair } from './hair.ts';
import type { FacePoints } from './points.ts';
import { labAt, medianLab, pixelAt, quantile, type Sheet } from './sheet.ts';

const { max, min, round, sqrt } = Math;

/** Mean and spread of the thickness of brows at half their darkness, distances of the eyes; the 21 faces of `proportions.ts`. */
const browThickness = [0.11, 0.026] as const;

/** Pairs of mesh points on the upper and the lower edge of a brow, its thick middle. */
const browPairs = [
  [63, 53],
  [105, 52],
  [66, 65],
  [293, 283],
  [334, 282],
  [296, 295],
] as const;

/** Brows from their profiles across: how thick they are and what colour. */
export function measureBrows(
  sheet: Sheet,
  points: FacePoints,
  correction: Lab,
  hair: AvatarSpec['hair'],
): Pick<AvatarSpec['brows'], 'thickness' | 'colour'> {
  const widths: number[] = [];
  const darkest: Lab[] = [];
  const step = 1 / sheet.density;
  for (const [upper, lower] of browPairs) {
    const [ux, uy] = points(upper);
    const [lx, ly] = points(lower);
    const x = (ux + lx) / 2;
    const profile: Lab[] = [];
    for (let y = uy - 0.12; y < ly + 0.1; y += step) {
      const pixels = [-0.02, 0, 0.02].map((dx) => pixelAt(sheet, x + dx, y)).filter((pixel) => pixel >= 0);
      if (pixels.length > 0) profile.push(medianLab(pixels.map((pixel) => labAt(sheet, pixel))));
    }
    const lights = profile.map(([l]) => l);
    const skin = quantile(lights.slice(0, 6), 0.5);
    const dark = min(...lights);
    if (!(skin - dark > 8)) continue;
    const at = lights.indexOf(dark);
    const half = (skin + dark) / 2;
    let from = at;
    let to = at;
    while (from > 0 && (lights[from - 1] ?? 100) < half) from--;
    while (to < lights.length - 1 && (lights[to + 1] ?? 100) < half) to++;
    widths.push((to - from + 1) * step);
    const [l, a, b] = profile[at] ?? [30, 8, 8];
    // A brow is hair over skin, and a photo blurs it: the hair itself is darker than its darkest pixel.
    darkest.push([max(4, l - 0.3 * (skin - l)), a, b]);
  }
  if (widths.length < 2) return { thickness: -2, colour: 'blonde' };
  const [l, a, b] = medianLab(darkest);
  const thickness = round((quantile(widths, 0.5) - browThickness[0]) / browThickness[1]);
  return {
    thickness: max(-2, min(2, thickness)) + 0,
    colour: nearestHair([darkened(l + correction[0] * 0.6, hair), (a + correction[1]) * 0.7, (b + correction[2]) * 0.8], false),
  };
}

/** Thin brows look lighter in a small photo than they are, so they are not taken to be much lighter than natural hair. */
function darkened(lightness: number, { length, colour }: AvatarSpec['hair']): number {
  return length === 'none' ? lightness : min(lightness, hairPalette[colour][0] + 9);
}

/** Radius of an iris, distances of the eyes: 11.7 mm across at 63 mm between the pupils. */
const iris = 0.093;

/** Colour of the irises and darkness of the lashes. */
export function measureEyes(sheet: Sheet, points: FacePoints, skin: Lab, correction: Lab): Pick<AvatarSpec['eyes'], 'colour' | 'lashes'> {
  const irises: Lab[] = [];
  const lines: number[] = [];
  for (const ring of [leftEyeRing, rightEyeRing]) {
    const edge = ring.map((index) => points(index));
    const cx = edge.reduce((sum, [x]) => sum + x, 0) / edge.length;
    const cy = edge.reduce((sum, [, y]) => sum + y, 0) / edge.length;
    const [ix, iy] = darkestDisc(sheet, cx, cy);
    const seen = ringAround(sheet, ix, iy);
    if (seen.length >= 6) irises.push(medianLab(seen));
    for (const [x, y] of edge.slice(2, 7)) {
      const across = [-0.045, -0.03, -0.015, 0, 0.015].flatMap((dy) => {
        const pixel = pixelAt(sheet, x, y + dy);
        return pixel < 0 ? [] : [labAt(sheet, pixel)[0]];
      });
      if (across.length > 0) lines.push(min(...across));
    }
  }
  const dark = 1 - quantile(lines, 0.5) / max(1, skin[0]);
  const lashes = dark > 0.8 ? 2 : dark > 0.55 ? 1 : 0;
  if (irises.length === 0) return { colour: 'brown', lashes };
  const [l, a, b] = medianLab(irises);
  return { colour: irisName([l + correction[0] * 0.5, a + correction[1], b + correction[2]]), lashes };
}

function darkestDisc(sheet: Sheet, cx: number, cy: number): readonly [number, number] {
  let best: readonly [number, number] = [cx, cy];
  let least = Number.POSITIVE_INFINITY;
  const step = 1 / sheet.density;
  for (let dx = -0.1; dx <= 0.1; dx += step) {
    for (let dy = -0.03; dy <= 0.045; dy += step) {
      let sum = 0;
      let n = 0;
      for (let x = -0.08; x <= 0.08; x += step) {
        for (let y = -0.06; y <= 0.06; y += step) {
          const pixel = x * x + y * y < 0.08 * 0.08 ? pixelAt(sheet, cx + dx + x, cy + dy + y) : -1;
          if (pixel < 0) continue;
          sum += sheet.lab[3 * pixel] ?? 0;
          n++;
        }
      }
      if (n > 0 && sum / n < least) {
        least = sum / n;
        best = [cx + dx, cy + dy];
      }
    }
  }
  return best;
}

/** The lower part of an iris around its pupil, without lashes' shade, highlights and what is darkest. */
function ringAround(sheet: Sheet, cx: number, cy: number): readonly Lab[] {
  const found: Lab[] = [];
  const step = 1 / sheet.density;
  for (let x = -iris; x <= iris; x += step) {
    for (let y = -0.02; y <= 0.07; y += step) {
      const r = sqrt(x * x + y * y);
      if (r < iris * 0.38 || r > iris * 0.9) continue;
      const pixel = pixelAt(sheet, cx + x, cy + y);
      if (pixel >= 0) found.push(labAt(sheet, pixel));
    }
  }
  const lights = found.map(([l]) => l);
  const [low, high] = [quantile(lights, 0.3), quantile(lights, 0.85)];
  return found.filter(([l]) => l >= low && l <= high);
}

/** Light irises have hues; dark ones are brown, whatever a photo's shadows do to them. */
function irisName([l, a, b]: Lab): AvatarSpec['eyes']['colour'] {
  if (l < 21) return 'dark-brown';
  if (a > 5 && b > 5) return l > 44 ? 'hazel' : 'brown';
  if (b < -4) return l > 25 ? 'blue' : 'dark-brown';
  if (l < 30) return 'brown';
  if (b < 5) return 'grey';
  return a < 1 ? 'green' : 'hazel';
}

/** Difference of lips to skin in a* from which they are painted: bare lips of the 21 faces stay below. */
const painted = 22;

/** Colour of the lips, and whether teeth can be seen where the mouth is open. */
export function measureMouth(
  sheet: Sheet,
  points: FacePoints,
  skin: Lab,
): { readonly colour: AvatarSpec['mouth']['colour']; readonly bright: boolean } {
  const lips: Lab[] = [];
  for (const k of [3, 4, 5, 6, 7, 13, 14, 15, 16, 17]) {
    const [ox, oy] = points(lipsOuter[k] ?? 0);
    const [ix, iy] = points(lipsInner[k] ?? 13);
    for (const share of [0.35, 0.5, 0.65]) {
      const pixel = pixelAt(sheet, ox + (ix - ox) * share, oy + (iy - oy) * share);
      if (pixel >= 0) lips.push(labAt(sheet, pixel));
    }
  }
  const inside: number[] = [];
  const [[ux, uy], [lx, ly]] = [points(13), points(14)];
  for (let share = 0.1; share < 0.95; share += 0.1) {
    for (let dx = -0.15; dx <= 0.15; dx += 0.03) {
      const pixel = pixelAt(sheet, ux + (lx - ux) * share + dx, uy + (ly - uy) * share);
      if (pixel >= 0) inside.push(sheet.lab[3 * pixel] ?? 0);
    }
  }
  const [l, a, b] = medianLab(lips);
  const bright = quantile(inside, 0.8) > 0.72 * skin[0];
  if (a - skin[1] < painted) return { colour: 'natural', bright };
  if (l < 28 || b - skin[2] < -22) return { colour: 'plum', bright };
  return { colour: b - skin[2] < -10 ? 'pink' : 'red', bright };
}
