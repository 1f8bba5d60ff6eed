import { lightnessAt } from '../../image/lightness.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Rest } from '../effect.ts';
import type { Rgb } from '../raster/colour.ts';

const { floor, max, min } = Math;

/** A picture as the measures look at it. A pixel's middle is at half a pixel. */
export interface View {
  readonly width: number;
  readonly height: number;
  /** L*, between the four pixels around a place; outside the picture its edge goes on. */
  lightness(x: number, y: number): number;
  /** Mean L* of four pixels around a place, at a distance from it to the sides and up and down. */
  mean(x: number, y: number, distance: number): number;
  /** The pixel at a place, 0 to 255 a channel. */
  colour(x: number, y: number): Rgb;
}

/** @param rest where a place lies in the picture, if not where it says (see `Made`) */
export function viewOf({ width, height, channels, data }: Pixels, rest?: Rest): View {
  const at = new Float64Array(2);
  const place = (x: number, y: number): void => {
    if (rest !== undefined) {
      rest(x, y, at);
      return;
    }
    at[0] = x;
    at[1] = y;
  };
  return {
    width,
    height,
    lightness(atX, atY) {
      place(atX, atY);
      const fx = min(max((at[0] ?? 0) - 0.5, 0), width - 1);
      const fy = min(max((at[1] ?? 0) - 0.5, 0), height - 1);
      const left = min(floor(fx), max(0, width - 2));
      const top = min(floor(fy), max(0, height - 2));
      const u = fx - left;
      const v = fy - top;
      const above = (top * width + left) * channels;
      const below = above + width * channels;
      const upper = lightnessAt(data, above) * (1 - u) + lightnessAt(data, above + channels) * u;
      const lower = lightnessAt(data, below) * (1 - u) + lightnessAt(data, below + channels) * u;
      return upper * (1 - v) + lower * v;
    },
    mean(atX, atY, distance) {
      place(atX, atY);
      const x = at[0] ?? 0;
      const y = at[1] ?? 0;
      const left = min(width - 1, max(0, floor(x - distance)));
      const right = min(width - 1, max(0, floor(x + distance)));
      const upper = min(height - 1, max(0, floor(y - distance))) * width;
      const lower = min(height - 1, max(0, floor(y + distance))) * width;
      const above = lightnessAt(data, (upper + left) * channels) + lightnessAt(data, (upper + right) * channels);
      const below = lightnessAt(data, (lower + left) * channels) + lightnessAt(data, (lower + right) * channels);
      return (above + below) / 4;
    },
    colour(atX, atY) {
      place(atX, atY);
      const from = (min(height - 1, max(0, floor(at[1] ?? 0))) * width + min(width - 1, max(0, floor(at[0] ?? 0)))) * channels;
      return [data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0];
    },
  };
}
