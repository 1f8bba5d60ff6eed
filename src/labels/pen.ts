import { bearing, glyphOf } from './glyphs.ts';

const { ceil, cos, floor, max, min, PI, sin, sqrt } = Math;

/** Straight pieces, four numbers each: x and y of both ends, hundredths of an em, y upwards. */
export type Segments = readonly number[];

/** Half the width of a stroke, hundredths of an em. */
export const nib = 4.6;

/** A text as pieces of line, its first letter at 0, and its width with the bearings of its ends. */
export interface Written {
  readonly segments: Segments;
  readonly width: number;
  /** Highest and lowest place of the ink, the nib included. */
  readonly top: number;
  readonly bottom: number;
}

/** @throws Error for a character that is not in the alphabet; `canWrite` tells before */
export function write(text: string): Written {
  const segments: number[] = [];
  let x = 0;
  for (const character of text) {
    const glyph = glyphOf(character);
    if (glyph === undefined) throw new Error(`Expected a known character but received U+${character.codePointAt(0)?.toString(16)}`);
    const start = segments.length;
    trace(glyph.strokes, segments);
    for (let i = start; i < segments.length; i += 2) segments[i] = (segments[i] ?? 0) + x + bearing;
    x += glyph.advance;
  }
  let top = Number.NEGATIVE_INFINITY;
  let bottom = Number.POSITIVE_INFINITY;
  for (let i = 1; i < segments.length; i += 2) {
    top = max(top, (segments[i] ?? 0) + nib);
    bottom = min(bottom, (segments[i] ?? 0) - nib);
  }
  return { segments, width: x, top, bottom };
}

/** Follows the strokes of one glyph; curves become short lines. */
function trace(strokes: string, out: number[]): void {
  let x = 0;
  let y = 0;
  const to = (u: number, v: number) => {
    out.push(x, y, u, v);
    x = u;
    y = v;
  };
  for (const [, command, numbers = ''] of strokes.matchAll(/([MLCO])([-\d. ]+)/g)) {
    const n = numbers.split(' ').map(Number);
    const at = (i: number) => n[i] ?? 0;
    if (command === 'M') {
      x = at(0);
      y = at(1);
    } else if (command === 'L') {
      for (let i = 0; i < n.length; i += 2) to(at(i), at(i + 1));
    } else if (command === 'C') {
      for (let i = 0; i < n.length; i += 6) {
        const [x0, y0] = [x, y];
        for (let k = 1; k <= 8; k++) {
          const [a, b] = [k / 8, 1 - k / 8];
          const [p, q, r, s] = [b * b * b, 3 * b * b * a, 3 * b * a * a, a * a * a];
          to(p * x0 + q * at(i) + r * at(i + 2) + s * at(i + 4), p * y0 + q * at(i + 1) + r * at(i + 3) + s * at(i + 5));
        }
      }
    } else {
      const place = (degrees: number) => [at(0) + at(2) * cos((degrees * PI) / 180), at(1) + at(3) * sin((degrees * PI) / 180)] as const;
      [x, y] = place(at(4));
      const steps = ceil(Math.abs(at(5) - at(4)) / 20);
      for (let k = 1; k <= steps; k++) to(...place(at(4) + ((at(5) - at(4)) * k) / steps));
    }
  }
}

/**
 * Draws pieces of line with round ends into a mask, each pixel by its distance from the nearest piece, so that edges are smooth at any size.
 * @param mask 0 to 255, one byte a pixel, kept where it is larger already
 * @param scale pixels to a hundredth of an em
 * @param x where 0 is in the mask, as is `y` for the baseline
 */
export function ink(segments: Segments, mask: Uint8Array, width: number, height: number, scale: number, x: number, y: number): void {
  const radius = nib * scale;
  for (let i = 0; i < segments.length; i += 4) {
    const x0 = x + (segments[i] ?? 0) * scale;
    const y0 = y - (segments[i + 1] ?? 0) * scale;
    const x1 = x + (segments[i + 2] ?? 0) * scale;
    const y1 = y - (segments[i + 3] ?? 0) * scale;
    const dx = x1 - x0;
    const dy = y1 - y0;
    const square = max(dx * dx + dy * dy, 1e-9);
    const left = max(0, floor(min(x0, x1) - radius - 1));
    const right = min(width, ceil(max(x0, x1) + radius + 1));
    const bottom = min(height, ceil(max(y0, y1) + radius + 1));
    for (let v = max(0, floor(min(y0, y1) - radius - 1)); v < bottom; v++) {
      for (let u = left; u < right; u++) {
        const px = u + 0.5 - x0;
        const py = v + 0.5 - y0;
        const t = max(0, min(1, (px * dx + py * dy) / square));
        const nx = px - t * dx;
        const ny = py - t * dy;
        const covered = 255 * (radius + 0.5 - sqrt(nx * nx + ny * ny));
        const to = v * width + u;
        if (covered > (mask[to] ?? 255)) mask[to] = min(255, covered);
      }
    }
  }
}
