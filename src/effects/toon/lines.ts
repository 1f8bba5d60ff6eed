import { binomial, soften } from '../raster/soften.ts';

const { abs, max, sqrt } = Math;

/** The direction of the nearest edge at each pixel, as a unit vector along it. A quarter of the plane's pixels: directions change slowly. */
interface Flow {
  readonly width: number;
  readonly height: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface Strokes {
  /** Levels by which a pixel is darker than its surroundings, negative where it is lighter. */
  readonly strokes: Float32Array;
  /** The mean of their amounts around each pixel: hair and cloth are busy, skin is not. */
  readonly busy: Float32Array;
}

/**
 * Where a pen would draw: the difference of two Gaussians, gathered along the edges so that dots become strokes with tapered ends (flow-based
 * difference of Gaussians; Kang, Lee and Chui, NPAR 2007; Winnemöller, XDoG, 2011).
 * @param length pixels that are gathered each way
 * @param around pixels of the mean
 */
export function findStrokes(light: Float32Array, width: number, height: number, length: number, around: number): Strokes {
  const fine = binomial(light, width, height);
  const coarse = binomial(binomial(fine, width, height), width, height);
  const busy = new Float32Array(light.length);
  for (let i = 0; i < light.length; i++) {
    coarse[i] = (coarse[i] ?? 0) - (fine[i] ?? 0);
    busy[i] = abs(coarse[i] ?? 0);
  }
  soften(busy, width, height, around);
  return { strokes: gathered(coarse, width, height, edgeFlow(fine, width, height), length), busy };
}

/** The tensor of the gradients, smoothed; its smaller eigenvector runs along the edge. */
function edgeFlow(light: Float32Array, stride: number, rows: number): Flow {
  const width = max(1, stride >> 1);
  const height = max(1, rows >> 1);
  const xx = new Float32Array(width * height);
  const yy = new Float32Array(width * height);
  const xy = new Float32Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const i = 2 * y * stride + 2 * x;
      const right = i + (2 * x + 1 < stride ? 1 : 0);
      const below = i + (2 * y + 1 < rows ? stride : 0);
      const opposite = below + right - i;
      const gx = (light[right] ?? 0) - (light[i] ?? 0) + (light[opposite] ?? 0) - (light[below] ?? 0);
      const gy = (light[below] ?? 0) - (light[i] ?? 0) + (light[opposite] ?? 0) - (light[right] ?? 0);
      xx[to] = gx * gx;
      yy[to] = gy * gy;
      xy[to] = gx * gy;
    }
  }
  for (const plane of [xx, yy, xy]) soften(plane, width, height, 2);
  for (let i = 0; i < xx.length; i++) {
    const [a, b, c] = [xx[i] ?? 0, yy[i] ?? 0, xy[i] ?? 0];
    const larger = (a + b + sqrt((a - b) * (a - b) + 4 * c * c)) / 2;
    // The eigenvector across the edge, from whichever row of the tensor is the longer one; turned by a right angle it runs along.
    const steep = abs(larger - b) + abs(c) > abs(larger - a) + abs(c);
    const [vx, vy] = steep ? [larger - b, c] : [c, larger - a];
    const size = sqrt(vx * vx + vy * vy);
    xx[i] = size > 0 ? -vy / size : 0;
    yy[i] = size > 0 ? vx / size : 0;
  }
  return { width, height, x: xx, y: yy };
}

/** Each pixel's mean along the flow, near ones counting most. Where there is nothing to gather the value stays. */
function gathered(plane: Float32Array, width: number, height: number, flow: Flow, length: number): Float32Array {
  const out = new Float32Array(plane.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const value = plane[i] ?? 0;
      out[i] = value < quiet && value > -quiet ? value : walk(plane, width, height, flow, length, x, y, value);
    }
  }
  return out;
}

/** Levels of difference that no pen would follow. */
const quiet = 0.25;

function walk(plane: Float32Array, width: number, height: number, flow: Flow, length: number, x: number, y: number, value: number): number {
  let sum = value;
  let total = 1;
  for (let way = -1; way <= 1; way += 2) {
    let px = x + 0.5;
    let py = y + 0.5;
    let dx = 0;
    let dy = 0;
    for (let step = 1; step <= length; step++) {
      // Twice as far apart in the flow; an edge has no sense of direction, so the walk keeps its own.
      const at = (py >> 1 < flow.height ? py >> 1 : flow.height - 1) * flow.width + (px >> 1 < flow.width ? px >> 1 : flow.width - 1);
      let [nx, ny] = [flow.x[at] ?? 0, flow.y[at] ?? 0];
      if (step === 1 ? way < 0 : nx * dx + ny * dy < 0) [nx, ny] = [-nx, -ny];
      [dx, dy] = [nx, ny];
      px += dx;
      py += dy;
      if (px < 0 || py < 0 || px >= width || py >= height) break;
      const weight = 1 - step / (length + 1);
      sum += weight * (plane[(py | 0) * width + (px | 0)] ?? 0);
      total += weight;
    }
  }
  return sum / total;
}
