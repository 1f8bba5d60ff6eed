import type { Rgb } from '../raster/colour.ts';

const { max, round } = Math;

/** How drawn skin takes the colour of a user's. */
export interface Dye {
  /** Factors on red, green and blue. */
  readonly factors: Rgb;
  /** 0 to 1: that of the face; the factors are already as much weaker. */
  readonly strength: number;
  /** How red the drawn skin is: (red - blue) / red. */
  readonly warmth: number;
}

/** Shares of that redness at which a colour begins to count as skin, and is skin. */
const from = 0.25;
const to = 0.75;

/** Skin takes all of it; what is less red (the white of an eye, a collar) takes less. @param pixel packed, see raster/packed.ts */
export function dyed({ factors, warmth }: Dye, pixel: number): number {
  const red = pixel & 255;
  const green = (pixel >>> 8) & 255;
  const blue = (pixel >>> 16) & 255;
  const t = ((red - blue) / ((red + 1) * warmth) - from) / (to - from);
  if (t <= 0) return pixel;
  const share = t >= 1 ? 1 : t * t * (3 - 2 * t);
  const alpha = pixel >>> 24;
  const r = cut(red * (1 + share * (factors[0] - 1)), alpha);
  const g = cut(green * (1 + share * (factors[1] - 1)), alpha);
  const b = cut(blue * (1 + share * (factors[2] - 1)), alpha);
  return (pixel & 0xff000000) | (b << 16) | (g << 8) | r;
}

/** Colours are multiplied by alpha, so none is above it. */
function cut(value: number, most: number): number {
  return value > most ? most : value | 0;
}

/**
 * How much of its dye the skin below a face keeps: face and skin together are to be as much the user's as the skin beside them is, which is the
 * strength of both.
 * @returns 0 to 256 for each share of the face that is laid, 0 to 255
 */
export function keptBelow(strength: number): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, share) =>
    strength === 1 || share === 0 ? 256 : round((256 * max(0, 255 - share / strength)) / max(1, 255 - share)),
  );
}
