import type { Pixels } from '../../image/pixels.ts';
import type { Mask } from '../raster/picture.ts';

const { abs, max } = Math;

/** Pixels around a mask that may still differ: a blend ends softly. */
const grown = 4;

/**
 * The largest difference of a channel (0 to 255) between two pictures of one size, farther than four pixels from every mask.
 *
 * Beside the masks rows are compared as memory, which costs next to nothing where they are equal; only where they are not is anything looked at.
 */
export function background(result: Pixels, base: Pixels, masks: readonly Mask[]): number {
  if (result.width !== base.width || result.height !== base.height) return 255;
  const { width, height } = result;
  const fromLeft = [...masks].sort((a, b) => a.area.x - b.area.x);
  const same = comparing(result, base);
  let most = 0;
  for (let y = 0; y < height; y += 1) {
    let from = 0;
    for (const mask of fromLeft) {
      const { area } = mask;
      if (y < area.y || y >= area.y + area.height) continue;
      if (!same(y, from, area.x)) most = max(most, largest(result, base, masks, y, from, area.x));
      from = max(from, area.x);
      most = max(most, largest(result, base, masks, y, from, area.x + area.width, mask));
      from = max(from, area.x + area.width);
    }
    if (!same(y, from, width)) most = max(most, largest(result, base, masks, y, from, width));
  }
  return most;
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

/** The largest difference in a part of a row that no mask is near to. @param here the mask whose area this is, if any: most pixels lie in it */
function largest(a: Pixels, b: Pixels, masks: readonly Mask[], y: number, from: number, to: number, here?: Mask): number {
  const { data: before, channels: stride } = a;
  const { data: now, channels: otherStride } = b;
  const start = here === undefined ? 0 : (y - here.area.y) * here.area.width - here.area.x;
  let most = 0;
  for (let x = from; x < to; x += 1) {
    if (here !== undefined && here.data[start + x] !== 0) {
      // Over what lies in the mask at a native loop's speed.
      const next = here.data.indexOf(0, start + x);
      if (next < 0 || next - start >= to) break;
      x = next - start;
    }
    const i = (y * a.width + x) * stride;
    const j = (y * b.width + x) * otherStride;
    const red = abs((before[i] ?? 0) - (now[j] ?? 0));
    const green = abs((before[i + 1] ?? 0) - (now[j + 1] ?? 0));
    const blue = abs((before[i + 2] ?? 0) - (now[j + 2] ?? 0));
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
