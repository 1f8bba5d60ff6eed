import type { Point } from '../../faces/face.ts';
import { interocular } from '../../faces/landmarks.ts';
import type { Mask } from '../raster/picture.ts';
import { half } from './contour.ts';
import type { View } from './view.ts';

const { abs, atan2, ceil, hypot, max, PI, sqrt } = Math;

/** Samples a side at most: a plane has three numbers. */
const mostSamples = 64;

/** How far around brows (17 to 26), eyes and mouth (36 to 67) there is no bare skin, in distances of the eyes. */
const featureReach = 0.13;

/** Rounds of leaving out what lies far from either plane (a lock of hair, a shadow's edge, painted cheeks) and fitting again. */
const rounds = 3;

/** L* over the distance of the eyes, below which no direction of light is seen. */
const leastFall = 3;

/** How the light falls on a face, result against base. */
export interface Light {
  /** Degrees between the directions from which it comes, 0 to 180; left out where the result is lit from no side. */
  readonly angle?: number;
  /** How strongly it falls off, result over base. */
  readonly amplitude: number;
}

/**
 * Compares the planes that fit the lightness of the skin best, with and without the effect, over the same places.
 * @param landmarks 68 points of the face in the result
 * @returns undefined where the base is lit from no side, or there is no skin
 */
export function light(result: View, base: View, mask: Mask, landmarks: readonly Point[]): Light | undefined {
  const unit = interocular(landmarks);
  const places = skinOf(mask, landmarks, featureReach * unit);
  const [now, before] = planesThrough(result, base, places);
  const [strength, strengthBefore] = [unit * hypot(now.x, now.y), unit * hypot(before.x, before.y)];
  if (!(strengthBefore >= leastFall)) return undefined;
  const turn = abs(atan2(now.y, now.x) - atan2(before.y, before.x));
  const angle = (180 / PI) * (turn > PI ? 2 * PI - turn : turn);
  return { ...(strength >= leastFall && { angle }), amplitude: strength / strengthBefore };
}

/** Places of a grid over the mask, away from the features: x and y after one another. */
function skinOf({ area, data }: Mask, landmarks: readonly Point[], reach: number): readonly number[] {
  const features = Float64Array.from(landmarks.filter((_, i) => (i >= 17 && i <= 26) || i >= 36).flat());
  const step = max(1, ceil(max(area.width, area.height) / mostSamples));
  const places: number[] = [];
  for (let y = step >> 1; y < area.height; y += step) {
    for (let x = step >> 1; x < area.width; x += step) {
      if ((data[y * area.width + x] ?? 0) < half) continue;
      const px = area.x + x + 0.5;
      const py = area.y + y + 0.5;
      if (!isNear(features, px, py, reach)) places.push(px, py);
    }
  }
  return places;
}

/** @param points x and y after one another */
function isNear(points: Float64Array, x: number, y: number, reach: number): boolean {
  for (let i = 0; i < points.length; i += 2) {
    const dx = x - (points[i] ?? 0);
    const dy = y - (points[i + 1] ?? 0);
    if (dx * dx + dy * dy < reach * reach) return true;
  }
  return false;
}

interface Plane {
  /** Change of L* a pixel to the right and downwards. */
  readonly x: number;
  readonly y: number;
  readonly level: number;
}

function planesThrough(result: View, base: View, places: readonly number[]): readonly [now: Plane, before: Plane] {
  const samples: readonly [number[], number[]] = [[], []];
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [places[i] ?? 0, places[i + 1] ?? 0];
    samples[0].push(x, y, result.lightness(x, y));
    samples[1].push(x, y, base.lightness(x, y));
  }
  let planes: readonly [Plane, Plane] = [planeThrough(samples[0]), planeThrough(samples[1])];
  for (let round = 0; round < rounds; round += 1) {
    const limits = planes.map((plane, k) => 1.5 * spread(plane, samples[k] ?? []));
    const near = (i: number) => planes.every((plane, k) => abs(residual(plane, samples[k] ?? [], i)) <= (limits[k] ?? 0));
    const kept: readonly [number[], number[]] = [[], []];
    for (let i = 0; i < samples[0].length; i += 3) {
      if (!near(i)) continue;
      for (const k of [0, 1] as const) kept[k].push(samples[k][i] ?? 0, samples[k][i + 1] ?? 0, samples[k][i + 2] ?? 0);
    }
    planes = [planeThrough(kept[0]), planeThrough(kept[1])];
  }
  return planes;
}

function residual({ x, y, level }: Plane, samples: readonly number[], i: number): number {
  return (samples[i + 2] ?? 0) - level - x * (samples[i] ?? 0) - y * (samples[i + 1] ?? 0);
}

/** Root of the mean square of what a plane misses. */
function spread(plane: Plane, samples: readonly number[]): number {
  let squares = 0;
  for (let i = 0; i < samples.length; i += 3) squares += residual(plane, samples, i) ** 2;
  return sqrt(squares / (samples.length / 3));
}

/** Least squares. @param samples x, y and L* after one another */
function planeThrough(samples: readonly number[]): Plane {
  let n = 0;
  let sx = 0;
  let sy = 0;
  let sl = 0;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  let sxl = 0;
  let syl = 0;
  const [x0, y0] = [samples[0] ?? 0, samples[1] ?? 0];
  for (let i = 0; i < samples.length; i += 3) {
    const x = (samples[i] ?? 0) - x0;
    const y = (samples[i + 1] ?? 0) - y0;
    const l = samples[i + 2] ?? 0;
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
  return { x, y, level: ml - x * (mx + x0) - y * (my + y0) };
}
