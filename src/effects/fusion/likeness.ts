import { at, type Coarse, meshed } from './coarse.ts';
import type { Skin } from './skin.ts';

const { abs, log, max, min } = Math;

/** How a photo's face has to be changed to be drawn as hard as the template's. */
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
