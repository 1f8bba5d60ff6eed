import { smoothstep } from '../raster/picture.ts';
import { spread } from '../raster/spread.ts';
import type { Coarse } from './coarse.ts';
import type { Skin } from './skin.ts';

const { max, round } = Math;

/** Below this a cell shows something else than skin. */
const unlikely = 0.35;

/**
 * Finds what comes in from the edge of the face and hides it: hair over the forehead, an ear, a hand, background beside a cheek. It is whatever is
 * unlike skin and hangs together with the outline, as far in as such things come; a mole or a shadow inside the face does not, and stays.
 * @returns a number for each cell, 0 (the face itself) to 1 (something else), soft at its edge
 */
export function findStray({ width, height, edge, feature, hidden, cover }: Coarse, { likely }: Skin): Float32Array {
  const count = width * height;
  const stray = new Float32Array(count);
  const queue = new Int32Array(count);
  let end = 0;
  const enter = (i: number): void => {
    if (stray[i] !== 0 || (cover[i] ?? 0) === 0 || (likely[i] ?? 0) > unlikely) return;
    if ((hidden[i] ?? 0) < 0.5 || (feature[i] ?? 0) > (hidden[i] ?? 0)) return;
    stray[i] = 1;
    queue[end++] = i;
  };
  for (let i = 0; i < count; i++) if ((edge[i] ?? 1) > 0.8) enter(i);
  for (let start = 0; start < end; start++) {
    const i = queue[start] ?? 0;
    const x = i % width;
    if (x > 0) enter(i - 1);
    if (x < width - 1) enter(i + 1);
    if (i >= width) enter(i - width);
    if (i < count - width) enter(i + width);
  }
  if (end === 0) return stray;
  const soft = spread(stray, width, height, max(1, round(width / 60)));
  for (let i = 0; i < count; i++) stray[i] = smoothstep(0.05, 0.6, soft[i] ?? 0);
  return stray;
}
