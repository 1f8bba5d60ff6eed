import { describe, expect, test } from '@jest/globals';
import { solvePoisson } from '../../../src/effects/raster/poisson.ts';

const { abs, hypot, max, min, sin } = Math;

/** A disc with a bite, so that no axis is special. */
function discIn(width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const inside = hypot((x - width / 2) / (width / 2 - 2), (y - height / 2) / (height / 2 - 2)) < 1;
      if (inside && hypot(x - width * 0.8, y - height * 0.3) > width / 6) mask[y * width + x] = 255;
    }
  }
  return mask;
}

/** Three functions of the place; the Laplacian of each is known. */
const fields: readonly { at(x: number, y: number): number; laplacian: number }[] = [
  { at: (x, y) => 3 * x - 2 * y + 40, laplacian: 0 },
  { at: (x, y) => 0.05 * (x * x - y * y), laplacian: 0 },
  { at: (x, y) => 0.03 * (x * x + y * y) - x, laplacian: 0.12 },
];

function sampled(width: number, height: number): Float32Array {
  return Float32Array.from({ length: width * height * 3 }, (_, i) => fields[i % 3]?.at(((i / 3) | 0) % width, (i / 3 / width) | 0) ?? 0);
}

describe('the seam solver', () => {
  test.each([
    [9, 9],
    [40, 57],
    [131, 90],
    [256, 301],
  ])('finds the surface that its edge and its curvature say, %i × %i', (width, height) => {
    const mask = discIn(width, height);
    const truth = sampled(width, height);
    const values = truth.map((value, i) => (mask[(i / 3) | 0] === 0 ? value : -1000));
    const curvature = Float32Array.from(values, (_, i) => fields[i % 3]?.laplacian ?? 0);
    solvePoisson(mask, values, width, height, curvature);
    let [scale, error] = [0, 0];
    for (let i = 0; i < truth.length; i++) {
      scale = max(scale, abs(truth[i] ?? 0));
      error = max(error, abs((values[i] ?? 0) - (truth[i] ?? 0)));
    }
    expect(error / scale).toBeLessThan(0.005);
  });

  test('a membrane over a noisy edge stays between its highest and its lowest, and no pixel sticks out', () => {
    const [width, height] = [220, 260];
    const mask = discIn(width, height);
    let seed = 11;
    const values = Float32Array.from({ length: width * height * 3 }, (_, i) => {
      seed = (seed * 48271) % 2147483647;
      const noise = 30 * (seed / 2147483647);
      return mask[(i / 3) | 0] === 0 ? 100 + 90 * sin(i / 3 / width / 20) + noise : Number.NaN;
    });
    let [low, high] = [Infinity, -Infinity];
    for (const value of values) if (!Number.isNaN(value)) [low, high] = [min(low, value), max(high, value)];
    solvePoisson(mask, values, width, height);
    let worst = 0;
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] === 0) continue;
      for (let k = 3 * i; k < 3 * i + 3; k++) {
        const around = (values[k - 3] ?? 0) + (values[k + 3] ?? 0) + (values[k - 3 * width] ?? 0) + (values[k + 3 * width] ?? 0);
        worst = max(worst, abs(around - 4 * (values[k] ?? 0)));
      }
    }
    expect(worst).toBeLessThan(2);
    expect(values.every((value) => value >= low - 0.01 && value <= high + 0.01)).toBe(true);
  });

  test('what is known stays, and an empty mask is nothing to do', () => {
    const [width, height] = [30, 20];
    const mask = discIn(width, height);
    const truth = sampled(width, height);
    const values = truth.slice();
    solvePoisson(mask, values, width, height);
    values.forEach((value, i) => {
      if (mask[(i / 3) | 0] === 0) expect(value).toBe(truth[i]);
    });
    const untouched = truth.slice();
    solvePoisson(new Uint8Array(width * height), untouched, width, height);
    expect(untouched).toEqual(truth);
  });
});
