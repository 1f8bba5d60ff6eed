import { chin, faceOval, leftEyeRing, noseTip, rightEyeRing } from '../faces/topology.ts';
import type { Piece } from '../templates/kinds/sticker.ts';
import { type Head, type HeadPoint, meanOf, reference } from './head.ts';

const { abs, atan2, hypot, max, PI } = Math;

const anchors: { readonly [name in Piece['anchor']]: readonly number[] } = {
  eyes: [...leftEyeRing, ...rightEyeRing],
  forehead: [faceOval[0]],
  nose: [noseTip],
  chin: [chin],
};

/** From the head to the picture, with one place of the face held exactly where it was found. */
export type Placement = (point: HeadPoint) => HeadPoint;

/**
 * How a rigid piece is put on.
 * @param anchor what is held; what is held by the eyes is also as wide as these are apart
 * @param size factor on the piece, about its anchor
 */
export function placementOf(anchor: Piece['anchor'], mesh: Float32Array, head: Head, size: number): Placement {
  const [ax, ay, az] = meanOf(reference, anchors[anchor]);
  const [fromX, fromY] = head.project([ax, ay, az]);
  const [toX, toY] = meanOf(mesh, anchors[anchor]);
  const wide = anchor === 'eyes' ? size * eyeDistance(mesh, head) : size;
  return ([x, y, z]) => {
    const [px, py, depth] = head.project([ax + (x - ax) * wide, ay + (y - ay) * wide, az + (z - az) * wide]);
    return [px - fromX + toX, py - fromY + toY, depth];
  };
}

/**
 * How well a pair of glasses would sit: the largest distance between an eye and where the piece expects it, in distances between the eyes, and
 * the angle between the two lines through the eyes in degrees.
 */
export function placementError(mesh: Float32Array, head: Head): { readonly anchor: number; readonly roll: number } {
  const place = placementOf('eyes', mesh, head, 1);
  const [left, right] = [leftEyeRing, rightEyeRing].map((ring) => ({
    expected: place(meanOf(reference, ring)),
    found: meanOf(mesh, ring),
  }));
  if (left === undefined || right === undefined) throw new Error('A face has two eyes');
  const away = max(...[left, right].map(({ expected, found }) => hypot(expected[0] - found[0], expected[1] - found[1])));
  const lean = (key: 'expected' | 'found') => atan2(right[key][1] - left[key][1], right[key][0] - left[key][0]);
  return { anchor: away / (head.scale * eyeDistance(mesh, head)), roll: abs(turnBack(lean('expected') - lean('found')) * 180) / PI };
}

/** Distance between the eyes in space, head units: 1 on the mean face. */
function eyeDistance(mesh: Float32Array, { scale }: Head): number {
  const [left, right] = [meanOf(mesh, leftEyeRing), meanOf(mesh, rightEyeRing)];
  return hypot(right[0] - left[0], right[1] - left[1], right[2] - left[2]) / scale;
}

/** The same angle between -π and π. */
function turnBack(angle: number): number {
  return atan2(Math.sin(angle), Math.cos(angle));
}
