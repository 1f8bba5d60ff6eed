import type { Pixels } from '../image/pixels.ts';
import type { Point } from './face.ts';
import { at, centre, interocular, leftEye, rightEye } from './landmarks.ts';
import { type Spot, spotAt } from './spot.ts';

const { abs, hypot, max, min } = Math;

/** What lies over a face, as far as it can be told from light and shadow, make-up, and beards; see docs/quality.md for what it cannot tell. */
export interface Occlusion {
  /**
   * Dark glasses: by how many stops the skin around the eyes is darker than the cheek right below, of both eyes the lesser. Faces have -0.5 to 1,
   * heavily made-up ones up to 1.4, dark lenses 1.3 to 5.
   */
  readonly shade: number;
  /**
   * A mask: by how many stops the lower half of the face is of another colour than the upper, where no lips are to be seen; 0 where they are. The
   * colour and the depth of a skin do not matter, since only spots of one face are compared.
   */
  readonly mask: number;
}

export function occlusion(picture: Pixels, landmarks: readonly Point[]): Occlusion {
  return { shade: min(shadeOf(picture, landmarks, leftEye), shadeOf(picture, landmarks, rightEye)), mask: maskOf(picture, landmarks) };
}

/** The lightest skin around one eye against the cheek below. */
function shadeOf(picture: Pixels, landmarks: readonly Point[], eye: readonly number[]): number {
  const unit = interocular(landmarks);
  const place = placing(landmarks, centre(landmarks, eye));
  const halfWidth = hypot(...minus(at(landmarks, eye[3] ?? 0), at(landmarks, eye[0] ?? 0))) / unit / 2;
  const light = (x: number, y: number, radius: number) => spotAt(picture, place(x, y), radius * unit).light;
  const below = median([light(0, 0.2, 0.05), light(-halfWidth, 0.17, 0.05), light(halfWidth, 0.17, 0.05)]);
  const above = median([light(0, -0.17, 0.05), light(-0.8 * halfWidth, -0.15, 0.05), light(0.8 * halfWidth, -0.15, 0.05)]);
  return light(0, 0.6, 0.09) - max(below, above);
}

/** Lips that are seen differ at least this much from the skin around them, in stops. */
const lipsSeen = 0.3;

function maskOf(picture: Pixels, landmarks: readonly Point[]): number {
  const unit = interocular(landmarks);
  const spot = (point: Point, radius: number) => spotAt(picture, point, radius * unit);
  const around = middle([
    spot(between(landmarks, 33, 51, 0.5), 0.08),
    spot(between(landmarks, 57, 8, 0.4), 0.08),
    spot(between(landmarks, 48, 5, 0.4), 0.08),
    spot(between(landmarks, 54, 11, 0.4), 0.08),
  ]);
  const lips = [between(landmarks, 57, 66, 0.5), between(landmarks, 51, 62, 0.5), between(landmarks, 62, 66, 0.5)];
  // Lips are redder than skin, teeth and the line between the lips differ in light.
  if (lips.some((point) => difference(spot(point, 0.04), around, 0.6) > lipsSeen)) return 0;
  const left = placing(landmarks, centre(landmarks, leftEye));
  const right = placing(landmarks, centre(landmarks, rightEye));
  const above = middle([
    spot(left(0, 0.4), 0.08),
    spot(right(0, 0.4), 0.08),
    spot(between(landmarks, 27, 29, 0.5), 0.08),
    spot(left(0, 0.25), 0.08),
    spot(right(0, 0.25), 0.08),
  ]);
  return difference(around, above, 0.3);
}

/** Light counts for less than colour, because shadows are everywhere. */
function difference(a: Spot, b: Spot, light: number): number {
  return hypot(light * abs(a.light - b.light), a.red - b.red, (a.blue - b.blue) / 2);
}

/** The spot in the middle of several, number by number. */
function middle(spots: readonly Spot[]): Spot {
  return {
    light: median(spots.map(({ light }) => light)),
    red: median(spots.map(({ red }) => red)),
    blue: median(spots.map(({ blue }) => blue)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}

/** Places relative to a point, in distances of the eyes along and across the line through them. */
function placing(landmarks: readonly Point[], [x, y]: Point): (u: number, v: number) => Point {
  const [dx, dy] = minus(centre(landmarks, rightEye), centre(landmarks, leftEye));
  return (u, v) => [x + u * dx - v * dy, y + u * dy + v * dx];
}

function between(landmarks: readonly Point[], from: number, to: number, share: number): Point {
  const [a, b] = [at(landmarks, from), at(landmarks, to)];
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
}

function minus(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1]];
}
