import { robustPlanes } from '../raster/plane.ts';
import { floats } from '../raster/scratch.ts';
import { at, type Coarse, meshed } from './coarse.ts';
import { type Plan, placeIn, plan as places, planned } from './plan.ts';
import type { TemplateFace } from './scene.ts';
import type { Skin } from './skin.ts';

const { max, min } = Math;

/** How light each cell of a planned face will be, 0 to 255. */
export function lightnessOf({ data, drawn }: Plan, { colours }: Coarse): Float32Array {
  const out = new Float32Array(colours.length / 3);
  for (let i = 0, n = 0, k = 0; i < out.length; i++, n += planned, k += 3) {
    const r = colours[k] ?? 0;
    const g = colours[k + 1] ?? 0;
    const b = colours[k + 2] ?? 0;
    const light = 0.3 * r + 0.59 * g + 0.11 * b;
    const lit = light * (data[n + places.lit] ?? 0);
    out[i] =
      0.3 * ((data[n] ?? 0) * (drawn ? light : r) + (data[n + 3] ?? 0) * lit + (data[n + 6] ?? 0)) +
      0.59 * ((data[n + 1] ?? 0) * (drawn ? light : g) + (data[n + 4] ?? 0) * lit + (data[n + 7] ?? 0)) +
      0.11 * ((data[n + 2] ?? 0) * (drawn ? light : b) + (data[n + 5] ?? 0) * lit + (data[n + 8] ?? 0));
  }
  return out;
}

/** Cells of skin below which no direction of light is seen. */
const leastCells = 50;

/**
 * Lets the light fall on the face as it falls on the template's: the planes that fit the lightness of both best are made one. What is left of the
 * photo's light, and dark brows or a lock on one side, would otherwise turn it.
 */
export function matchFall(plan: Plan, coarse: Coarse, skin: Skin, face: TemplateFace): void {
  const { width, height, data } = plan;
  const own = lightnessOf(plan, coarse);
  const spots = floats('fall places', 2 * own.length);
  const has = floats('fall has', own.length);
  const wanted = floats('fall wanted', own.length);
  let count = 0;
  for (let i = 0, m = 0; i < own.length; i++, m += meshed) {
    const x = coarse.mesh[m + at.restX] ?? Number.NaN;
    if ((data[i * planned + places.share] ?? 0) < 0.5 || Number.isNaN(x)) continue;
    const place = placeIn(face, x, coarse.mesh[m + at.restY] ?? 0);
    // A beard is dark in any light.
    if ((face.front[place] ?? 0) > 0.5 || (skin.likely[i] ?? 0) < 0.2 || (face.likely[place] ?? 0) < 0.2) continue;
    const from = 3 * place;
    spots[2 * count] = i % width;
    spots[2 * count + 1] = (i / width) | 0;
    has[count] = own[i] ?? 0;
    wanted[count] = 0.3 * (face.colours[from] ?? 0) + 0.59 * (face.colours[from + 1] ?? 0) + 0.11 * (face.colours[from + 2] ?? 0);
    count++;
  }
  if (count < leastCells) return;
  const seen = spots.subarray(0, 2 * count);
  const [[now], [then]] = [robustPlanes(seen, has.subarray(0, count)), robustPlanes(seen, wanted.subarray(0, count))];
  if (!Number.isFinite(now.level) || !Number.isFinite(then.level)) return;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const is = now.level + now.x * x + now.y * y;
      // The level stays the face's own; only the fall is the template's.
      const shall = now.level + then.x * x + then.y * y + (now.x - then.x) * middle(width) + (now.y - then.y) * middle(height);
      const factor = min(max(shall / max(8, is), 0.6), 1.6);
      for (let n = i * planned; n < i * planned + 6; n++) data[n] = (data[n] ?? 0) * factor;
    }
  }
}

function middle(count: number): number {
  return (count - 1) / 2;
}
