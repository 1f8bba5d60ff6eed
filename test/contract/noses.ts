import type { Point } from '../../src/faces/face.ts';
import type { sampleNumbers } from '../image/samples.ts';

/** Tips of the noses on the six sample photos, looked at one by one, in shares of width and height. */
export const noses: Readonly<Record<(typeof sampleNumbers)[number], readonly Point[]>> = {
  1: [
    [0.238, 0.401],
    [0.476, 0.458],
    [0.806, 0.265],
  ],
  2: [
    [0.205, 0.219],
    [0.52, 0.291],
    [0.797, 0.24],
  ],
  3: [
    [0.345, 0.361],
    [0.592, 0.287],
    [0.846, 0.347],
  ],
  4: [
    [0.205, 0.238],
    [0.369, 0.141],
    [0.532, 0.233],
    [0.683, 0.198],
  ],
  5: [
    [0.251, 0.746],
    [0.386, 0.403],
    [0.463, 0.173],
    [0.614, 0.235],
    [0.765, 0.411],
  ],
  6: [
    [0.206, 0.435],
    [0.382, 0.336],
    [0.667, 0.325],
    [0.811, 0.295],
  ],
};
