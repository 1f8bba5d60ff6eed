import type { Point } from '../faces/face.ts';
import type { Pixels } from '../image/pixels.ts';
import type { HeadEllipse } from './ellipse.ts';
import type { Art } from './raster/art.ts';
import { type Cloth, drape } from './raster/drape.ts';
import { coarseColours } from './raster/mosaic.ts';
import { areaAround, type Mask, smoothstep } from './raster/picture.ts';

const { hypot, min, round, SQRT2 } = Math;

/** Width of the feather in half axes of the head; it lies wholly outside the ellipse, so that inside nothing of the photo is left. */
const feather = 0.12;

/** What a veil and what a cover are drawn for is the unit circle; so far does their sheet reach around it. A cover's ears and rays may use it. */
const veilReach = 1.15;
const coverReach = 1.25;

/** How a head is made unrecognisable. */
export interface Veil {
  /** Flat cells, or colours that run into each other. */
  readonly style: 'pixelate' | 'blur';
  /** How coarse, 0 to 100: 9 to 4 cells across. */
  readonly strength: number;
}

/** What is drawn over a head. */
export interface Cover {
  readonly sheet: Art;
  readonly tint: readonly [red: number, green: number, blue: number];
}

/**
 * Hides a head so that it cannot be brought back: inside its ellipse only a handful of mean colours is left, and what is drawn over them.
 * @param target three channels; drawn into
 * @param spared heads in front of this one: where one of them is nearer, measured in its own size, its pixels stay
 * @returns where something was drawn
 */
export function veilHead(target: Pixels, head: HeadEllipse, veil: Veil, cover?: Cover, spared: readonly HeadEllipse[] = []): Mask {
  const board = boardOver(head, cover === undefined ? veilReach : coverReach);
  const area = areaAround(board.xs, board.ys, 1, target.width, target.height);
  const mask = { area, data: new Uint8Array(area.width * area.height) };
  const seen = spared.length === 0 ? undefined : (x: number, y: number) => (spared.some((other) => isNearer(other, head, x, y)) ? 0 : 1);
  const dye = { opacity: 1, side: 'outer', seen } as const;
  if (cover === undefined || !hides(cover.sheet)) {
    drape(target, veilSheet(target, head, veil), boardOver(head, veilReach), { ...dye, tint: [1, 1, 1] }, mask);
  }
  if (cover !== undefined) drape(target, cover.sheet, board, { ...dye, tint: cover.tint }, mask);
  return mask;
}

/** The mean colours as a small sheet with its feather. It is all that is drawn, so no finer detail can come through. */
function veilSheet(picture: Pixels, head: HeadEllipse, { style, strength }: Veil): Art {
  const cells = 9 - round(strength / 20);
  const mosaic = coarseColours(picture, head, cells);
  // Cells have sharp edges: they get more pixels.
  const side = style === 'blur' ? 64 : 256;
  const data = new Uint8ClampedArray(side * side * 4);
  const colour = new Float32Array(3);
  for (let j = 0, at = 0; j < side; j++) {
    for (let i = 0; i < side; i++, at += 4) {
      const x = ((i + 0.5) / side - 0.5) * 2 * veilReach;
      const y = ((j + 0.5) / side - 0.5) * 2 * veilReach;
      // A pixel of the sheet is blended with its neighbours: the feather begins that much farther out.
      const share = 1 - smoothstep(1 + (2 * SQRT2 * veilReach) / side, 1 + feather, hypot(x, y));
      if (share === 0) continue;
      mosaic.colourAt(x, y, style === 'blur', colour);
      for (let k = 0; k < 3; k++) data[at + k] = (colour[k] ?? 0) * share;
      data[at + 3] = 255 * share;
    }
  }
  return { width: side, height: side, data };
}

/** A board before a head; its sheet reaches so many half axes from the middle. */
function boardOver(head: HeadEllipse, reach: number): Cloth {
  const corners = [-1, 1].flatMap((y) => [-1, 1].map((x): Point => head.toPicture(x * reach, y * reach)));
  return {
    xs: Float32Array.from(corners, ([x]) => x),
    ys: Float32Array.from(corners, ([, y]) => y),
    zs: new Float32Array(4),
    us: Float32Array.of(0, 1, 0, 1),
    vs: Float32Array.of(0, 0, 1, 1),
    triangles: Uint16Array.of(0, 1, 2, 1, 3, 2),
  };
}

const known = new WeakMap<Art, boolean>();

/** Whether a cover is opaque all over the unit circle, so that nothing has to lie under it. */
function hides(sheet: Art): boolean {
  const before = known.get(sheet);
  if (before !== undefined) return before;
  const { width, height, data } = sheet;
  let opaque = true;
  for (let j = 0; j < height && opaque; j++) {
    for (let i = 0; i < width && opaque; i++) {
      const away = 2 * coverReach * hypot((i + 0.5) / width - 0.5, (j + 0.5) / height - 0.5);
      if (away < 1.01 && (data[(j * width + i) * 4 + 3] ?? 0) < 255) opaque = false;
    }
  }
  known.set(sheet, opaque);
  return opaque;
}

/** Whether a place lies on another head, and deeper inside it than inside this one. */
function isNearer(other: HeadEllipse, head: HeadEllipse, x: number, y: number): boolean {
  return insideness(other, x, y) < min(1, insideness(head, x, y));
}

/** Distance from the middle of a head, 1 at its edge. */
function insideness(head: HeadEllipse, x: number, y: number): number {
  const px = x - head.x;
  const py = y - head.y;
  return hypot((px * head.cos + py * head.sin) / head.halfWidth, (py * head.cos - px * head.sin) / head.halfHeight);
}
