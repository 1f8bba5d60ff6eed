import { type Area, smoothstep } from '../raster/picture.ts';
import { type Backdrop, backdropOf } from './backdrop.ts';
import type { Coarse } from './coarse.ts';
import { addDetail, type Detail, detailOf, meanAt, takenAt } from './detail.ts';
import { drawLines } from './ink.ts';
import type { Plan } from './plan.ts';
import type { Scene } from './scene.ts';

const { max, min, round, sqrt } = Math;

/** Distance of the eyes in pixels at which sharpness is compared, as the measure does (measures/sharpness.ts). */
const scale = 48;

/** Variance of the Laplacian, result over template, between which nothing is done; from outside it is brought to the nearer end. */
const alike = [1, 1.2] as const;

/** Levels squared that no eye tells from flat; keeps the ratio finite. */
const unseen = 6;

/** Most and least detail that is added: what the camera did not see is not to be had, and none at all would be a smear. */
const limits = [-0.8, 4] as const;

/** Below these ratios lines are drawn into a drawn face, and as dark as they get. */
const inked = [0.2, 0.7] as const;
const mostInk = 0.85;

/**
 * Makes a rendered face as sharp as the template's own, as it will be seen: laid at its strength, below what covers it. A small or soft photo is
 * brought out, in a drawn scene with lines first, a hard one softened. Sharpness is the variance of the Laplacian (Pech-Pacheco et al. 2000, doi:10.1109/ICPR.2000.903548) with the
 * eyes 48 pixels apart; it is a square function of how much detail is added, so that is solved for and not searched.
 * @param data packed pixels of the face over `area`, see `renderFace`; changed
 * @param mesh where its points lie, pixels of the scene
 * @param eyes their distance in the scene, pixels
 * @param strength 0 to 1
 */
export function makeKeen(
  data: Int32Array,
  area: Area,
  plan: Plan,
  coarse: Coarse,
  scene: Scene,
  mesh: Float32Array,
  eyes: number,
  strength: number,
): void {
  if (strength === 0) return;
  const backdrop = backdropOf(area, plan, coarse, scene, max(1, round(eyes / scale)));
  let detail = detailOf(data, area, plan, coarse);
  let found = compare(gridOf(data, area, backdrop, detail, strength));
  const lines = plan.drawn ? mostInk * (1 - smoothstep(inked[0], inked[1], found.ratio)) : 0;
  if (lines > 0) {
    drawLines(data, area, mesh, eyes, lines);
    detail = detailOf(data, area, plan, coarse);
    found = compare(gridOf(data, area, backdrop, detail, strength));
  }
  if (found.amount !== 0) addDetail(data, area, detail, found.amount);
}

function gridOf(data: Int32Array, area: Area, backdrop: Backdrop, detail: Detail, strength: number): Grid {
  const { width, height, step, share, light, cover, open } = backdrop;
  const floats = (): Float32Array => new Float32Array(width * height);
  const grid = { width, counts: new Uint8Array(width * height), before: light, after: floats(), added: floats() };
  for (let v = 0, i = 0; v < height; v++) {
    for (let u = 0; u < width; u++, i++) {
      const laid = (share[i] ?? 0) * strength;
      if (laid === 0) continue;
      const before = light[i] ?? 0;
      const seen = open[i] ?? 0;
      const own = meanAt(data, area, u * step, v * step, step);
      grid.after[i] = before + laid * (seen * own + (cover[i] ?? 0) - before);
      grid.added[i] = laid * seen * takenAt(detail, own, (u + 0.5) * step, (v + 0.5) * step);
      grid.counts[i] = (share[i] ?? 0) * seen >= 0.5 ? 1 : 0;
    }
  }
  return grid;
}

/** A face at the size at which it is compared, levels of lightness. */
interface Grid {
  readonly width: number;
  /** Not 0 where the face is to be seen. */
  readonly counts: Uint8Array;
  /** The template alone, the result, and what one unit of detail adds to it. */
  readonly before: Float32Array;
  readonly after: Float32Array;
  readonly added: Float32Array;
}

/** @returns how sharp the result is over the template, and how much detail it lacks */
function compare({ width, counts, before, after, added }: Grid): { readonly ratio: number; readonly amount: number } {
  let n = 0;
  let b = 0;
  let bb = 0;
  let a = 0;
  let aa = 0;
  let d = 0;
  let dd = 0;
  let ad = 0;
  const rim = 2 * width;
  for (let i = rim; i < counts.length - rim; i++) {
    // Away from its edge, which is the seam's matter.
    if (counts[i] === 0 || counts[i - 2] === 0 || counts[i + 2] === 0 || counts[i - rim] === 0 || counts[i + rim] === 0) continue;
    const was = laplacian(before, i, width);
    const is = laplacian(after, i, width);
    const more = laplacian(added, i, width);
    n++;
    b += was;
    bb += was * was;
    a += is;
    aa += is * is;
    d += more;
    dd += more * more;
    ad += is * more;
  }
  if (n === 0) return { ratio: 1, amount: 0 };
  const wanted = bb / n - (b / n) ** 2 + unseen;
  const now = aa / n - (a / n) ** 2 + unseen;
  const lack = min(max(now, alike[0] * wanted), alike[1] * wanted) - now;
  const square = dd / n - (d / n) ** 2;
  if (lack === 0 || square < 1e-6) return { ratio: now / wanted, amount: 0 };
  // square × amount² + 2 × slope × amount = lack; where no amount is little enough, the one that leaves least.
  const slope = ad / n - (a / n) * (d / n);
  const amount = (sqrt(max(0, slope * slope + square * lack)) - slope) / square;
  return { ratio: now / wanted, amount: min(max(amount, limits[0]), limits[1]) };
}

function laplacian(data: Float32Array, i: number, width: number): number {
  return (data[i - 1] ?? 0) + (data[i + 1] ?? 0) + (data[i - width] ?? 0) + (data[i + width] ?? 0) - 4 * (data[i] ?? 0);
}
