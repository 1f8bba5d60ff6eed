import type { ToonDots } from '../../templates/kinds/toon.ts';
import { fromHex } from '../raster/colour.ts';

const { floor, hypot, max, round, SQRT1_2, SQRT2, sqrt } = Math;

/** A halftone screen at 45 degrees, as newspapers print shadows. */
export interface Screen {
  /** Pixels after which it repeats itself, both ways. */
  readonly period: number;
  /** Distance to the middle of the nearest dot for each pixel of a period, and the size of dots for each level of light: in widths of their edge. */
  readonly tile: Float32Array;
  readonly radii: Float32Array;
  /** What a dot takes away of each colour. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Width of a dot's soft edge, in cells. */
const soft = 0.14;

/**
 * @param unit distance of the outer corners of the eyes in pixels
 * @param from lightness below which dots appear; they grow towards black
 */
export function openScreen({ size, share, colour }: ToonDots, unit: number, from: number): Screen {
  // A whole number of pixels after which the turned grid repeats itself: two cells along the diagonal.
  const period = max(4, round(size * unit * SQRT2));
  const cell = period / SQRT2;
  const tile = Float32Array.from({ length: period * period }, (_, i) => {
    const [x, y] = [(i % period) + 0.5, floor(i / period) + 0.5];
    const [u, v] = [((x + y) * SQRT1_2) / cell, ((y - x) * SQRT1_2) / cell];
    return hypot(u - round(u), v - round(v)) / soft;
  });
  const radii = Float32Array.from({ length: 256 }, (_, light) => (light < from ? (0.6 * sqrt((from - light) / from)) / soft + 0.5 : 0));
  const [red, green, blue] = fromHex(colour);
  return { period, tile, radii, red: share * (1 - red / 255), green: share * (1 - green / 255), blue: share * (1 - blue / 255) };
}

/**
 * Prints one row of dots. They multiply what they fall on, as ink does; on black lines nothing is seen of them.
 * @param light of the plate along the row, and one value more
 * @param starts the first column of the picture that belongs to each column of the plate
 * @param step columns of the plate to one of the picture
 */
export function printDots(
  data: Uint8ClampedArray,
  y: number,
  width: number,
  light: Float32Array,
  starts: Uint16Array,
  step: number,
  screen: Screen,
): void {
  const { tile, period, radii } = screen;
  const tileRow = (y % period) * period;
  let to = y * width * 3;
  for (let column = 0; column < starts.length - 1; column++) {
    const start = starts[column] ?? 0;
    const end = starts[column + 1] ?? 0;
    const gap = (light[column + 1] ?? 0) - (light[column] ?? 0);
    let l = (light[column] ?? 0) + ((start + 0.5) * step - 0.5 - column) * gap;
    for (let x = start; x < end; x++, to += 3, l += step * gap) {
      const inside = (radii[l < 0 ? 0 : l > 255 ? 255 : l | 0] ?? 0) - (tile[tileRow + (x % period)] ?? 0);
      if (inside <= 0) continue;
      const share = inside >= 1 ? 1 : inside;
      data[to] = (data[to] ?? 0) * (1 - share * screen.red);
      data[to + 1] = (data[to + 1] ?? 0) * (1 - share * screen.green);
      data[to + 2] = (data[to + 2] ?? 0) * (1 - share * screen.blue);
    }
  }
}
