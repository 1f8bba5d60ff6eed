import { type Rgb, toLab } from '../raster/colour.ts';
import type { Contour } from './contour.ts';
import type { View } from './view.ts';

const { hypot } = Math;

/** How far the base is followed across the contour: as far in as out. Pixels. */
const reach = 20;
const step = 4;

/** Differences in L*a*b* up to which it is the same surface, in other light. */
const same = 12;

/** Fewer than this share of a contour is no edge that anybody would look along. */
const enough = 0.15;

/**
 * The parts of a contour over which the base runs on without an edge of its own: a cheek that goes on into a neck. Only there a seam can show, and only
 * there is a colour that the face could differ from; where the base has a helmet's rim, the result has it too.
 * @returns undefined where there are next to none
 */
export function continuing(contour: Contour, base: View): Contour | undefined {
  const kept = Array.from({ length: contour.count }, (_, i) => i).filter((i) => runsOn(contour, base, i));
  if (kept.length === 0 || kept.length < enough * contour.count) return undefined;
  const take = (values: Float32Array) => Float32Array.from(kept, (i) => values[i] ?? 0);
  return { count: kept.length, xs: take(contour.xs), ys: take(contour.ys), outX: take(contour.outX), outY: take(contour.outY) };
}

function runsOn({ xs, ys, outX, outY }: Contour, base: View, i: number): boolean {
  const at = (distance: number): Rgb => base.colour((xs[i] ?? 0) + distance * (outX[i] ?? 0), (ys[i] ?? 0) + distance * (outY[i] ?? 0));
  const [x, y] = [(xs[i] ?? 0) + reach * (outX[i] ?? 0), (ys[i] ?? 0) + reach * (outY[i] ?? 0)];
  if (x < 0 || y < 0 || x >= base.width || y >= base.height) return false;
  const first = toLab(at(-reach / 2));
  for (let distance = -reach / 2 + step; distance <= reach; distance += step) {
    const here = toLab(at(distance));
    if (hypot(here[0] - first[0], here[1] - first[1], here[2] - first[2]) > same) return false;
  }
  return true;
}
