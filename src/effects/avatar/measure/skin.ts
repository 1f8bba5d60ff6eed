import { leftEyeRing, rightEyeRing } from '../../../faces/topology.ts';
import type { Lab } from '../../raster/colour.ts';
import { skinPalette } from '../palette.ts';
import type { FacePoints } from './points.ts';
import { lightsOf, lightWithin, medianOf, pixelAt, pixelsAround, quantile, type Sheet } from './sheet.ts';

const { hypot, max, min } = Math;

/** Places of the mesh that are skin on nearly everybody: forehead, bridge of the nose, cheeks. No beard grows there and few fringes reach all. */
const skinPoints = [
  ...[151, 108, 337, 69, 299, 9, 8, 6, 197],
  ...[50, 101, 118, 117, 123, 147, 187, 205, 36, 142],
  ...[280, 330, 347, 346, 352, 376, 411, 425, 266, 371],
] as const;

/** Lightness that the white of an eye has in a well exposed photo of a face: it lies in the shade of the lids. */
const whiteOfEyes = 77;

/** How far the exposure is corrected at most, in L* of the white of the eyes. */
const reach = 5;

export interface Skin {
  /** As the photo shows it. */
  readonly seen: Lab;
  /** Index into the palette, from 1. */
  readonly tone: number;
  /** Added to colours of this photo to bring them to a usual exposure and white balance. */
  readonly correction: Lab;
}

/**
 * The tone of the skin: the middle colour of the better lit half of forehead, nose and cheeks, corrected by what the white of the eyes says of
 * the light, and the nearest tone of the palette to it. Where no white can be seen the photo is taken as it is: a guess would make dark skin light.
 */
export function measureSkin(sheet: Sheet, points: FacePoints): Skin {
  const seen = litSkin(sheet, points);
  const correction = correctionFrom(whiteSeen(sheet, points, seen), seen);
  return { seen, tone: nearestTone([seen[0] + correction[0], seen[1] + correction[1], seen[2] + correction[2]]), correction };
}

/** Forehead and cheeks, each as it is lit. */
export function skinsOf(sheet: Sheet, points: FacePoints): readonly Lab[] {
  const groups = [
    [10, 109, 338, 151],
    [50, 101, 118],
    [280, 330, 347],
  ] as const;
  return groups.map((group) =>
    medianOf(
      sheet,
      group.flatMap((index) => pixelsAround(sheet, ...points(index), 0.05)),
    ),
  );
}

function litSkin(sheet: Sheet, points: FacePoints): Lab {
  const pixels: number[] = [];
  for (const index of skinPoints) {
    const [x, y] = points(index);
    pixelsAround(sheet, x, y, 0.045, pixels);
  }
  const lightnesses = lightsOf(sheet, pixels);
  const [low, high] = [quantile(lightnesses, 0.4), quantile(lightnesses, 0.85)];
  return medianOf(sheet, lightWithin(sheet, pixels, low, high));
}

/** The white of the eyes, and how far it can be trusted to be that, 0 to 1. */
interface White {
  readonly colour: Lab;
  readonly trust: number;
}

/** The white of the eyes: among the lighter pixels inside the lids those with little colour. */
function whiteSeen(sheet: Sheet, points: FacePoints, seen: Lab): White {
  const inside: number[] = [];
  for (const ring of [leftEyeRing, rightEyeRing]) {
    const corners = ring.map((index) => points(index));
    const xs = corners.map(([x]) => x);
    const ys = corners.map(([, y]) => y);
    const [cx, cy] = [(min(...xs) + max(...xs)) / 2, (min(...ys) + max(...ys)) / 2];
    const [rx, ry] = [((max(...xs) - min(...xs)) / 2) * 0.8, ((max(...ys) - min(...ys)) / 2) * 0.7];
    const step = 1 / sheet.density;
    for (let y = cy - ry; y <= cy + ry; y += step) {
      for (let x = cx - rx; x <= cx + rx; x += step) {
        if (((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 > 1) continue;
        const index = pixelAt(sheet, x, y);
        if (index >= 0) inside.push(index);
      }
    }
  }
  if (inside.length < 24) return { colour: seen, trust: 0 };
  const lightnesses = lightsOf(sheet, inside);
  const [low, high] = [quantile(lightnesses, 0.84), quantile(lightnesses, 0.96)];
  const colour = medianOf(sheet, lightWithin(sheet, inside, low, high));
  // An eye that shows its white is dark and light, and the white is neither coloured nor darker than skin in the same light.
  const contrast = rising(high - quantile(lightnesses, 0.1), 14, 30);
  const colourless = 1 - rising(hypot(colour[1], colour[2]), 9, 17);
  const lighter = rising(colour[0], max(44, seen[0] - 20), max(52, seen[0] - 8));
  return { colour, trust: contrast * colourless * lighter };
}

/** 0 up to `from`, 1 from `to` on: what is trusted a little is followed a little, so that no tone jumps. */
function rising(value: number, from: number, to: number): number {
  return max(0, min(1, (value - from) / (to - from)));
}

function correctionFrom({ colour, trust }: White, seen: Lab): Lab {
  // The darker the skin, the less light comes from around the eye.
  const expected = whiteOfEyes - 0.12 * max(0, 60 - seen[0]);
  const clamp = (value: number, most: number): number => trust * max(-most, min(most, value));
  // A flash makes eyes whiter than it makes skin lighter: too much light is taken back with less vigour.
  const missing = expected - colour[0];
  return [clamp(missing > 0 ? missing : 0.6 * missing, reach), clamp((3 - colour[1]) * 0.4, 5), clamp((6 - colour[2]) * 0.4, 6)];
}

/** Lightness decides first: hue depends on the light of the room more than on the person. */
function nearestTone([l, a, b]: Lab): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  skinPalette.forEach(([pl, pa, pb], index) => {
    const distance = (l - pl) ** 2 + 0.15 * ((a - pa) ** 2 + (b - pb) ** 2);
    if (distance < least) [best, least] = [index, distance];
  });
  return best + 1;
}
