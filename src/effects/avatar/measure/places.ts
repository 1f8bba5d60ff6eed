import type { FaceEdge } from './face-edge.ts';
import type { Sheet } from './sheet.ts';

const { abs, max, min } = Math;

/** What a pixel may be; the third is everything else. */
export const kinds = 3;
export const [hair, skin] = [0, 1] as const;

/** For each pixel how likely it is hair, skin or anything else before its colour is seen: `kinds` shares a pixel that add up to 1. */
export function usualPlaces(sheet: Sheet, edge: FaceEdge): Float32Array {
  const out = new Float32Array(sheet.width * sheet.height * kinds);
  for (let row = 0, to = 0; row < sheet.height; row++) {
    const y = sheet.top + (row + 0.5) / sheet.density;
    for (let column = 0; column < sheet.width; column++, to += kinds) {
      const x = sheet.left + (column + 0.5) / sheet.density;
      writeUsual(x, y, edge, out, to);
    }
  }
  return out;
}

/** Own estimates, tried on the sample photos; written where they belong, for a tuple a pixel would keep the garbage collector busy. */
function writeUsual(x: number, y: number, edge: FaceEdge, out: Float32Array, to: number): void {
  const distance = edge.outside(x, y);
  if (distance < 0) write(out, to, y > -0.45 ? 0.01 : 0.22, y > -0.45 ? 0.98 : 0.77);
  else if (y > edge.chin * 0.85) writeBelow(x, y, edge, out, to);
  else writeAround(distance, edge.up(x, y), out, to);
}

/** Neck and shoulders. */
function writeBelow(x: number, y: number, edge: FaceEdge, out: Float32Array, to: number): void {
  const aside = abs(x - edge.middle[0]) / edge.halfWidth;
  if (aside < 0.55) write(out, to, 0.06, y < edge.chin * 1.6 ? 0.7 : 0.35);
  else write(out, to, 0.38 * fall(aside, 1.2, 2) * fall(y, edge.chin * 2, edge.chin * 3) + 0.04, 0.22);
}

/** The forehead goes on over the edge of the mesh, the more the further up; then the scalp, and hair that stands off it. */
function writeAround(distance: number, up: number, out: Float32Array, to: number): void {
  const from = distance - 0.34 * up * up;
  const crown = up > 0.82 ? 0.58 : 0.42;
  if (from < 0) write(out, to, 0.48, 0.48);
  else if (up > 0.45) write(out, to, crown * fall(from, 0.1, 0.7) + 0.24 * fall(from, 0.6, 1.3) + 0.06, 0.08 * fall(from, 0.2, 0.5) + 0.02);
  else write(out, to, 0.34 * fall(from, 0.25, 0.6) + 0.2 * fall(from, 0.5, 1.2) + 0.05, 0.18 * fall(from, 0.12, 0.5) + 0.03);
}

function write(out: Float32Array, to: number, usuallyHair: number, usuallySkin: number): void {
  out[to] = usuallyHair;
  out[to + 1] = usuallySkin;
  out[to + 2] = 1 - usuallyHair - usuallySkin;
}

/** 1 up to `from`, 0 from `to` on. */
function fall(value: number, from: number, to: number): number {
  return 1 - max(0, min(1, (value - from) / (to - from)));
}
