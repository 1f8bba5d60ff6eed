import type { Sheet } from './sheet.ts';

const { max, min } = Math;

/** Sizes of a box of colours, L*, a* and b*: light and shade differ within one thing, hue hardly does. */
const size = [11, 8, 8] as const;
const counts = [10, 16, 16] as const;
const lowest = [0, -48, -48] as const;

export const binCount = counts[0] * counts[1] * counts[2];

/** Which box of colours each pixel lies in; -1 where the sheet shows nothing. */
export function binColours({ lab, known }: Sheet): Int16Array {
  const bins = new Int16Array(known.length);
  for (let pixel = 0; pixel < known.length; pixel++) {
    bins[pixel] = known[pixel] === 1 ? binOf(lab[3 * pixel] ?? 0, lab[3 * pixel + 1] ?? 0, lab[3 * pixel + 2] ?? 0) : -1;
  }
  return bins;
}

export function binOf(l: number, a: number, b: number): number {
  return (box(l, 0) * counts[1] + box(a, 1)) * counts[2] + box(b, 2);
}

function box(value: number, channel: 0 | 1 | 2): number {
  return max(0, min(counts[channel] - 1, ((value - lowest[channel]) / size[channel]) | 0));
}

/** How unlike two boxes are: 1 where hue is about 12 apart, or lightness 30, as in locks of one head. */
export function binDistance(one: number, other: number): number {
  const plane = counts[1] * counts[2];
  const l = ((one / plane) | 0) - ((other / plane) | 0);
  const a = (((one % plane) / counts[2]) | 0) - (((other % plane) / counts[2]) | 0);
  const b = (one % counts[2]) - (other % counts[2]);
  return ((size[0] * l) / 30) ** 2 + ((size[1] * a) / 12) ** 2 + ((size[2] * b) / 12) ** 2;
}

/** Lets each box share with its neighbours (1 2 1 in every direction), so that a few pixels say something of like colours. */
export function spread(boxes: Float64Array, from: number): void {
  const steps = [counts[1] * counts[2], counts[2], 1] as const;
  const [nl, na, nb] = counts;
  for (const [axis, step] of steps.entries()) {
    const before = boxes.slice(from, from + binCount);
    for (let l = 0, at = 0; l < nl; l++) {
      for (let a = 0; a < na; a++) {
        for (let b = 0; b < nb; b++, at++) {
          const place = axis === 0 ? l : axis === 1 ? a : b;
          const last = axis === 0 ? nl - 1 : axis === 1 ? na - 1 : nb - 1;
          const own = before[at] ?? 0;
          const low = place > 0 ? (before[at - step] ?? 0) : own;
          const high = place < last ? (before[at + step] ?? 0) : own;
          boxes[from + at] = (low + 2 * own + high) / 4;
        }
      }
    }
  }
}
