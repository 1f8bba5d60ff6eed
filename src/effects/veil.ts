import type { Point } from '../faces/face.ts';
import type { Pixels } from '../image/pixels.ts';
import type { HeadEllipse } from './ellipse.ts';
import type { Art } from './raster/art.ts';
import { coarseColours } from './raster/mosaic.ts';
import { type Area, areaAround, type Mask, smoothstep } from './raster/picture.ts';
import { sampleArt } from './raster/sample.ts';

const { hypot, max, min, round } = Math;

/** Width of the feather in half axes of the head; it lies wholly outside the ellipse, so that inside nothing of the photo is left. */
const feather = 0.12;

/** Art for a cover is drawn for the unit circle and may stick out by a quarter: ears, rays, a ribbon. */
const coverReach = 1.25;

/** How a head is made unrecognisable. */
export interface Veil {
  /** Flat cells, or colours that run into each other. */
  readonly style: 'pixelate' | 'blur';
  /** How coarse, 0 to 100: 9 to 4 cells across. */
  readonly strength: number;
  /** Drawn over it. */
  readonly cover?: { readonly sheet: Art; readonly tint: readonly [red: number, green: number, blue: number] };
}

/**
 * Hides a head so that it cannot be brought back: inside its ellipse only a handful of mean colours is left, and what is drawn over them.
 * @param target three channels; drawn into
 * @param spared heads in front of this one: where one of them is nearer, measured in its own size, its pixels stay
 * @returns where something was drawn
 */
export function veilHead(target: Pixels, head: HeadEllipse, { style, strength, cover }: Veil, spared: readonly HeadEllipse[] = []): Mask {
  const reach = cover === undefined ? 1 + feather : coverReach * Math.SQRT2;
  const area = areaOf(head, reach, target);
  const mask = { area, data: new Uint8Array(area.width * area.height) };
  const mosaic = coarseColours(target, head, 9 - round(strength / 20));
  const [colour, art] = [new Float32Array(3), new Float32Array(4)];
  for (let y = area.y, marked = 0; y < area.y + area.height; y++) {
    for (let x = area.x; x < area.x + area.width; x++, marked++) {
      const px = x + 0.5 - head.x;
      const py = y + 0.5 - head.y;
      const u = (px * head.cos + py * head.sin) / head.halfWidth;
      const v = (py * head.cos - px * head.sin) / head.halfHeight;
      const away = hypot(u, v);
      if (cover !== undefined) sampleCover(cover.sheet, u, v, art);
      const over = (art[3] ?? 0) / 255;
      const under = 1 - smoothstep(1, 1 + feather, away);
      if ((over === 0 && under === 0) || spared.some((other) => isNearer(other, x + 0.5, y + 0.5, away))) continue;
      if (under > 0 && over < 1) mosaic.colourAt(u, v, style === 'blur', colour);
      const at = (y * target.width + x) * 3;
      for (let k = 0; k < 3; k++) {
        const below = (colour[k] ?? 0) * under + (target.data[at + k] ?? 0) * (1 - under);
        target.data[at + k] = (art[k] ?? 0) * (cover?.tint[k] ?? 1) + below * (1 - over);
      }
      mask.data[marked] = 255;
    }
  }
  return mask;
}

function sampleCover(sheet: Art, u: number, v: number, out: Float32Array): void {
  sampleArt(sheet, (0.5 + u / (2 * coverReach)) * sheet.width, (0.5 + v / (2 * coverReach)) * sheet.height, out);
}

/** Whether a place lies on a head, and deeper inside it than `away`. */
function isNearer(head: HeadEllipse, x: number, y: number, away: number): boolean {
  const px = x - head.x;
  const py = y - head.y;
  const there = hypot((px * head.cos + py * head.sin) / head.halfWidth, (py * head.cos - px * head.sin) / head.halfHeight);
  return there < min(1, away);
}

function areaOf(head: HeadEllipse, reach: number, { width, height }: Pixels): Area {
  const corners = [-1, 1].flatMap((x) => [-1, 1].map((y): Point => head.toPicture(x * reach, y * reach)));
  return areaAround(
    corners.map(([x]) => x),
    corners.map(([, y]) => y),
    1,
    max(1, width),
    max(1, height),
  );
}
