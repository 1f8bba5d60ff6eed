import { type Coarse, cell, coarseOf } from '../../../src/effects/fusion/coarse.ts';
import { columns, slotOf } from '../../../src/effects/fusion/slot.ts';
import { areaAround } from '../../../src/effects/raster/picture.ts';
import { meanFace } from '../../../src/faces/mean-face.ts';
import { landmarksOf } from '../../../src/faces/sixty-eight.ts';

/** The mean face on a sheet of its own, and a way to paint it by places of the mean face (faces/mean-face.ts: the eyes 1 apart, y down). */

const scale = 120;
const middle = 220;

const mesh = meanFace.map((value, i) => (i % 3 === 2 ? value * scale : middle + value * scale));

/** The slot of a template that shows the mean face. */
export const meanSlot = slotOf(landmarksOf(mesh), 0.4, [...mesh]);

export type Paint = (x: number, y: number) => readonly [number, number, number];

/** A sheet with every pixel painted. */
export function paintedSheet(paint: Paint) {
  const { xs, ys } = columns(mesh);
  const area = areaAround(xs, ys, 2 * cell, 1000, 1000);
  const data = new Uint8ClampedArray(area.width * area.height * 3);
  for (let i = 0; i < area.width * area.height; i++) {
    const [x, y] = [area.x + (i % area.width) + 0.5, area.y + ((i / area.width) | 0) + 0.5];
    data.set(paint((x - middle) / scale, (y - middle) / scale), 3 * i);
  }
  return { area, data, covered: new Uint8ClampedArray(area.width * area.height).fill(255) };
}

/** The same in cells. */
export function paintedFace(paint: Paint): Coarse {
  const { xs, ys } = columns(mesh);
  return coarseOf(paintedSheet(paint), xs, ys, mesh, new Float32Array(xs.length).fill(1), meanSlot.order);
}

/** Mean of some values over the cells around a place of the mean face. */
export function meanAt({ width }: Coarse, values: ArrayLike<number>, x: number, y: number, count = 1, channel = 0): number {
  const { area } = paintedSheet(() => [0, 0, 0]);
  const u = Math.round((middle + x * scale - area.x) / cell - 0.5);
  const v = Math.round((middle + y * scale - area.y) / cell - 0.5);
  let sum = 0;
  for (let b = -1; b <= 1; b++) for (let a = -1; a <= 1; a++) sum += values[((v + b) * width + u + a) * count + channel] ?? 0;
  return sum / 9;
}

export const skinColour = [205, 155, 125] as const;
export const hairColour = [42, 30, 26] as const;

/** Skin in a light that falls off to the right, with dark eyes, brows and lips. */
export const bareFace: Paint = (x, y) => {
  const light = 1 - 0.18 * x;
  const brow = Math.abs(y + 0.27) < 0.05 && Math.abs(Math.abs(x) - 0.55) < 0.3;
  const eye = Math.hypot((Math.abs(x) - 0.5) / 0.22, y / 0.1) < 1;
  const lips = Math.hypot(x / 0.38, (y - 0.85) / 0.14) < 1;
  if (brow || eye) return [60, 45, 40];
  if (lips) return [170 * light, 90 * light, 90 * light];
  return [skinColour[0] * light, skinColour[1] * light, skinColour[2] * light];
};
