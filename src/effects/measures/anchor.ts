import type { Point } from '../../faces/face.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Mask } from '../raster/picture.ts';

const { abs, atan2, hypot, max, PI, sqrt } = Math;

/** Where something lies that was drawn into a picture. */
export interface Place {
  /** Its middle. */
  readonly centre: Point;
  /** Degrees of its longer axis, -90 to 90, > 0 clockwise. */
  readonly roll: number;
  /** The longer axis over the shorter: near 1 it has no direction. */
  readonly stretch: number;
}

/** A difference that counts as drawn. */
const least = 2;

/**
 * Finds what was drawn into a picture, by first and second moments of what changed (Hu 1962, doi:10.1109/TIT.1962.1057692). It knows nothing of how the
 * effect places things, so it can tell when it places them wrongly.
 * @returns undefined where nothing changed
 */
export function placeOf(result: Pixels, base: Pixels, { area, data }: Mask): Place | undefined {
  let n = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (let y = 0; y < area.height; y += 1) {
    for (let x = 0; x < area.width; x += 1) {
      if ((data[y * area.width + x] ?? 0) === 0) continue;
      const i = ((area.y + y) * result.width + area.x + x) * result.channels;
      const j = ((area.y + y) * base.width + area.x + x) * base.channels;
      let change = 0;
      for (let k = 0; k < 3; k += 1) change = max(change, abs((result.data[i + k] ?? 0) - (base.data[j + k] ?? 0)));
      if (change < least) continue;
      n += 1;
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
      syy += y * y;
    }
  }
  if (n === 0) return undefined;
  const [mx, my] = [sx / n, sy / n];
  const [xx, xy, yy] = [sxx / n - mx * mx, sxy / n - mx * my, syy / n - my * my];
  const spread = hypot((xx - yy) / 2, xy);
  const [long, short] = [(xx + yy) / 2 + spread, max(1e-9, (xx + yy) / 2 - spread)];
  return {
    centre: [area.x + mx + 0.5, area.y + my + 0.5],
    roll: (atan2(2 * xy, xx - yy) / 2) * (180 / PI),
    stretch: sqrt(long / short),
  };
}

/** How far two things are apart: of their middles in the unit given, of their axes in degrees. */
export function apart(a: Place, b: Place, unit: number): { readonly anchor: number; readonly roll: number } {
  const turn = abs(a.roll - b.roll) % 180;
  return { anchor: hypot(a.centre[0] - b.centre[0], a.centre[1] - b.centre[1]) / unit, roll: turn > 90 ? 180 - turn : turn };
}
