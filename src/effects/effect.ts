import type { Face, Point } from '../faces/face.ts';
import type { Pixels } from '../image/pixels.ts';
import { Problem } from '../problems.ts';

/** An upright picture and the faces found in it, left to right. An effect reads it and never changes it. */
export interface Photo {
  readonly picture: Pixels;
  readonly faces: readonly Face[];
}

/** The photo of an effect that works on one. */
export function onlyPhoto(photos: readonly Photo[]): Photo {
  const [photo, ...more] = photos;
  if (photo === undefined || more.length > 0)
    throw new Problem('malformed-request', `This template takes one photo but received ${photos.length}`);
  return photo;
}

/** The mean of some landmarks. */
export function meanPoint(landmarks: readonly Point[], indexes: readonly number[]): Point {
  let x = 0;
  let y = 0;
  for (const index of indexes) {
    const point = landmarks[index] ?? [0, 0];
    x += point[0];
    y += point[1];
  }
  return [x / indexes.length, y / indexes.length];
}

/** Centres of the eyes, the one on the picture's left first. */
export function eyes(landmarks: readonly Point[]): readonly [left: Point, right: Point] {
  return [meanPoint(landmarks, [36, 37, 38, 39, 40, 41]), meanPoint(landmarks, [42, 43, 44, 45, 46, 47])];
}
