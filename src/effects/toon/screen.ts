import type { ToonDots } from '../../templates/kinds/toon.ts';
import { fromHex } from '../raster/colour.ts';
import { clamp } from '../raster/picture.ts';

const { floor, hypot, max, round, SQRT1_2, SQRT2, sqrt } = Math;

/** A halftone screen at 45 degrees, as newspapers print shadows. */
export interface Screen {
  /** Share of the dot's colour at a pixel whose lightness is `light`. */
  at(x: number, y: number, light: number): number;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Half the width of a dot's soft edge, in cells. */
const soft = 0.07;

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
    return hypot(u - round(u), v - round(v));
  });
  const radii = Float32Array.from({ length: 256 }, (_, light) => (light < from ? 0.6 * sqrt((from - light) / from) : -1));
  const [red, green, blue] = fromHex(colour);
  return {
    red,
    green,
    blue,
    at(x, y, light) {
      const radius = radii[clamp(light, 0, 255) | 0] ?? -1;
      const distance = tile[(y % period) * period + (x % period)] ?? 1;
      const inside = (radius - distance + soft) / (2 * soft);
      return inside <= 0 ? 0 : inside >= 1 ? share : share * inside;
    },
  };
}
