import type { Pixels } from '../../image/pixels.ts';
import type { Mask } from '../raster/picture.ts';

const { abs, max } = Math;

/** Pixels around a mask that may still differ: a blend ends softly. */
const grown = 4;

/**
 * The largest difference of a channel (0 to 255) between two pictures of one size, farther than four pixels from every mask.
 *
 * Rows and the gaps of masks in them are compared as memory, which costs next to nothing where they are equal; only where they are not is anything
 * looked at.
 */
export function background(result: Pixels, base: Pixels, masks: readonly Mask[]): number {
  if (result.width !== base.width || result.height !== base.height) return 255;
  const { width, height } = result;
  const fromLeft = [...masks].sort((a, b) => a.area.x - b.area.x);
  const same = comparing(result, base);
  const look = (y: number, from: number, to: number) => (same(y, from, to) ? 0 : largest(result, base, masks, y, from, to));
  let most = 0;
  for (let y = 0; y < height; y += 1) {
    let from = 0;
    for (const mask of fromLeft) {
      const { area } = mask;
      if (y < area.y || y >= area.y + area.height) continue;
      most = max(most, look(y, from, area.x));
      from = max(from, area.x);
      forGaps(mask, y, from, (start, end) => {
        most = max(most, look(y, start, end));
      });
      from = max(from, area.x + area.width);
    }
    most = max(most, look(y, from, width));
  }
  return most;
}

/** Parts of a row of a mask's area in which it is 0. */
function forGaps({ area, data }: Mask, y: number, first: number, visit: (start: number, end: number) => void): void {
  const row = (y - area.y) * area.width - area.x;
  const end = area.x + area.width;
  let x = first;
  while (x < end) {
    const start = data.indexOf(0, row + x) - row;
    if (start < x || start >= end) return;
    x = start;
    while (x < end && data[row + x] === 0) x += 1;
    visit(start, x);
  }
}

/** Says whether the pixels of a part of a row are the same. */
function comparing(a: Pixels, b: Pixels): (y: number, from: number, to: number) => boolean {
  const [first, second] = [a, b].map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  if (first === undefined || second === undefined || a.channels !== b.channels) return () => false;
  return (y, from, to) => {
    if (from >= to) return true;
    const start = (y * a.width + from) * a.channels;
    const end = start + (to - from) * a.channels;
    return first.compare(second, start, end, start, end) === 0;
  };
}

/** The largest difference in a part of a row that no mask is near to. */
function largest(a: Pixels, b: Pixels, masks: readonly Mask[], y: number, from: number, to: number): number {
  let most = 0;
  for (let x = from; x < to; x += 1) {
    const i = (y * a.width + x) * a.channels;
    const j = (y * b.width + x) * b.channels;
    const red = abs((a.data[i] ?? 0) - (b.data[j] ?? 0));
    const green = abs((a.data[i + 1] ?? 0) - (b.data[j + 1] ?? 0));
    const blue = abs((a.data[i + 2] ?? 0) - (b.data[j + 2] ?? 0));
    const difference = max(red, green, blue);
    if (difference > most && !masks.some((mask) => isNear(mask, x, y))) most = difference;
  }
  return most;
}

function isNear({ area, data }: Mask, x: number, y: number): boolean {
  const [u, v] = [x - area.x, y - area.y];
  for (let dy = -grown; dy <= grown; dy += 1) {
    if (v + dy < 0 || v + dy >= area.height) continue;
    for (let dx = -grown; dx <= grown; dx += 1) {
      if (dx * dx + dy * dy > grown * grown || u + dx < 0 || u + dx >= area.width) continue;
      if ((data[(v + dy) * area.width + u + dx] ?? 0) > 0) return true;
    }
  }
  return false;
}
