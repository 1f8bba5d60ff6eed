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
      const [h, s] = usual(x, y, edge);
      out[to] = h;
      out[to + 1] = s;
      out[to + 2] = 1 - h - s;
    }
  }
  return out;
}

/** Own estimates, tried on the sample photos. */
function usual(x: number, y: number, edge: FaceEdge): readonly [hair: number, skin: number] {
  const [distance, up] = edge.outside(x, y);
  if (distance < 0) return y > -0.45 ? [0.01, 0.98] : [0.22, 0.77];
  const [middle] = edge.middle;
  if (y > edge.chin * 0.85) {
    const aside = abs(x - middle) / edge.halfWidth;
    if (aside < 0.55) return [0.06, y < edge.chin * 1.6 ? 0.7 : 0.35];
    return [0.38 * fall(aside, 1.2, 2) * fall(y, edge.chin * 2, edge.chin * 3) + 0.04, 0.22];
  }
  // The forehead goes on over the edge of the mesh, the more the further up; then the scalp, and hair that stands off it.
  const forehead = 0.34 * up * up;
  if (distance < forehead) return [0.48, 0.48];
  const from = distance - forehead;
  const crown = up > 0.82 ? 0.58 : 0.42;
  if (up > 0.45) return [crown * fall(from, 0.1, 0.7) + 0.24 * fall(from, 0.6, 1.3) + 0.06, 0.08 * fall(from, 0.2, 0.5) + 0.02];
  return [0.34 * fall(from, 0.25, 0.6) + 0.2 * fall(from, 0.5, 1.2) + 0.05, 0.18 * fall(from, 0.12, 0.5) + 0.03];
}

/** 1 up to `from`, 0 from `to` on. */
function fall(value: number, from: number, to: number): number {
  return 1 - max(0, min(1, (value - from) / (to - from)));
}
