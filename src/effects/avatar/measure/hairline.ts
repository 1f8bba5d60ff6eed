import type { Lab } from '../../raster/colour.ts';
import type { FacePoints } from './points.ts';
import { medianLab, medianOf, pixelAt, pixelsAround, quantile, type Sheet } from './sheet.ts';

const { abs, hypot } = Math;

/** How far apart the places along a ray are, and from where on a change of colour is an edge (L*a*b*). */
const step = 0.045;
const edgeFrom = 13;

/** One line from a brow up to the sky. */
export interface Ray {
  /** Place across the face. */
  readonly x: number;
  /** Height above the eyes where the skin ends; undefined where no edge was found in the picture. */
  readonly height: number | undefined;
  /** The skin ends at the brow already: a fringe. */
  readonly covered: boolean;
  /** What begins there. */
  readonly above: Lab;
}

/** Where the skin of the forehead ends, along nine lines. @param skin as the photo shows it */
export function scanForehead(sheet: Sheet, points: FacePoints, skin: Lab): readonly Ray[] {
  const [middle] = points(9);
  const [browX, browY] = points(105);
  const [otherX, otherY] = points(334);
  const half = (otherX - browX) / 2;
  const start = (browY + otherY) / 2 - 0.14;
  return [-1.15, -0.85, -0.55, -0.25, 0, 0.25, 0.55, 0.85, 1.15].map((share) => {
    const x = (middle + (browX + otherX) / 2) / 2 + share * half;
    return scan(sheet, x, start - 0.05 * abs(share), skin);
  });
}

function scan(sheet: Sheet, x: number, start: number, skin: Lab): Ray {
  const colours: Lab[] = [];
  for (let y = start; y > sheet.top + 0.05 && pixelAt(sheet, x, y) >= 0; y -= step)
    colours.push(medianOf(sheet, pixelsAround(sheet, x, y, step)));
  const first = colours[0] ?? skin;
  const covered = difference(medianLab(colours.slice(0, 3)), skin) > 24 && first[0] < skin[0];
  if (covered) return { x, height: -start, covered, above: medianLab(colours.slice(1, 7)) };
  for (let i = 2; i + 4 < colours.length; i++) {
    const below = medianLab(colours.slice(Math.max(0, i - 4), i));
    const above = medianLab(colours.slice(i + 1, i + 5));
    if (difference(below, above) < edgeFrom) continue;
    // The edge is where the change is largest, a little further on.
    let best = i;
    let most = 0;
    for (let j = i; j < Math.min(i + 5, colours.length - 1); j++) {
      const change = difference(colours[j - 1] ?? skin, colours[j + 1] ?? skin);
      if (change > most) [best, most] = [j, change];
    }
    return { x, height: -(start - best * step), covered: false, above: medianLab(colours.slice(best + 2, best + 8)) };
  }
  return { x, height: undefined, covered: false, above: skin };
}

/** Light and shade change L* on skin too, so it counts for less. */
function difference([l, a, b]: Lab, [m, c, d]: Lab): number {
  return hypot(0.75 * (l - m), a - c, b - d);
}

/** Height above the eyes at which the skin ends in the middle of the forehead. */
export function foreheadHeight(rays: readonly Ray[]): number | undefined {
  const heights = rays.slice(2, 7).flatMap(({ height }) => (height === undefined ? [] : [height]));
  return heights.length < 2 ? undefined : quantile(heights, 0.5);
}
