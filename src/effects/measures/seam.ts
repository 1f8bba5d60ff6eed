import type { Contour } from './contour.ts';
import type { View } from './view.ts';

const { abs } = Math;

/** Pixels from the contour: the band that a seam lies in, and on both sides what it is compared with. */
const band = [-2, 2] as const;
const sides = [
  [-12, -8],
  [8, 12],
] as const;

/** Change of L* in one pixel that nobody sees, added to every mean: without it flat colours would be compared with nothing. */
const unseen = 0.5;

/**
 * How visible the edge of a mask is: the mean change of lightness across it, over that on both sides of it, and all over the same in the picture
 * without the effect.
 * @param contour see `continuing`
 * @returns 1 where the edge shows as little as before
 */
export function seam(result: View, base: View, contour: Contour): number {
  return steepness(result, contour) / steepness(base, contour);
}

function steepness(view: View, contour: Contour): number {
  let across = 0;
  let besides = 0;
  for (let i = 0; i < contour.count; i += 1) {
    across += change(view, contour, i, band[0], band[1]);
    for (const [from, to] of sides) besides += change(view, contour, i, from, to) / 2;
  }
  return (across / contour.count + unseen) / (besides / contour.count + unseen);
}

/** Mean change of L* for each pixel on the way out, between two distances from a point of the contour. */
function change(view: View, { xs, ys, outX, outY }: Contour, i: number, from: number, to: number): number {
  const [x, y, dx, dy] = [xs[i] ?? 0, ys[i] ?? 0, outX[i] ?? 0, outY[i] ?? 0];
  let last = view.lightness(x + from * dx, y + from * dy);
  let sum = 0;
  for (let distance = from + 1; distance <= to; distance += 1) {
    const next = view.lightness(x + distance * dx, y + distance * dy);
    sum += abs(next - last);
    last = next;
  }
  return sum / (to - from);
}
