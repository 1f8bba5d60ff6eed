import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { brushed } from '../../../src/effects/fusion/brush.ts';
import { lowpass } from '../../../src/effects/raster/lowpass.ts';
import { rasterizeMesh } from '../../../src/effects/raster/mesh.ts';
import { quickExp, quickLog } from '../../../src/effects/raster/power.ts';
import { spread } from '../../../src/effects/raster/spread.ts';
import { signedArea, triangulate } from '../../../src/effects/raster/triangulate.ts';

const { abs, exp, log, max, min } = Math;
const random = mulberry(7);

/** Numbers that look random and are the same every time. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

describe('triangulation', () => {
  const points = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 })), {
    minLength: 4,
    maxLength: 40,
    selector: ([x, y]) => `${x},${y}`,
  });

  test('no triangle is flipped and no point lies inside the circle of another', () => {
    fc.assert(
      fc.property(points, (all) => {
        // A tiny shake takes points off common lines and circles, where the answer is not unique.
        const xs = all.map(([x], i) => x + 0.01 * ((i * 37) % 17));
        const ys = all.map(([, y], i) => y + 0.01 * ((i * 53) % 19));
        const triangles = triangulate(xs, ys);
        for (let t = 0; t < triangles.length; t += 3) {
          const [a = 0, b = 0, c = 0] = triangles.subarray(t, t + 3);
          expect(signedArea(xs, ys, a, b, c)).toBeGreaterThan(0);
          for (let p = 0; p < xs.length; p++) if (p !== a && p !== b && p !== c) expect(inCircle(xs, ys, a, b, c, p)).toBeLessThan(1e-3);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Positive where p lies inside the circle through a, b and c, in relation to the size of the triangle. */
function inCircle(xs: readonly number[], ys: readonly number[], a: number, b: number, c: number, p: number): number {
  const row = (i: number): readonly [number, number, number] => {
    const x = (xs[i] ?? 0) - (xs[p] ?? 0);
    const y = (ys[i] ?? 0) - (ys[p] ?? 0);
    return [x, y, x * x + y * y];
  };
  const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = [row(a), row(b), row(c)];
  const determinant = ax * (by * cz - bz * cy) - ay * (bx * cz - bz * cx) + az * (bx * cy - by * cx);
  return determinant / max(1, az, bz, cz) ** 2;
}

describe('a mesh', () => {
  const width = 60;
  const height = 50;
  const xs = Float32Array.from([0, 60, 60, 0, 31.3]);
  const ys = Float32Array.from([0, 0, 50, 50, 22.7]);
  const triangles = Uint16Array.from([0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4]);

  test('covers every pixel, and carries places to themselves', () => {
    const values = Float32Array.from([...xs].flatMap((x, i) => [x, ys[i] ?? 0]));
    const { data } = rasterizeMesh({ xs, ys, triangles, values, count: 2 }, { x: 0, y: 0, width, height });
    let worst = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * 2;
        worst = max(worst, abs((data[at] ?? 99) - x - 0.5), abs((data[at + 1] ?? 99) - y - 0.5));
      }
    }
    expect(worst).toBeLessThan(1e-3);
  });

  test('leaves out triangles seen from behind', () => {
    const { data } = rasterizeMesh(
      { xs, ys, triangles: Uint16Array.from([1, 0, 4]), values: new Float32Array(5), count: 1 },
      { x: 0, y: 0, width, height },
    );
    expect(data.every((value) => Number.isNaN(value))).toBe(true);
  });
});

describe('filters', () => {
  const width = 37;
  const height = 23;
  const grey = (value: number): Float32Array => new Float32Array(width * height * 3).fill(value);

  test('leave an even picture even', () => {
    const weight = Float32Array.from({ length: width * height }, random);
    const plane = new Float32Array(width * height).fill(90);
    for (const out of [lowpass(grey(90), weight, width, height, 3), brushed(plane, width, height, 3)]) {
      expect(min(...out)).toBeCloseTo(90, 3);
      expect(max(...out)).toBeCloseTo(90, 3);
    }
  });

  test('low frequencies come from where there is weight only', () => {
    const data = grey(200);
    const weight = new Float32Array(width * height).fill(1);
    for (let y = 5; y < 15; y++) {
      for (let x = 10; x < 20; x++) {
        weight[y * width + x] = 0;
        for (let k = 0; k < 3; k++) data[(y * width + x) * 3 + k] = 0;
      }
    }
    expect(min(...lowpass(data, weight, width, height, 3))).toBeCloseTo(200, 3);
  });

  test('the sliding mean is the mean over the square', () => {
    const data = Float32Array.from({ length: width * height }, random);
    const fast = spread(data, width, height, 4);
    for (const [x, y] of [
      [0, 0],
      [36, 22],
      [18, 11],
      [2, 20],
      [35, 3],
    ] as const) {
      let sum = 0;
      let count = 0;
      for (let v = max(0, y - 4); v <= min(height - 1, y + 4); v++) {
        for (let u = max(0, x - 4); u <= min(width - 1, x + 4); u++, count++) sum += data[v * width + u] ?? 0;
      }
      expect(fast[y * width + x]).toBeCloseTo(sum / count, 5);
    }
  });
});

test('quick powers are near the true ones where they are used', () => {
  for (let value = 0.5; value < 3.9; value += 0.013) expect(abs(quickLog(value) - log(value))).toBeLessThan(0.005);
  for (let t = -0.7; t < 0.7; t += 0.01) expect(abs(quickExp(t) / exp(t) - 1)).toBeLessThan(0.003);
});
