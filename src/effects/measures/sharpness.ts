import { lightnessAt } from '../../image/lightness.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Mask } from '../raster/picture.ts';
import { half } from './contour.ts';

const { max, round, sqrt } = Math;

/** Places at which the Laplacian is taken, at most: enough for a variance. */
const mostPlaces = 8000;

/** Pixels from the mask's edge at which the face begins: the edge itself is the seam's matter. */
const rim = 6;

/** Variance of the Laplacian of L* that no eye tells from flat; keeps the ratio finite. */
const unseen = 0.25;

/**
 * How sharp a face became: variance of the Laplacian of lightness (Pech-Pacheco et al. 2000, doi:10.1109/ICPR.2000.903548) over the face, result
 * over base, which are of one size and so of one scale.
 * @returns 1 where it is as sharp as before, below where it is softer; NaN where the mask is empty
 */
export function sharpnessRatio(result: Pixels, base: Pixels, mask: Mask): number {
  return (sharpnessIn(result, mask) + unseen) / (sharpnessIn(base, mask) + unseen);
}

function sharpnessIn({ width, height, channels, data }: Pixels, { area, data: shares }: Mask): number {
  const step = max(1, round(sqrt((area.width * area.height) / mostPlaces)));
  const row = width * channels;
  let [count, sum, squares] = [0, 0, 0];
  for (let y = rim; y < area.height - rim; y += step) {
    if (area.y + y < 1 || area.y + y >= height - 1) continue;
    for (let x = rim; x < area.width - rim; x += step) {
      if (area.x + x < 1 || area.x + x >= width - 1) continue;
      const place = y * area.width + x;
      const lines = rim * area.width;
      if ((shares[place] ?? 0) < half || (shares[place - rim] ?? 0) < half || (shares[place + rim] ?? 0) < half) continue;
      if ((shares[place - lines] ?? 0) < half || (shares[place + lines] ?? 0) < half) continue;
      const at = (area.y + y) * row + (area.x + x) * channels;
      const around =
        lightnessAt(data, at - channels) + lightnessAt(data, at + channels) + lightnessAt(data, at - row) + lightnessAt(data, at + row);
      const laplacian = around - 4 * lightnessAt(data, at);
      count += 1;
      sum += laplacian;
      squares += laplacian * laplacian;
    }
  }
  return squares / count - (sum / count) ** 2;
}
