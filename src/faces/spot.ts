import { linearLight, luminanceOf } from '../image/lightness.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Point } from './face.ts';

const { floor, log2, max, min } = Math;

/**
 * The light of a small round spot as a photographer says it, in stops (powers of two): how bright, and how much more red and blue than green. A
 * face in half the light, or of a skin that reflects half, differs in `light` alone and everywhere alike, so differences between spots of one face
 * say nothing of either.
 */
export interface Spot {
  readonly light: number;
  readonly red: number;
  readonly blue: number;
}

/** Below this linear light a camera's noise is all there is; it keeps the logarithm finite. */
const dark = 0.003;

/** A spot is sampled about so often across: its mean does not need all its pixels. */
const across = 9;

/** The mean colour of a disc; where it leaves the picture its nearest pixels stand in. @param radius in pixels */
export function spotAt({ width, height, channels, data }: Pixels, [x, y]: Point, radius: number): Spot {
  const step = max(1, (2 * radius) / across);
  let r = 0;
  let g = 0;
  let b = 0;
  let count = 0;
  for (let dy = -radius + step / 2; dy < radius; dy += step) {
    for (let dx = -radius + step / 2; dx < radius; dx += step) {
      if (dx * dx + dy * dy > radius * radius) continue;
      const at = (min(height - 1, max(0, floor(y + dy))) * width + min(width - 1, max(0, floor(x + dx)))) * channels;
      r += linearLight[data[at] ?? 0] ?? 0;
      g += linearLight[data[at + 1] ?? 0] ?? 0;
      b += linearLight[data[at + 2] ?? 0] ?? 0;
      count += 1;
    }
  }
  [r, g, b] = [r / count + dark, g / count + dark, b / count + dark];
  return {
    light: log2(luminanceOf[0] * r + luminanceOf[1] * g + luminanceOf[2] * b),
    red: log2(r / g),
    blue: log2(b / g),
  };
}
