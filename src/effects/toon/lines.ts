import { quickTurn } from '../raster/angle.ts';
import { binomial, soften } from '../raster/soften.ts';

const { abs, cos, min, PI, round, sin } = Math;

export interface Strokes {
  /** Levels by which a pixel is darker than its surroundings, negative where it is lighter. */
  readonly strokes: Float32Array;
  /** The mean of their amounts around each pixel: hair and cloth are busy, skin is not. */
  readonly busy: Float32Array;
}

/**
 * Where a pen would draw: the difference of two Gaussians, gathered along the edges so that dots become strokes with tapered ends (flow-based
 * difference of Gaussians; Kang, Lee and Chui, NPAR 2007; Winnemöller, XDoG, 2011). Edges are followed straight, for strokes are short.
 * @param length pixels that are gathered each way
 * @param around pixels of the mean
 */
export function findStrokes(light: Float32Array, width: number, height: number, length: number, around: number): Strokes {
  const fine = binomial(light, width, height);
  const strokes = binomial(binomial(fine, width, height), width, height);
  const busy = new Float32Array(light.length);
  for (let i = 0; i < light.length; i++) {
    const difference = (strokes[i] ?? 0) - (fine[i] ?? 0);
    strokes[i] = difference;
    busy[i] = abs(difference);
  }
  soften(busy, width, height, around);
  return { strokes: gathered(strokes, busy, width, height, edgeDirections(fine, width, height), length), busy };
}

/** Directions that edges are told apart in, over half a turn. */
const directions = 24;

/** The direction along the nearest edge for each square of two by two pixels: across the larger eigenvector of the smoothed gradients' tensor. */
function edgeDirections(light: Float32Array, stride: number, rows: number): Uint8Array {
  const width = stride >> 1;
  const height = rows >> 1;
  const difference = new Float32Array(width * height);
  const product = new Float32Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const i = 2 * y * stride + 2 * x;
      const a = light[i] ?? 0;
      const b = light[i + 1] ?? 0;
      const c = light[i + stride] ?? 0;
      const d = light[i + stride + 1] ?? 0;
      const gx = b - a + d - c;
      const gy = c - a + d - b;
      difference[to] = gx * gx - gy * gy;
      product[to] = 2 * gx * gy;
    }
  }
  soften(difference, width, height, 2);
  soften(product, width, height, 2);
  const out = new Uint8Array(width * height);
  for (let i = 0; i < out.length; i++) {
    const across = quickTurn(difference[i] ?? 0, product[i] ?? 0);
    out[i] = ((across * directions + directions / 2 + 0.5) % directions) | 0;
  }
  return out;
}

/** Each pixel's mean along the edge, near ones counting most; where all is calm the value stays. */
function gathered(plane: Float32Array, busy: Float32Array, width: number, height: number, along: Uint8Array, length: number): Float32Array {
  const out = plane.slice();
  const steps = new Int32Array(directions * length);
  for (let direction = 0; direction < directions; direction++) {
    const angle = (PI * direction) / directions;
    for (let k = 0; k < length; k++) {
      steps[direction * length + k] = round((k + 1) * sin(angle)) * width + round((k + 1) * cos(angle));
    }
  }
  for (let y = 0; y < height; y++) gatherRow(plane, busy, out, y, width, height, along, steps, length);
  return out;
}

function gatherRow(
  plane: Float32Array,
  busy: Float32Array,
  out: Float32Array,
  y: number,
  width: number,
  height: number,
  along: Uint8Array,
  steps: Int32Array,
  length: number,
): void {
  const columns = width >> 1;
  const row = min(y >> 1, (height >> 1) - 1) * columns;
  const room = min(length, y, height - 1 - y);
  for (let x = 0, i = y * width; x < width; x++, i++) {
    if ((busy[i] ?? 0) < calm) continue;
    // Near the edge of the picture strokes are shorter.
    const beside = x < width - 1 - x ? x : width - 1 - x;
    const reach = beside < room ? beside : room;
    const square = x >> 1;
    const first = (along[row + (square < columns ? square : columns - 1)] ?? 0) * length;
    let sum = (reach + 1) * (plane[i] ?? 0);
    for (let k = 0; k < reach; k++) {
      const step = steps[first + k] ?? 0;
      sum += (reach - k) * ((plane[i + step] ?? 0) + (plane[i - step] ?? 0));
    }
    out[i] = sum / ((reach + 1) * (reach + 1));
  }
}

/** Mean levels below which there is nothing to gather. */
const calm = 0.3;
