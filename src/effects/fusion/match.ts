import { at, type Coarse, meshed } from './coarse.ts';
import { type Plan, placeIn, plan as places, planned } from './plan.ts';
import type { TemplateFace } from './scene.ts';
import type { Skin } from './skin.ts';

const { abs, max, min, sqrt } = Math;

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

interface Plane {
  readonly x: number;
  readonly y: number;
  readonly level: number;
}

/** Rounds of leaving out what lies far from the plane: eyes, brows, lips. */
const rounds = 3;

/**
 * Lets the light fall on the face as it falls on the template's: the planes that fit the lightness of both best are made one. What is left of the
 * photo's light, and dark brows or a lock on one side, would otherwise turn it.
 */
export function matchFall(plan: Plan, coarse: Coarse, skin: Skin, face: TemplateFace): void {
  const { width, height, data } = plan;
  const own = lightnessOf(plan, coarse);
  const wanted = new Float32Array(own.length);
  const counts = new Uint8Array(own.length);
  for (let i = 0, m = 0; i < own.length; i++, m += meshed) {
    const x = coarse.mesh[m + at.restX] ?? Number.NaN;
    if ((data[i * planned + places.share] ?? 0) < 0.5 || Number.isNaN(x)) continue;
    const place = placeIn(face, x, coarse.mesh[m + at.restY] ?? 0);
    // A beard is dark in any light.
    if ((face.front[place] ?? 0) > 0.5 || (skin.likely[i] ?? 0) < 0.2 || (face.likely[place] ?? 0) < 0.2) continue;
    const from = 3 * place;
    wanted[i] = 0.3 * (face.colours[from] ?? 0) + 0.59 * (face.colours[from + 1] ?? 0) + 0.11 * (face.colours[from + 2] ?? 0);
    counts[i] = 1;
  }
  const [now, then] = [robustPlane(own, counts, width), robustPlane(wanted, counts, width)];
  if (now === undefined || then === undefined) return;
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

function robustPlane(values: Float32Array, counts: Uint8Array, width: number): Plane | undefined {
  let plane = planeThrough(values, counts, width, undefined, 0);
  for (let round = 0; round < rounds && plane !== undefined; round++) {
    let squares = 0;
    let count = 0;
    for (let i = 0; i < values.length; i++) {
      if (counts[i] === 0) continue;
      squares += ((values[i] ?? 0) - plane.level - plane.x * (i % width) - plane.y * ((i / width) | 0)) ** 2;
      count++;
    }
    plane = planeThrough(values, counts, width, plane, 1.5 * sqrt(squares / max(1, count)));
  }
  return plane;
}

/** Least squares over what lies within `most` of the plane before. */
function planeThrough(values: Float32Array, counts: Uint8Array, width: number, before: Plane | undefined, most: number): Plane | undefined {
  let n = 0;
  let sx = 0;
  let sy = 0;
  let sl = 0;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  let sxl = 0;
  let syl = 0;
  for (let i = 0; i < values.length; i++) {
    if (counts[i] === 0) continue;
    const x = i % width;
    const y = (i / width) | 0;
    const l = values[i] ?? 0;
    if (before !== undefined && abs(l - before.level - before.x * x - before.y * y) > most) continue;
    n += 1;
    sx += x;
    sy += y;
    sl += l;
    sxx += x * x;
    sxy += x * y;
    syy += y * y;
    sxl += x * l;
    syl += y * l;
  }
  const [mx, my, ml] = [sx / n, sy / n, sl / n];
  const [xx, xy, yy, xl, yl] = [sxx / n - mx * mx, sxy / n - mx * my, syy / n - my * my, sxl / n - mx * ml, syl / n - my * ml];
  const determinant = xx * yy - xy * xy;
  if (n < 50 || !(determinant > 0)) return undefined;
  const x = (yy * xl - xy * yl) / determinant;
  const y = (xx * yl - xy * xl) / determinant;
  return { x, y, level: ml - x * mx - y * my };
}
