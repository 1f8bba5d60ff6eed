import type { Point } from '../../faces/face.ts';
import { at, interocular } from '../../faces/landmarks.ts';

const { hypot } = Math;

/** Eyes and mouth of the 68 points: what people see first when it is in the wrong place. */
const first = 36;
const last = 67;

/** Mean distance of eyes and mouth from where they should be, over the distance of the eyes. @param expected @param found 68 points */
export function landmarkError(expected: readonly Point[], found: readonly Point[]): number {
  let sum = 0;
  for (let i = first; i <= last; i += 1) {
    const [a, b] = [at(expected, i), at(found, i)];
    sum += hypot(a[0] - b[0], a[1] - b[1]);
  }
  return sum / (last - first + 1) / interocular(expected);
}
