import type { Pixels } from '../../image/pixels.ts';
import type { Rgb } from '../raster/colour.ts';
import type { Mask } from '../raster/picture.ts';
import { coverage, type Path, paint, shareAt } from '../raster/shapes.ts';
import type { Visage } from './face.ts';
import type { Inks } from './inks.ts';

const { ceil, floor, max, min } = Math;

/** One face being drawn. */
export interface Drawing {
  /** What is drawn into, three channels. */
  readonly target: Pixels;
  /** What is looked at. */
  readonly photo: Pixels;
  readonly visage: Visage;
  readonly inks: Inks;
  /** How much the drawing covers what is there, 0 to 1. */
  readonly opacity: number;
}

export type Colour = Rgb | ((x: number, y: number) => Rgb);

export function fill({ target, opacity }: Drawing, path: Path, colour: Colour, share = 1, clip?: Mask): void {
  paint(target, coverage(path, target.width, target.height), colour, share * opacity, clip);
}

export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

/** The photo's colours under a mask, darkest first; a few hundred at most. @param without what does not count */
export function coloursUnder({ photo }: Drawing, mask: Mask, without?: Mask): readonly Rgb[] {
  const { area, data } = mask;
  const step = max(1, floor(Math.sqrt((area.width * area.height) / 600)));
  const found: Rgb[] = [];
  for (let y = 0; y < area.height; y += step) {
    for (let x = 0; x < area.width; x += step) {
      if ((data[y * area.width + x] ?? 0) < 200) continue;
      if (without !== undefined && shareAt(without, area.x + x, area.y + y) > 50) continue;
      const at = ((area.y + y) * photo.width + area.x + x) * photo.channels;
      found.push([photo.data[at] ?? 0, photo.data[at + 1] ?? 0, photo.data[at + 2] ?? 0]);
    }
  }
  return found.sort((a, b) => brightness(a) - brightness(b));
}

export function brightness(colour: Rgb): number {
  return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2];
}

/** The mean of a part of some colours: from and to are shares of their number. */
export function meanColour(colours: readonly Rgb[], from: number, to: number): Rgb | undefined {
  const part = colours.slice(floor(from * colours.length), ceil(to * colours.length));
  if (part.length === 0) return undefined;
  const mean = (channel: 0 | 1 | 2): number => part.reduce((sum, colour) => sum + colour[channel], 0) / part.length;
  return [mean(0), mean(1), mean(2)];
}

/** White as it looks in the light that falls on the face: in the dark nothing shines. */
export function whiteIn({ inks }: Drawing, [r, g, b]: Rgb): Rgb {
  const share = min(1, (90 + 1.3 * brightness(inks.light)) / 255);
  return [r * share, g * share, b * share];
}
