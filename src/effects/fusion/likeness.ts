import { at, type Coarse, meshed } from './coarse.ts';
import type { Skin } from './skin.ts';

const { abs, log, max, min, sqrt } = Math;

/** How a photo's face has to be changed to be drawn as hard and as sharp as the template's. */
export interface Likeness {
  /** Power of what makes the form of the face: below 1 softer, above 1 harder than in the photo. */
  readonly form: number;
}

/** A face that is shaded flat is not carved anew, and one in hard light is not made flat. */
const limits = [0.65, 1.15] as const;

/** @param wanted @param own see `formOf` */
export function likenessOf(wanted: number, own: number): Likeness {
  return { form: own < 1e-3 ? 1 : min(max(wanted / own, limits[0]), limits[1]) };
}

/** How hard a face is modelled: mean difference of the logarithm of its lightness from that of the light on it, on bare skin. */
export function formOf({ mesh, colours, cover }: Coarse, { light }: Skin): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0, m = 0, k = 0; i < cover.length; i++, m += meshed, k += 3) {
    if ((cover[i] ?? 0) < 0.9 || (mesh[m + at.edge] ?? 1) > 0.7 || (mesh[m + at.hidden] ?? 0) > 0.5) continue;
    const share = 1 - (mesh[m + at.feature] ?? 0);
    const is = 0.3 * (colours[k] ?? 0) + 0.59 * (colours[k + 1] ?? 0) + 0.11 * (colours[k + 2] ?? 0);
    const around = 0.3 * (light[k] ?? 0) + 0.59 * (light[k + 1] ?? 0) + 0.11 * (light[k + 2] ?? 0);
    sum += share * min(abs(log((is + 1) / (around + 1))), 0.5);
    weight += share;
  }
  return sum / max(1, weight);
}

/**
 * How sharp a face is at the size of a cell: variance of the Laplacian of lightness (Pech-Pacheco et al. 2000, doi:10.1109/ICPR.2000.903548).
 * @param counts not 0 on the face
 */
export function sharpnessOf(lightness: Float32Array, counts: Uint8Array, width: number): number {
  let [n, sum, squares] = [0, 0, 0];
  for (let i = 2 * width; i < lightness.length - 2 * width; i++) {
    // Away from its edge, which is the seam's matter.
    if (counts[i] === 0 || counts[i - 2] === 0 || counts[i + 2] === 0 || counts[i - 2 * width] === 0 || counts[i + 2 * width] === 0)
      continue;
    const around = (lightness[i - 1] ?? 0) + (lightness[i + 1] ?? 0) + (lightness[i - width] ?? 0) + (lightness[i + width] ?? 0);
    const laplacian = around - 4 * (lightness[i] ?? 0);
    n++;
    sum += laplacian;
    squares += laplacian * laplacian;
  }
  return n === 0 ? 0 : squares / n - (sum / n) ** 2;
}

/** Between these ratios of sharpness nobody looks twice. */
const alike = [0.85, 1.2] as const;

/**
 * How far contrast between neighbouring cells is to be raised, or the face to be softened, to come near to the template's sharpness.
 * @returns above 0 the power that is added to fine contrast, at most 1, in a photo 0.7, or it looks like wax; below 0 the share of blur
 */
export function sharpening(wanted: number, own: number, drawn: boolean): number {
  const ratio = (own + 4) / (wanted + 4);
  if (ratio < alike[0]) return min(sqrt(alike[0] / ratio) - 1, drawn ? 1 : 0.7);
  if (ratio > alike[1]) return max(sqrt(alike[1] / ratio) - 1, -0.8);
  return 0;
}
