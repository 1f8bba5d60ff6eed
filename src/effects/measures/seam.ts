import { lightnessAt } from '../../image/lightness.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Contour } from './contour.ts';

const { abs, floor } = Math;

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
 * without the effect, where the template may have an edge of its own.
 * @param result @param base of one size
 * @returns 1 where the edge shows as little as before; NaN where there is no edge
 */
export function seam(result: Pixels, base: Pixels, contour: Contour): number {
  return steepness(result, contour) / steepness(base, contour);
}

function steepness(picture: Pixels, contour: Contour): number {
  let [inBand, besides, counted] = [0, 0, 0];
  for (let i = 0; i < contour.count; i += 1) {
    const across = change(picture, contour, i, band[0], band[1]);
    const inner = change(picture, contour, i, sides[0][0], sides[0][1]);
    const outer = change(picture, contour, i, sides[1][0], sides[1][1]);
    if (across < 0 || inner < 0 || outer < 0) continue;
    inBand += across;
    besides += (inner + outer) / 2;
    counted += 1;
  }
  return (inBand / counted + unseen) / (besides / counted + unseen);
}

/** Mean change of L* for each pixel on the way out, between two distances from a point of the contour; -1 where that leaves the picture. */
function change(picture: Pixels, { xs, ys, outX, outY }: Contour, i: number, from: number, to: number): number {
  const [x, y, dx, dy] = [xs[i] ?? 0, ys[i] ?? 0, outX[i] ?? 0, outY[i] ?? 0];
  let last = lightness(picture, x + from * dx, y + from * dy);
  if (last < 0) return -1;
  let sum = 0;
  for (let distance = from + 1; distance <= to; distance += 1) {
    const next = lightness(picture, x + distance * dx, y + distance * dy);
    if (next < 0) return -1;
    sum += abs(next - last);
    last = next;
  }
  return sum / (to - from);
}

/** L* at a point, between the four pixels around it (the middle of the first is 0.5); -1 outside the picture. */
function lightness({ width, height, channels, data }: Pixels, x: number, y: number): number {
  const [left, top] = [floor(x - 0.5), floor(y - 0.5)];
  if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return -1;
  const [u, v] = [x - 0.5 - left, y - 0.5 - top];
  const at = (top * width + left) * channels;
  const below = at + width * channels;
  const upper = lightnessAt(data, at) * (1 - u) + lightnessAt(data, at + channels) * u;
  const lower = lightnessAt(data, below) * (1 - u) + lightnessAt(data, below + channels) * u;
  return upper * (1 - v) + lower * v;
}
