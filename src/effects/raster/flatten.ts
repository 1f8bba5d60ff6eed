import type { Sheet } from './sheet.ts';

const { abs, exp, SQRT2, sqrt } = Math;

const passes = 3;

/**
 * Smooths within shapes and stops at their edges, so that a photo falls into flat parts: the domain transform, recursive form (Gastal and
 * Oliveira, SIGGRAPH 2011). All three planes share the edges of all three.
 * @param reach pixels over which what is alike flows together
 * @param contrast levels of colour that count as an edge
 * @param care how much edges count at each pixel, 1 = as they are
 */
export function flatten(sheet: Sheet, reach: number, contrast: number, care: Float32Array): Sheet {
  const { width, height } = sheet;
  const sigma = (reach * sqrt(3) * 2 ** (passes - 1)) / sqrt(4 ** passes - 1);
  const along = new Float32Array(width * height);
  const down = new Float32Array(width * height);
  resistances(sheet, reach / contrast, care, SQRT2 / sigma, along, down);
  const planes = [sheet.light.slice(), sheet.red.slice(), sheet.blue.slice()] as const;
  for (let pass = 0; pass < passes; pass++) {
    for (const plane of planes) sweep(plane, width, height, along, down);
    // Each pass reaches half as far as the one before: the square of a feedback is the feedback of half the reach.
    if (pass < passes - 1) halveReach(along, down);
  }
  const [light, red, blue] = planes;
  return { ...sheet, light, red, blue };
}

/** The feedback from each pixel's left and upper neighbour: near 1 in flat parts, 0 across an edge. */
function resistances(
  { width, height, light, red, blue }: Sheet,
  slope: number,
  care: Float32Array,
  rate: number,
  along: Float32Array,
  down: Float32Array,
): void {
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [l, r, b] = [light[i] ?? 0, red[i] ?? 0, blue[i] ?? 0];
      const weight = slope * (care[i] ?? 1);
      if (x > 0) {
        const difference = 2 * abs(l - (light[i - 1] ?? 0)) + abs(r - (red[i - 1] ?? 0)) + abs(b - (blue[i - 1] ?? 0));
        along[i] = decay(rate * (1 + weight * difference));
      }
      if (y > 0) {
        const j = i - width;
        const difference = 2 * abs(l - (light[j] ?? 0)) + abs(r - (red[j] ?? 0)) + abs(b - (blue[j] ?? 0));
        down[i] = decay(rate * (1 + weight * difference));
      }
    }
  }
}

function halveReach(along: Float32Array, down: Float32Array): void {
  for (let i = 0; i < along.length; i++) {
    const [a, d] = [along[i] ?? 0, down[i] ?? 0];
    along[i] = a * a;
    down[i] = d * d;
  }
}

/** There and back along the rows, there and back along the columns. */
function sweep(plane: Float32Array, width: number, height: number, along: Float32Array, down: Float32Array): void {
  for (let y = 0; y < height; y++) {
    const begin = y * width;
    const end = begin + width;
    let value = plane[begin] ?? 0;
    for (let i = begin + 1; i < end; i++) {
      const here = plane[i] ?? 0;
      value = here + (along[i] ?? 0) * (value - here);
      plane[i] = value;
    }
    for (let i = end - 2; i >= begin; i--) {
      const here = plane[i] ?? 0;
      value = here + (along[i + 1] ?? 0) * (value - here);
      plane[i] = value;
    }
  }
  for (let i = width; i < plane.length; i++) plane[i] = (plane[i] ?? 0) + (down[i] ?? 0) * ((plane[i - width] ?? 0) - (plane[i] ?? 0));
  for (let i = plane.length - width - 1; i >= 0; i--) {
    plane[i] = (plane[i] ?? 0) + (down[i + width] ?? 0) * ((plane[i + width] ?? 0) - (plane[i] ?? 0));
  }
}

const perUnit = 128;
const decays = Float32Array.from({ length: 12 * perUnit }, (_, i) => exp(-(i + 0.5) / perUnit));

/** `exp(-t)` for t ≥ 0 by table: the real one would cost more than the smoothing. */
function decay(t: number): number {
  return decays[(t * perUnit) | 0] ?? 0;
}
