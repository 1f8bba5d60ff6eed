import type { Planes } from './planes.ts';

const { abs, exp, SQRT2, sqrt } = Math;

const passes = 3;

/**
 * Smooths within shapes and stops at their edges, so that a photo falls into flat parts: the domain transform, recursive form (Gastal and
 * Oliveira, SIGGRAPH 2011). All three planes share the edges of all three.
 * @param reach pixels over which what is alike flows together
 * @param contrast levels of colour that count as an edge
 * @param care how much edges count at each pixel, 1 = as they are
 */
export function flatten(planes: Planes, reach: number, contrast: number, care: Float32Array): Planes {
  const { width, height } = planes;
  const sigma = (reach * sqrt(3) * 2 ** (passes - 1)) / sqrt(4 ** passes - 1);
  const along = new Float32Array(width * height);
  const down = new Float32Array(width * height);
  resistances(planes, reach / contrast, care, SQRT2 / sigma, along, down);
  const light = planes.light.slice();
  const red = planes.red.slice();
  const blue = planes.blue.slice();
  for (let pass = 0; pass < passes; pass++) {
    for (let y = 0; y < height; y++) sweepRow(light, red, blue, y * width, width, along);
    // Down the columns and up again, a row at a time.
    for (let y = 1; y < height; y++) mixRow(light, red, blue, y * width, (y - 1) * width, width, down, y * width);
    for (let y = height - 2; y >= 0; y--) mixRow(light, red, blue, y * width, (y + 1) * width, width, down, (y + 1) * width);
    // Each pass reaches half as far as the one before: the square of a feedback is the feedback of half the reach.
    if (pass < passes - 1) halveReach(along, down);
  }
  return { ...planes, light, red, blue };
}

/** The feedback from each pixel's left and upper neighbour: near 1 in flat parts, 0 across an edge. */
function resistances(planes: Planes, slope: number, care: Float32Array, rate: number, along: Float32Array, down: Float32Array): void {
  const { width, height } = planes;
  for (let y = 0; y < height; y++) {
    resist(planes, y * width + 1, (y + 1) * width, 1, slope, care, rate, along);
    if (y > 0) resist(planes, y * width, (y + 1) * width, width, slope, care, rate, down);
  }
}

/** @param back how far back a pixel's neighbour lies */
function resist(
  { light, red, blue }: Planes,
  begin: number,
  end: number,
  back: number,
  slope: number,
  care: Float32Array,
  rate: number,
  out: Float32Array,
): void {
  for (let i = begin; i < end; i++) {
    const j = i - back;
    const difference =
      2 * abs((light[i] ?? 0) - (light[j] ?? 0)) + abs((red[i] ?? 0) - (red[j] ?? 0)) + abs((blue[i] ?? 0) - (blue[j] ?? 0));
    out[i] = decays[(rate * (1 + slope * (care[i] ?? 1) * difference) * perUnit) | 0] ?? 0;
  }
}

function halveReach(along: Float32Array, down: Float32Array): void {
  for (let i = 0; i < along.length; i++) {
    const a = along[i] ?? 0;
    const d = down[i] ?? 0;
    along[i] = a * a;
    down[i] = d * d;
  }
}

/** There and back along a row, all three planes together: each value waits for the one before it, and three wait side by side. */
function sweepRow(light: Float32Array, red: Float32Array, blue: Float32Array, begin: number, width: number, along: Float32Array): void {
  const end = begin + width;
  let l = light[begin] ?? 0;
  let r = red[begin] ?? 0;
  let b = blue[begin] ?? 0;
  for (let i = begin + 1; i < end; i++) {
    const keep = along[i] ?? 0;
    const give = 1 - keep;
    l = give * (light[i] ?? 0) + keep * l;
    r = give * (red[i] ?? 0) + keep * r;
    b = give * (blue[i] ?? 0) + keep * b;
    light[i] = l;
    red[i] = r;
    blue[i] = b;
  }
  for (let i = end - 2; i >= begin; i--) {
    const keep = along[i + 1] ?? 0;
    const give = 1 - keep;
    l = give * (light[i] ?? 0) + keep * l;
    r = give * (red[i] ?? 0) + keep * r;
    b = give * (blue[i] ?? 0) + keep * b;
    light[i] = l;
    red[i] = r;
    blue[i] = b;
  }
}

/** A row drawn towards its neighbour, as far as the feedbacks from `feedback` on let it. */
function mixRow(
  light: Float32Array,
  red: Float32Array,
  blue: Float32Array,
  row: number,
  neighbour: number,
  width: number,
  down: Float32Array,
  feedback: number,
): void {
  for (let i = row, j = neighbour, k = feedback; i < row + width; i++, j++, k++) {
    const keep = down[k] ?? 0;
    const give = 1 - keep;
    light[i] = give * (light[i] ?? 0) + keep * (light[j] ?? 0);
    red[i] = give * (red[i] ?? 0) + keep * (red[j] ?? 0);
    blue[i] = give * (blue[i] ?? 0) + keep * (blue[j] ?? 0);
  }
}

/** `exp(-t)` for t ≥ 0 by table, 0 beyond it: the real one would cost more than the smoothing. */
const perUnit = 128;
const decays = Float32Array.from({ length: 12 * perUnit }, (_, i) => exp(-(i + 0.5) / perUnit));
