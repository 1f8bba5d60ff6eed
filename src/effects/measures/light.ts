import type { Mask } from '../raster/picture.ts';
import { half } from './contour.ts';
import type { View } from './view.ts';

const { abs, atan2, ceil, hypot, max, PI, sqrt } = Math;

/** Samples a side at most: a plane has three numbers. */
const mostSamples = 48;

/** Rounds of leaving out what lies far from the plane (eyes, lips, brows, a beard's edge) and fitting again. */
const rounds = 3;

/** L* from one side of the face to the other, below which no direction of light is seen. */
const leastFall = 6;

/** How the light falls on a face, result against base. */
export interface Light {
  /** Degrees between the directions from which it comes, 0 to 180. */
  readonly angle: number;
  /** How strongly it falls off, result over base. */
  readonly amplitude: number;
}

/**
 * Compares the planes that fit the lightness over the face best, with and without the effect.
 * @returns undefined where the base is lit from no side, or the mask is empty
 */
export function light(result: View, base: View, mask: Mask): Light | undefined {
  const [now, before] = [slopeOf(result, mask), slopeOf(base, mask)];
  const [strength, strengthBefore] = [hypot(now.x, now.y), hypot(before.x, before.y)];
  const size = sqrt(mask.area.width * mask.area.height);
  if (!(strengthBefore * size >= leastFall)) return undefined;
  const turn = abs(atan2(now.y, now.x) - atan2(before.y, before.x));
  return { angle: (180 / PI) * (turn > PI ? 2 * PI - turn : turn), amplitude: strength / strengthBefore };
}

/** Change of L* a pixel to the right and downwards. */
function slopeOf(view: View, { area, data: shares }: Mask): { x: number; y: number } {
  const step = max(1, ceil(max(area.width, area.height) / mostSamples));
  const samples: number[] = [];
  for (let y = step >> 1; y < area.height; y += step) {
    for (let x = step >> 1; x < area.width; x += step) {
      if ((shares[y * area.width + x] ?? 0) < half) continue;
      samples.push(x, y, view.lightness(area.x + x + 0.5, area.y + y + 0.5));
    }
  }
  let plane = planeThrough(samples, () => true);
  for (let round = 0; round < rounds; round += 1) {
    let squares = 0;
    for (let i = 0; i < samples.length; i += 3) squares += residual(plane, samples, i) ** 2;
    const most = 1.5 * sqrt(squares / (samples.length / 3));
    const kept = plane;
    plane = planeThrough(samples, (i) => abs(residual(kept, samples, i)) <= most);
  }
  return plane;
}

interface Plane {
  readonly x: number;
  readonly y: number;
  readonly level: number;
}

function residual({ x, y, level }: Plane, samples: readonly number[], i: number): number {
  return (samples[i + 2] ?? 0) - level - x * (samples[i] ?? 0) - y * (samples[i + 1] ?? 0);
}

/** Least squares. @param samples x, y and L* after one another */
function planeThrough(samples: readonly number[], counts: (i: number) => boolean): Plane {
  let [n, sx, sy, sl, sxx, sxy, syy, sxl, syl] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < samples.length; i += 3) {
    if (!counts(i)) continue;
    const [x, y, l] = [samples[i] ?? 0, samples[i + 1] ?? 0, samples[i + 2] ?? 0];
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
  const x = (yy * xl - xy * yl) / determinant;
  const y = (xx * yl - xy * xl) / determinant;
  return { x, y, level: ml - x * mx - y * my };
}
