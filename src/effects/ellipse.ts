import type { Point } from '../faces/face.ts';
import { eyes, meanPoint } from './effect.ts';
import type { Frame } from './raster/mosaic.ts';

/** The whole head, hair and ears included, as an ellipse that follows the roll. */
export interface HeadEllipse extends Frame {
  /** From half axes, upright with the head, to the picture. */
  toPicture(x: number, y: number): Point;
}

/**
 * A generous ellipse around the head: from a little under the chin to above the crown, which lies about one and a third times the distance
 * from chin to eyes above the eyes, and wider than the jaw so that ears and temples are inside.
 * @param landmarks 68 points, iBUG order
 */
export function headEllipse(landmarks: readonly Point[]): HeadEllipse {
  const [left, right] = eyes(landmarks);
  const angle = Math.atan2(right[1] - left[1], right[0] - left[0]);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const eye: Point = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  const along = landmarks.map(([x, y]) => (x - eye[0]) * cos + (y - eye[1]) * sin);
  const down = landmarks.map(([x, y]) => (y - eye[1]) * cos - (x - eye[0]) * sin);
  const face = Math.max(...along) - Math.min(...along);
  // A chin that is hidden or turned up must not shrink the cover: the eyes give a second measure.
  const chin = Math.max(...down, 1.6 * Math.hypot(right[0] - left[0], right[1] - left[1]));
  const top = -1.38 * chin;
  const bottom = 1.2 * chin;
  const halfHeight = (bottom - top) / 2;
  const jaw = meanPoint(landmarks, [0, 16, 4, 12]);
  const offset = (jaw[0] - eye[0]) * cos + (jaw[1] - eye[1]) * sin;
  const middle = (top + bottom) / 2;
  const x = eye[0] + cos * offset - sin * middle;
  const y = eye[1] + sin * offset + cos * middle;
  const halfWidth = Math.max(0.84 * face, 0.74 * halfHeight);
  return {
    x,
    y,
    halfWidth,
    halfHeight,
    cos,
    sin,
    toPicture: (u, v) => [x + cos * u * halfWidth - sin * v * halfHeight, y + sin * u * halfWidth + cos * v * halfHeight],
  };
}
