import type { Pixels } from '../image/pixels.ts';
import { type Exposure, exposure } from './exposure.ts';
import { lidDrop } from './eyes.ts';
import type { Box, Face } from './face.ts';
import { interocular } from './landmarks.ts';
import { type Occlusion, occlusion } from './occlusion.ts';

const { max, min } = Math;

/** What can be said of a face in a photo without knowing what it is for. No measure depends on the colour of a skin (test/faces/tones.test.ts). */
export interface Measures extends Exposure, Occlusion {
  /** Distance of the eyes in pixels of the photo as it was uploaded. */
  readonly interocular: number;
  /** Degrees, see `Pose`. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** Share of the face that lies in the picture, 0 to 1. */
  readonly inside: number;
  /** How far the lids are down, see `lidDrop`. */
  readonly lids: number;
}

/**
 * Measures a face; less than a millisecond, since a photo may show forty.
 * @param face in pixels of the picture
 * @param enlargement pixels of the uploaded photo to one of the picture
 */
export function measure(picture: Pixels, face: Face, enlargement: number): Measures {
  return {
    interocular: interocular(face.landmarks) * enlargement,
    ...face.pose,
    inside: inside(face, picture),
    ...exposure(picture, face.landmarks),
    lids: lidDrop(picture, face),
    ...occlusion(picture, face.landmarks),
  };
}

/** Share of the detector's box and of the points that lies in the picture, whichever is less. */
function inside({ box, landmarks }: Face, { width, height }: Pixels): number {
  const points = landmarks.filter(([x, y]) => x >= 0 && y >= 0 && x <= width && y <= height).length / landmarks.length;
  return min(points, boxInside(box, width, height));
}

function boxInside({ x, y, width, height }: Box, pictureWidth: number, pictureHeight: number): number {
  const across = min(x + width, pictureWidth) - max(x, 0);
  const down = min(y + height, pictureHeight) - max(y, 0);
  return (max(0, across) * max(0, down)) / (width * height);
}
