import type { Face } from '../faces/face.ts';
import { Problem } from '../problems.ts';

/**
 * The faces a client means.
 * @param chosen `all`, or indexes from the left
 * @throws Problem `no-face` where the photo has none, `invalid-params` where an index names none
 */
export function chooseFaces(faces: readonly Face[], chosen: 'all' | readonly number[]): readonly Face[] {
  if (faces.length === 0) throw new Problem('no-face');
  if (chosen === 'all') return faces;
  return [...new Set(chosen)].map((index) => faceAt(faces, index));
}

/** @throws Problem `invalid-params` where there is no such face */
export function faceAt<F extends Face>(faces: readonly F[], index: number): F {
  const face = faces[index];
  if (face !== undefined) return face;
  const reasons = [`faces: there is no face ${index}, ${faces.length} found`];
  throw new Problem('invalid-params', 'A face was asked for that is not in the photo', { reasons });
}

/** How much a face is the subject: its area, weighed by the detector's confidence. */
export function prominence(face: Face): number {
  return face.box.width * face.box.height * face.score;
}
