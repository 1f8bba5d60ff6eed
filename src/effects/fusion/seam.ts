import type { Rgb } from '../raster/colour.ts';
import { lowpass } from '../raster/lowpass.ts';
import { solvePoisson } from '../raster/poisson.ts';
import { at, type Coarse, meshed } from './coarse.ts';
import { type Plan, placeIn, plan as places, planned } from './plan.ts';
import type { TemplateFace } from './scene.ts';
import type { Skin } from './skin.ts';

const { abs, max, min } = Math;

/** Share from which a cell belongs to the user's face. */
const laid = 0.5;
/** Largest step, levels of 255, that is taken for a seam: a larger one is hair, a beard or a collar. */
const largest = 60;

/**
 * Closes the seam in the gradient domain: along the edge of what is laid, the difference between the scene and the face is known; a membrane spanned
 * over the face between those differences is what has to be added. Only skin beside skin counts: where either is hair or hidden, what is known
 * beside it goes on, so no hair bleeds into the face.
 * @param tint factors on the template's skin
 */
export function closeSeam(plan: Plan, coarse: Coarse, skin: Skin, face: TemplateFace, tint: Rgb): void {
  // A border of cells that are known, as the solver wants it.
  const width = plan.width + 2;
  const height = plan.height + 2;
  const mask = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < plan.height; y++) {
    for (let x = 0; x < plan.width; x++, i++) {
      if ((plan.data[i * planned + places.share] ?? 0) >= laid) mask[(y + 1) * width + x + 1] = 1;
    }
  }
  // What is known is known along the inner side of the edge: there the face is still a face.
  const rim: number[] = [];
  const values = new Float32Array(width * height * 3);
  const trust = new Float32Array(width * height);
  let total = 0;
  for (let y = 0, i = 0; y < plan.height; y++) {
    for (let x = 0; x < plan.width; x++, i++) {
      const to = (y + 1) * width + x + 1;
      if (mask[to] === 0 || (mask[to - 1] === 1 && mask[to + 1] === 1 && mask[to - width] === 1 && mask[to + width] === 1)) continue;
      rim.push(to);
      const weight = differenceAt(i, 3 * to, values, plan, coarse, skin, face, tint);
      trust[to] = weight;
      total += weight;
    }
  }
  if (total < 1) return;
  for (const to of rim) mask[to] = 0;
  const around = lowpass(values, trust, width, height, 1);
  solvePoisson(mask, around, width, height);
  for (let y = 0, n = places.add; y < plan.height; y++) {
    for (let x = 0, from = 3 * ((y + 1) * width + 1); x < plan.width; x++, n += planned, from += 3) {
      for (let k = 0; k < 3; k++) plan.data[n + k] = (plan.data[n + k] ?? 0) + (around[from + k] ?? 0);
    }
  }
}

/** Writes scene less face. @returns how much it is to be believed, 0 to 1 */
function differenceAt(
  i: number,
  to: number,
  values: Float32Array,
  { data, drawn }: Plan,
  { mesh, cover, colours }: Coarse,
  skin: Skin,
  face: TemplateFace,
  tint: Rgb,
): number {
  const m = i * meshed;
  const x = mesh[m + at.restX] ?? Number.NaN;
  if (Number.isNaN(x) || (cover[i] ?? 0) < 0.5) return 0;
  const from = placeIn(face, x, mesh[m + at.restY] ?? 0);
  const n = i * planned;
  const lightness = 0.3 * (colours[3 * i] ?? 0) + 0.59 * (colours[3 * i + 1] ?? 0) + 0.11 * (colours[3 * i + 2] ?? 0);
  const lit = lightness * (data[n + places.lit] ?? 0);
  let most = 0;
  for (let k = 0; k < 3; k++) {
    const own = (data[n + places.own + k] ?? 0) * (drawn ? lightness : (colours[3 * i + k] ?? 0));
    const laidOn = own + (data[n + places.even + k] ?? 0) * lit + (data[n + places.add + k] ?? 0);
    const difference = (face.colours[3 * from + k] ?? 0) * (tint[k] ?? 1) - laidOn;
    values[to + k] = min(max(difference, -largest), largest);
    most = max(most, abs(difference));
  }
  return (
    (face.likely[from] ?? 0) *
    (1 - (face.front[from] ?? 0)) *
    (skin.likely[i] ?? 0) *
    (1 - (mesh[m + at.feature] ?? 0)) *
    max(0, 1 - most / (1.5 * largest))
  );
}
