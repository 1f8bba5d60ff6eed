import { leftEyeRing, rightEyeRing } from '../faces/topology.ts';
import type { Piece } from '../templates/kinds/sticker.ts';
import { type Head, type HeadPoint, meanOf, reference } from './head.ts';

const { abs, atan2, cos, hypot, max, min, PI, sin } = Math;

type Anchor = Piece['anchor'];

/** The two places, left and right of the middle, that a piece is held by: eyes, forehead under the hair line, wings of the nose, sides of the chin. */
const anchors: { readonly [name in Anchor]: readonly [left: readonly number[], right: readonly number[]] } = {
  eyes: [leftEyeRing, rightEyeRing],
  forehead: [[103], [332]],
  nose: [[98], [327]],
  chin: [[176], [400]],
};

/** From the head to the picture, with an anchor held where it was found. */
export type Placement = (point: HeadPoint) => HeadPoint;

/**
 * How a rigid piece is put on: the middle and the line between both places of its anchor come to lie on those of the person, and it is as much wider as
 * they are farther apart than on the mean face.
 * @param size factor on the piece, about its anchor
 */
export function placementOf(anchor: Anchor, mesh: Float32Array, head: Head, size: number): Placement {
  const [left, right] = anchors[anchor].map((place) => meanOf(reference, place));
  const [foundLeft, foundRight] = anchors[anchor].map((place) => meanOf(mesh, place));
  if (!left || !right || !foundLeft || !foundRight) throw new Error('An anchor has two places');
  const middle = between(left, right);
  const wide = size * min(1.25, max(0.8, apart(foundLeft, foundRight) / apart(head.project(left), head.project(right))));
  const grown = ([x, y, z]: HeadPoint): HeadPoint =>
    head.project([middle[0] + (x - middle[0]) * wide, middle[1] + (y - middle[1]) * wide, middle[2] + (z - middle[2]) * wide]);
  const [fromX, fromY] = between(grown(left), grown(right));
  const [toX, toY] = between(foundLeft, foundRight);
  const turn = lineOf(foundLeft, foundRight) - lineOf(grown(left), grown(right));
  const [c, s] = [cos(turn), sin(turn)];
  return (point) => {
    const [x, y, depth] = grown(point);
    return [toX + c * (x - fromX) - s * (y - fromY), toY + s * (x - fromX) + c * (y - fromY), depth];
  };
}

/** Two other places near each anchor, by which the seat of a piece is judged: corners of the eyes, temples, nostrils, jaw beside the chin. */
const gauges: { readonly [name in Anchor]: readonly [left: number, right: number] } = {
  eyes: [33, 263],
  forehead: [54, 284],
  nose: [64, 294],
  chin: [148, 377],
};

/** How well pieces with an anchor sit. */
export interface Fit {
  /** How far the two places of the gauge lie from where a piece expects them: their mean, in distances between the eyes. */
  readonly anchor: number;
  /** The angle between the line through them and where a piece expects it, in degrees. */
  readonly roll: number;
}

export function fitOf(anchor: Anchor, mesh: Float32Array, head: Head): Fit {
  const place = placementOf(anchor, mesh, head, 1);
  const [left, right] = gauges[anchor].map((index) => ({ expected: place(meanOf(reference, [index])), found: meanOf(mesh, [index]) }));
  if (left === undefined || right === undefined) throw new Error('A gauge has two places');
  const away = (apart(left.expected, left.found) + apart(right.expected, right.found)) / 2;
  const roll = lineOf(left.expected, right.expected) - lineOf(left.found, right.found);
  return { anchor: away / head.scale, roll: (abs(atan2(sin(roll), cos(roll))) * 180) / PI };
}

function between(a: HeadPoint, b: HeadPoint): HeadPoint {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
}

/** In the picture. */
function apart(a: HeadPoint, b: HeadPoint): number {
  return hypot(b[0] - a[0], b[1] - a[1]);
}

function lineOf(left: HeadPoint, right: HeadPoint): number {
  return atan2(right[1] - left[1], right[0] - left[0]);
}
