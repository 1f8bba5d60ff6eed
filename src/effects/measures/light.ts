import type { Point } from '../../faces/face.ts';
import { interocular } from '../../faces/landmarks.ts';
import type { Mask } from '../raster/picture.ts';
import { robustPlanes } from '../raster/plane.ts';
import { half } from './contour.ts';
import type { View } from './view.ts';

const { abs, atan2, ceil, hypot, max, PI } = Math;

/** Samples a side at most: a plane has three numbers. */
const mostSamples = 64;

/** How far around brows (17 to 26), eyes and mouth (36 to 67) there is no bare skin, in distances of the eyes. */
const featureReach = 0.13;

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
  const [now, before] = robustPlanes(places, lightness(result, places), lightness(base, places));
  const [strength, strengthBefore] = [unit * hypot(now.x, now.y), unit * hypot(before.x, before.y)];
  if (!(strengthBefore >= leastFall)) return undefined;
  const turn = abs(atan2(now.y, now.x) - atan2(before.y, before.x));
  const angle = (180 / PI) * (turn > PI ? 2 * PI - turn : turn);
  return { ...(strength >= leastFall && { angle }), amplitude: strength / strengthBefore };
}

/** Places of a grid over the mask, away from the features: x and y after one another. */
function skinOf({ area, data }: Mask, landmarks: readonly Point[], reach: number): Float32Array {
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
  return Float32Array.from(places);
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

function lightness(view: View, places: Float32Array): Float32Array {
  const out = new Float32Array(places.length / 2);
  for (let i = 0; i < out.length; i += 1) out[i] = view.lightness(places[2 * i] ?? 0, places[2 * i + 1] ?? 0);
  return out;
}
