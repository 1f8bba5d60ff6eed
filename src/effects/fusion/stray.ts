import { smoothstep } from '../raster/picture.ts';
import { spread } from '../raster/spread.ts';
import type { FaceSheet, Skin } from './skin.ts';

const { max, round } = Math;

/**
 * Finds what comes in from the edge of the face: hair over the forehead, an ear, background beside a cheek. It is whatever is unlike skin and
 * hangs together with the outline without crossing a feature; a mole or a shadow inside the face does not, and stays.
 * @param features as `featureMask` gives them
 * @returns 0 (the face itself) to 1 (to be painted over with skin), soft at its edge
 */
export function findStray({ width, height, edge }: FaceSheet, { likely }: Skin, features: Uint8Array): Float32Array {
  const count = width * height;
  const stray = new Float32Array(count);
  const queue = new Int32Array(count);
  let end = 0;
  const enter = (i: number): void => {
    if (stray[i] !== 0 || holds(features[i] ?? 0) === 1 || !((edge[i] ?? 2) <= 1) || (likely[i] ?? 0) > 0.35) return;
    stray[i] = 1;
    queue[end++] = i;
  };
  for (let i = 0; i < count; i++) if ((edge[i] ?? 2) > 0.9) enter(i);
  for (let start = 0; start < end; start++) {
    const i = queue[start] ?? 0;
    const x = i % width;
    if (x > 0) enter(i - 1);
    if (x < width - 1) enter(i + 1);
    if (i >= width) enter(i - width);
    if (i < count - width) enter(i + width);
  }
  const radius = max(2, round(width / 60));
  const soft = spread(stray, width, height, radius);
  const held = new Float32Array(count);
  for (let i = 0; i < count; i++) held[i] = holds(features[i] ?? 0);
  const kept = spread(held, width, height, radius);
  for (let i = 0; i < count; i++) {
    if (soft[i] === 0) {
      stray[i] = 0;
      continue;
    }
    const near = smoothstep(0.15, 0.4, edge[i] ?? 2);
    stray[i] = smoothstep(0.05, 0.5, soft[i] ?? 0) * near * (1 - smoothstep(0, 0.7, kept[i] ?? 0));
  }
  return stray;
}

/** 1 on features that are never stray. */
function holds(mark: number): number {
  return mark === 1 || mark === 2 ? 1 : 0;
}
