import { type View, viewOf } from '../../../src/effects/measures/view.ts';
import type { Mask } from '../../../src/effects/raster/picture.ts';
import type { Pixels } from '../../../src/image/pixels.ts';

/** Pictures and masks of which the measures are known. */

export type Colour = readonly [r: number, g: number, b: number];

export function painted(width: number, height: number, colour: (x: number, y: number) => Colour | number): Pixels {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    const value = colour(i % width, Math.floor(i / width));
    data.set(typeof value === 'number' ? [value, value, value] : value, 3 * i);
  }
  return { width, height, channels: 3, data };
}

/** The same as the measures look at it. */
export const viewed = (...args: Parameters<typeof painted>): View => viewOf(painted(...args));

/** Full within the radius of a point of the picture. */
export function disc(x: number, y: number, radius: number): Mask {
  const [left, top] = [Math.floor(x - radius) - 2, Math.floor(y - radius) - 2];
  const side = Math.ceil(2 * radius) + 4;
  const data = new Uint8Array(side * side);
  for (let i = 0; i < side * side; i += 1) {
    if (Math.hypot(left + (i % side) + 0.5 - x, top + Math.floor(i / side) + 0.5 - y) < radius) data[i] = 255;
  }
  return { area: { x: left, y: top, width: side, height: side }, data };
}

export const inDisc = (x: number, y: number, cx: number, cy: number, radius: number) => Math.hypot(x + 0.5 - cx, y + 0.5 - cy) < radius;

/** Noise that is the same every time, from -1 to 1. */
export function noise(x: number, y: number): number {
  let h = Math.imul(x + 1, 374761393) + Math.imul(y + 1, 668265263);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 31 - 1;
}
