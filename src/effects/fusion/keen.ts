import type { Pixels } from '../../image/pixels.ts';
import { over } from '../raster/packed.ts';
import { type Area, smoothstep } from '../raster/picture.ts';
import { at, type Coarse, cell, meshed } from './coarse.ts';
import { addDetail, type Detail, detailOf, lightnessOf, meanAt, takenAt } from './detail.ts';
import { drawLines } from './ink.ts';
import { type Plan, plan as places, planned } from './plan.ts';
import type { Layer, Scene } from './scene.ts';

const { floor, max, min, round, sqrt } = Math;

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
  let detail = detailOf(data, area, plan, coarse);
  let found = compare(gridOf(data, area, plan, coarse, scene, detail, eyes, strength));
  const lines = plan.drawn ? mostInk * (1 - smoothstep(inked[0], inked[1], found.ratio)) : 0;
  if (lines > 0) {
    drawLines(data, area, mesh, eyes, lines);
    detail = detailOf(data, area, plan, coarse);
    found = compare(gridOf(data, area, plan, coarse, scene, detail, eyes, strength));
  }
  if (found.amount !== 0) addDetail(data, area, detail, found.amount);
}

function gridOf(
  data: Int32Array,
  area: Area,
  plan: Plan,
  coarse: Coarse,
  scene: Scene,
  detail: Detail,
  eyes: number,
  strength: number,
): Grid {
  const step = max(1, round(eyes / scale));
  const width = floor(area.width / step);
  const height = floor(area.height / step);
  const lightOn = (): Float32Array => new Float32Array(width * height);
  const grid = { width, counts: new Uint8Array(width * height), before: lightOn(), after: lightOn(), added: lightOn() };
  for (let v = 0, i = 0; v < height; v++) {
    for (let u = 0; u < width; u++, i++) {
      const x = (u + 0.5) * step;
      const y = (v + 0.5) * step;
      const column = min(plan.width - 1, (x / cell) | 0);
      const row = min(plan.height - 1, (y / cell) | 0);
      const of = row * plan.width + column;
      const share = plan.data[of * planned + places.share] ?? 0;
      const restX = (coarse.mesh[of * meshed + at.restX] ?? Number.NaN) + x - (column + 0.5) * cell;
      if (share <= 0 || Number.isNaN(restX)) continue;
      const restY = (coarse.mesh[of * meshed + at.restY] ?? 0) + y - (row + 0.5) * cell;
      const here = sceneAt(scene, restX, restY, step / 4);
      const own = meanAt(data, area, u * step, v * step, step);
      const laid = share * strength;
      grid.before[i] = here.light;
      grid.after[i] = here.light + laid * (here.open * own + here.cover - here.light);
      grid.added[i] = laid * here.open * takenAt(detail, own, x, y);
      grid.counts[i] = share * here.open >= 0.5 ? 1 : 0;
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
  let [n, b, bb, a, aa, d, dd, ad] = [0, 0, 0, 0, 0, 0, 0, 0];
  const rim = 2 * width;
  for (let i = rim; i < counts.length - rim; i++) {
    // Away from its edge, which is the seam's matter.
    if (counts[i] === 0 || counts[i - 2] === 0 || counts[i + 2] === 0 || counts[i - rim] === 0 || counts[i + rim] === 0) continue;
    const [was, is, more] = [laplacian(before, i, width), laplacian(after, i, width), laplacian(added, i, width)];
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

/** What a scene shows at a place, by four pixels. */
interface Seen {
  readonly light: number;
  /** How much of that its front layers add, and how much of what is behind them they let be seen, 0 to 1. */
  readonly cover: number;
  readonly open: number;
}

function sceneAt({ whole, movingFront, stillFront }: Scene, x: number, y: number, distance: number): Seen {
  let [light, cover, hidden] = [0, 0, 0];
  for (let k = 0; k < 4; k++) {
    const u = (x + (k & 1 ? distance : -distance)) | 0;
    const v = (y + (k & 2 ? distance : -distance)) | 0;
    light += lightIn(whole, u, v);
    const front = over(pixelIn(stillFront, u, v), pixelIn(movingFront, u, v));
    if (front === 0) continue;
    hidden += front >>> 24;
    cover += lightnessOf(front);
  }
  return { light: light / 4, cover: cover / 4, open: 1 - hidden / 1020 };
}

function lightIn({ width, height, data }: Pixels, x: number, y: number): number {
  const k = 3 * (min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1));
  return 0.3 * (data[k] ?? 0) + 0.59 * (data[k + 1] ?? 0) + 0.11 * (data[k + 2] ?? 0);
}

function pixelIn({ area, data }: Layer, x: number, y: number): number {
  const u = x - area.x;
  const v = y - area.y;
  return u < 0 || v < 0 || u >= area.width || v >= area.height ? 0 : (data[v * area.width + u] ?? 0);
}
