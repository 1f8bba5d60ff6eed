import { type Rgb, toLab } from '../raster/colour.ts';
import { ciede2000 } from './ciede2000.ts';
import type { Contour } from './contour.ts';
import type { View } from './view.ts';

/** Pixels from the contour: skin of the face on one side, of neck and ears on the other. */
const from = 6;
const to = 20;
const step = 3.5;

/**
 * How much more the face differs in colour from the skin around it than it did without the effect: CIEDE2000 of the median colours within and
 * beyond the contour, minus the same on the base. Below 0 they agree better than before.
 * @param contour see `continuing`: where the skin goes on
 */
export function colour(result: View, base: View, contour: Contour): number {
  return difference(result, contour) - difference(base, contour);
}

function difference(view: View, contour: Contour): number {
  return ciede2000(toLab(median(view, contour, -1)), toLab(median(view, contour, 1)));
}

/** The median of each channel beside the contour. @param side -1 inside, 1 outside */
function median(view: View, { count, xs, ys, outX, outY }: Contour, side: 1 | -1): Rgb {
  const histograms = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)] as const;
  let samples = 0;
  for (let i = 0; i < count; i += 1) {
    for (let d = side * from; d * side <= to; d += side * step) {
      const [r, g, b] = view.colour((xs[i] ?? 0) + d * (outX[i] ?? 0), (ys[i] ?? 0) + d * (outY[i] ?? 0));
      for (const [k, value] of [r, g, b].entries()) {
        const histogram = histograms[k];
        if (histogram !== undefined) histogram[value] = (histogram[value] ?? 0) + 1;
      }
      samples += 1;
    }
  }
  return [middle(histograms[0], samples), middle(histograms[1], samples), middle(histograms[2], samples)];
}

function middle(histogram: Uint32Array, samples: number): number {
  let below = 0;
  return histogram.findIndex((count) => {
    below += count;
    return 2 * below >= samples;
  });
}
