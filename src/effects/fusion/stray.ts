import { smoothstep } from '../raster/picture.ts';
import type { FaceSheet, Skin } from './skin.ts';

/**
 * Finds what comes in from the edge of the face: hair over the forehead, an ear, background beside a cheek. It is whatever is unlike skin and
 * hangs together with the outline without crossing a feature; a mole or a shadow inside the face does not, and stays.
 * @param features 1 on eyes, brows, nostrils and mouth
 * @returns 0 (the face itself) to 1 (to be painted over with skin), soft at its edge
 */
export function findStray({ width, height, edge }: FaceSheet, { likely }: Skin, features: Uint8Array): Float32Array {
  const count = width * height;
  const stray = new Float32Array(count);
  const queue = new Int32Array(count);
  let end = 0;
  const enter = (i: number): void => {
    if (stray[i] !== 0 || features[i] === 1 || !((edge[i] ?? 2) <= 1) || (likely[i] ?? 0) > 0.35) return;
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
  const radius = Math.max(2, Math.round(width / 60));
  const soft = spread(stray, width, height, radius);
  const kept = spread(Float32Array.from(features), width, height, radius);
  for (let i = 0; i < count; i++) {
    const near = smoothstep(0.15, 0.4, edge[i] ?? 2);
    stray[i] = smoothstep(0.05, 0.5, soft[i] ?? 0) * near * (1 - smoothstep(0, 0.7, kept[i] ?? 0));
  }
  return stray;
}

/** Mean over a square, twice: by rows, then by columns. */
export function spread(data: Float32Array, width: number, height: number, radius: number): Float32Array {
  const rows = slide(data, width, height, 1, width, radius);
  return slide(rows, height, width, width, 1, radius);
}

/** Sliding mean along one direction; `step` is the distance of neighbours, `stride` that of lines. */
function slide(data: Float32Array, length: number, lines: number, step: number, stride: number, radius: number): Float32Array {
  const out = new Float32Array(data.length);
  for (let line = 0; line < lines; line++) {
    const start = line * stride;
    let sum = 0;
    for (let i = 0; i < Math.min(radius, length); i++) sum += data[start + i * step] ?? 0;
    for (let i = 0; i < length; i++) {
      if (i + radius < length) sum += data[start + (i + radius) * step] ?? 0;
      if (i - radius > 0) sum -= data[start + (i - radius - 1) * step] ?? 0;
      out[start + i * step] = sum / (Math.min(length - 1, i + radius) - Math.max(0, i - radius) + 1);
    }
  }
  return out;
}
