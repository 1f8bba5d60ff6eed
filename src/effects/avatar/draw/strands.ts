import type { Point } from '../../../faces/face.ts';
import type { AvatarSpec } from '../spec.ts';
import type { Head } from './head.ts';
import { brush, dense } from './path.ts';

const { PI, sin } = Math;

/** How hair stands off a head and falls. */
interface Fall {
  readonly lift: number;
  readonly side: number;
  /** Where its tips are; 0 for short hair. */
  readonly down: number;
  readonly swinging: (point: Point) => Point;
}

/** Where a strand runs: how far out it lies, how thick it is, how far down it goes (1 the tip), and whether light catches it. */
const runs = [
  { out: 0.12, thick: 0.05, ends: 0.86, light: false },
  { out: 0.4, thick: 0.034, ends: 0.7, light: true },
  { out: 0.62, thick: 0.045, ends: 0.93, light: false },
  { out: 0.84, thick: 0.03, ends: 0.6, light: true },
] as const;

/** Strands from the part over the temples and down, thin at both ends. */
export function strands(fringe: AvatarSpec['hair']['fringe'], head: Head, { lift, side, down, swinging }: Fall) {
  const { width: w, crown: c, chin } = head;
  const part = fringe === 'right' ? 0.46 : fringe === 'left' ? -0.46 : 0;
  const drawn = { shades: '', lights: '' };
  for (const m of [1, -1]) {
    for (const { out, thick, ends, light } of runs) {
      const near = part * m > 0 ? 0.45 : 0.64;
      const top: Point = [w * part + m * w * 0.04, -(c * (0.84 + 0.1 * out) + lift * out * 0.7) * (1 - part * part * 0.18)];
      const bow: Point = [w * part * 0.4 + m * (w * near + side * out * 0.8), -(c * (0.66 + 0.16 * out) + lift * out * 0.6)];
      const temple: Point = [m * (w * 0.95 + side * out), -c * 0.16];
      const last = fringe === 'full' && out < 0.3 ? [] : [temple];
      const tip = down * ends;
      const cheek: Point = [m * (w * (0.9 + 0.1 * out) + side * 1.2 * out), chin * 0.55];
      const hang: Point[] =
        down > 0 ? [swinging(cheek), swinging([m * (w * (0.84 + 0.12 * out) + side * 1.3 * out), Math.max(chin * 0.8, tip)])] : [];
      const shape = brush(dense([top, bow, ...last, ...hang]), (t) => w * thick * sin(PI * Math.min(1, t * 1.02)) ** 0.8 + 1);
      drawn[light ? 'lights' : 'shades'] += shape;
    }
  }
  return drawn;
}

/** A crescent of light on the crown, thin at both ends. */
export function shine({ width, crown }: Head, lift: number, side: number): string {
  const arc = (from: number, to: number, thick: number): string => {
    const points = Array.from({ length: 9 }, (_, i): Point => {
      const angle = ((from + ((to - from) * i) / 8) * PI) / 180;
      return [(width + side) * 0.8 * Math.cos(angle), (crown + lift) * 0.84 * sin(angle)];
    });
    return brush(points, (t) => width * thick * sin(PI * t) + 0.5);
  };
  return arc(-152, -112, 0.15) + arc(-104, -92, 0.1);
}
