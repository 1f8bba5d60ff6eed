import type { Scheme } from '../faces/detector.ts';
import type { Face } from '../faces/face.ts';
import { meshOf } from '../faces/mesh.ts';
import type { Found, Plate } from './expose.ts';

/** Points of the faces of one photo, left to right, in pixels of the uploaded photo once it stands upright: x and y, or x, y and depth. */
export type Points = readonly (readonly (readonly number[])[])[];

export function pointsOf({ enlargement }: Plate, found: readonly Found[], scheme: Scheme): Points {
  return found.map(({ face }) => rawPoints(face, scheme).map((point) => point.map((value) => short(value * enlargement))));
}

/** The answer to `POST /v1/landmarks`, in pixels of the uploaded photo once it stands upright. */
export function landmarksAnswer(plate: Plate, found: readonly Found[], scheme: Scheme) {
  const { header } = plate;
  const points = pointsOf(plate, found, scheme);
  return {
    image: { width: header.width, height: header.height },
    faces: found.map(({ box, score, measures }, i) => {
      const { yaw, pitch, roll, ...quality } = measures;
      return {
        box: { x: short(box.x), y: short(box.y), width: short(box.width), height: short(box.height) },
        score: short(score, 4),
        pose: { yaw: short(yaw, 1), pitch: short(pitch, 1), roll: short(roll, 1) },
        quality: Object.fromEntries(Object.entries(quality).map(([name, value]) => [name, short(value, 3)])),
        landmarks: { scheme, points: points[i] },
      };
    }),
  };
}

/** In pixels of the working picture. */
function rawPoints(face: Face, scheme: Scheme): readonly (readonly number[])[] {
  if (scheme === 'ibug-68') return face.landmarks;
  const mesh = meshOf(face);
  return Array.from({ length: mesh.length / 3 }, (_, i) => [...mesh.subarray(3 * i, 3 * i + 3)]);
}

/**
 * What is said in `Mayfly-Quality`: how many faces were found, the measures of the most prominent one that was used, and after `result-` those of what
 * became of it.
 */
export function qualityOf(
  found: readonly Found[],
  used: Found | undefined,
  result: Readonly<Record<string, number>> = {},
): Readonly<Record<string, number>> {
  const quality: Record<string, number> = { faces: found.length };
  if (used !== undefined) quality.score = short(used.score, 3);
  for (const [name, value] of Object.entries(used?.measures ?? {})) quality[name] = short(value, 3);
  for (const [name, value] of Object.entries(result)) quality[`result-${name}`] = short(value, 3);
  return quality;
}

function short(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
