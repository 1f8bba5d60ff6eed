import type { Rgb } from '../raster/colour.ts';
import { lowpass } from '../raster/lowpass.ts';
import { solvePoisson } from '../raster/poisson.ts';
import type { Coarse } from './coarse.ts';
import { addAt, evenAt, gainAt, type Plan, placeIn, planned, shareAt, wantedAt } from './plan.ts';
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
      if ((plan.data[i * planned + shareAt] ?? 0) >= laid) mask[(y + 1) * width + x + 1] = 1;
    }
  }
  // What is known is known along the inner side of the edge: there the face is still a face.
  const rim: number[] = [];
  const values = new Float32Array(width * height * 3);
  const trust = new Float32Array(width * height);
  let total = 0;
  for (let y = 0, i = 0; y < plan.height; y++) {
    for (let x = 0; x < plan.width; x++, i++) {
      const at = (y + 1) * width + x + 1;
      if (mask[at] === 0 || (mask[at - 1] === 1 && mask[at + 1] === 1 && mask[at - width] === 1 && mask[at + width] === 1)) continue;
      rim.push(at);
      const weight = differenceAt(i, at, values, plan, coarse, skin, face, tint);
      trust[at] = weight;
      total += weight;
    }
  }
  for (const at of rim) mask[at] = 0;
  if (total < 1) return;
  const around = lowpass(values, trust, width, height, 1);
  solvePoisson(mask, around, width, height);
  for (let y = 0, i = 0; y < plan.height; y++) {
    for (let x = 0; x < plan.width; x++, i++) {
      const from = 3 * ((y + 1) * width + x + 1);
      for (let k = 0; k < 3; k++) plan.data[i * planned + addAt + k] = around[from + k] ?? 0;
    }
  }
}

/** Writes scene less face. @returns how much it is to be believed, 0 to 1 */
function differenceAt(
  i: number,
  to: number,
  values: Float32Array,
  plan: Plan,
  coarse: Coarse,
  skin: Skin,
  face: TemplateFace,
  tint: Rgb,
): number {
  const x = coarse.restX[i] ?? Number.NaN;
  if (Number.isNaN(x) || (coarse.cover[i] ?? 0) < 0.5) return 0;
  const from = placeIn(face, x, coarse.restY[i] ?? 0);
  const cellAt = i * planned;
  const even = plan.data[cellAt + evenAt] ?? 0;
  let lit = 0;
  let evenly = 1;
  for (let k = 0; k < 3; k++) {
    lit += (coarse.colours[3 * i + k] ?? 0) * (plan.data[cellAt + gainAt + k] ?? 0);
    evenly += plan.data[cellAt + wantedAt + k] ?? 0;
  }
  let most = 0;
  for (let k = 0; k < 3; k++) {
    const plain = (coarse.colours[3 * i + k] ?? 0) * (plan.data[cellAt + gainAt + k] ?? 0);
    const own = plain + even * (((plan.data[cellAt + wantedAt + k] ?? 0) * lit) / evenly - plain);
    const difference = (face.colours[3 * from + k] ?? 0) * (tint[k] ?? 1) - own;
    values[3 * to + k] = min(max(difference, -largest), largest);
    most = max(most, abs(difference));
  }
  return (face.bare[from] ?? 0) * (skin.likely[i] ?? 0) * (1 - (coarse.feature[i] ?? 0)) * max(0, 1 - most / (1.5 * largest));
}
