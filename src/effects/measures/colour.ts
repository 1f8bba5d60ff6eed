import type { Pixels } from '../../image/pixels.ts';
import { type Lab, type Rgb, toLab } from '../raster/colour.ts';
import { ciede2000 } from './ciede2000.ts';
import type { Contour } from './contour.ts';

const { hypot } = Math;

/** Pixels from the contour: skin of the face on one side, of neck and ears on the other. */
const from = 6;
const to = 20;
const step = 3.5;

/** How far, in L*a*b*, what lies outside may be from the face inside to be the same person's skin: shadow and light, but no hair and no cloth. */
const sameSkin = 22;

/** Fewer than this share of the places outside, and it is no neck. */
const enough = 0.08;

/**
 * How much more the face differs in colour from the skin around it than it did without the effect: CIEDE2000 of the median colours within and
 * beyond the contour, minus the same on the base.
 * @param result @param base of one size
 * @returns undefined where the base shows no skin outside the mask (a helmet, a frame of petals): there is nothing to differ from
 */
export function colour(result: Pixels, base: Pixels, contour: Contour): number | undefined {
  const within = placesAlong(base, contour, -1);
  const inner = median(base, within);
  if (inner === undefined) return undefined;
  const around = placesAlong(base, contour, 1);
  const face = toLab(inner);
  const skin = around.filter((at) => distance(toLab(rgbAt(base, at)), face) < sameSkin);
  if (skin.length < enough * around.length) return undefined;
  const [outer, innerNow, outerNow] = [median(base, skin), median(result, within), median(result, skin)];
  if (outer === undefined || innerNow === undefined || outerNow === undefined) return undefined;
  return ciede2000(toLab(innerNow), toLab(outerNow)) - ciede2000(face, toLab(outer));
}

/** Places of the pixels beside the contour. @param side -1 inside, 1 outside */
function placesAlong({ width, height }: Pixels, { count, xs, ys, outX, outY }: Contour, side: 1 | -1): number[] {
  const places: number[] = [];
  for (let i = 0; i < count; i += 1) {
    for (let d = from; d <= to; d += step) {
      const x = ((xs[i] ?? 0) + side * d * (outX[i] ?? 0)) | 0;
      const y = ((ys[i] ?? 0) + side * d * (outY[i] ?? 0)) | 0;
      if (x >= 0 && y >= 0 && x < width && y < height) places.push(y * width + x);
    }
  }
  return places;
}

/** The median of each channel. */
function median({ channels, data }: Pixels, places: readonly number[]): Rgb | undefined {
  if (places.length === 0) return undefined;
  const histogram = new Uint32Array(256);
  const channel = (k: number): number => {
    histogram.fill(0);
    for (const place of places) {
      const value = data[place * channels + k] ?? 0;
      histogram[value] = (histogram[value] ?? 0) + 1;
    }
    let below = 0;
    return histogram.findIndex((count) => {
      below += count;
      return 2 * below >= places.length;
    });
  };
  return [channel(0), channel(1), channel(2)];
}

function rgbAt({ channels, data }: Pixels, place: number): Rgb {
  const at = place * channels;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

function distance(a: Lab, b: Lab): number {
  return hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
