import { describe, expect, test } from '@jest/globals';
import { coverage, curve, ellipse, type Path, paint, shareAt, stroke } from '../../../src/effects/raster/shapes.ts';
import type { Pixels } from '../../../src/image/pixels.ts';

const { hypot, PI } = Math;

const sheet = (): Pixels => ({ width: 60, height: 50, channels: 3, data: new Uint8ClampedArray(60 * 50 * 3) });
const area = (path: Path): number => coverage(path, 60, 50).data.reduce((sum, share) => sum + share / 255, 0);
const moved = (path: Path, x: number, y: number): Path => path.map(([u, v]) => [u + x, v + y]);

describe('the coverage of a path', () => {
  test.each([
    [
      'a square between pixels',
      [
        [10.25, 10.5],
        [20.75, 10.5],
        [20.75, 18.25],
        [10.25, 18.25],
      ] as Path,
      10.5 * 7.75,
    ],
    [
      'a thin slanted triangle',
      [
        [5, 5],
        [50, 12],
        [48, 13],
      ] as Path,
      0.5 * Math.abs(45 * 8 - 43 * 7),
    ],
    ['an ellipse', moved(ellipse(14, 9, 200), 30, 25), PI * 14 * 9],
  ])('of %s adds up to its area', (_name, path, expected) => {
    expect(area(path)).toBeCloseTo(expected, 0);
    expect(area(path.toReversed())).toBeCloseTo(expected, 0);
  });

  test('is exact on a pixel that is cut', () => {
    const mask = coverage(
      [
        [10, 10],
        [20.25, 10],
        [20.25, 20],
        [10, 20],
      ],
      60,
      50,
    );
    expect(shareAt(mask, 15, 15)).toBe(255);
    expect(shareAt(mask, 20, 15)).toBe(64);
    expect(shareAt(mask, 21, 15)).toBe(0);
  });

  test('ends at the edges of the picture', () => {
    expect(area(moved(ellipse(20, 20, 200), 0, 25))).toBeCloseTo((PI * 400) / 2, -1);
    expect(area(moved(ellipse(5, 5), 200, 200))).toBe(0);
    expect(coverage(moved(ellipse(5, 5), -20, 10), 60, 50).data).toHaveLength(0);
  });
});

describe('lines', () => {
  test('a curve runs through its points, smoothly', () => {
    const points: Path = [
      [0, 0],
      [10, 8],
      [20, 0],
      [30, 8],
    ];
    const line = curve(points, false, 10);
    for (const [x, y] of points) expect(line.some(([u, v]) => hypot(u - x, v - y) < 1e-9)).toBe(true);
    for (let i = 1; i < line.length; i++) {
      const [[x0, y0], [x1, y1]] = [line[i - 1] ?? [0, 0], line[i] ?? [0, 0]];
      expect(hypot(x1 - x0, y1 - y0)).toBeLessThan(2.5);
    }
  });

  test('a stroke is as wide as it is told, and tapers', () => {
    const line: Path = Array.from({ length: 41 }, (_, i) => [10 + i, 25]);
    const mask = coverage(
      stroke(line, (t) => 8 * (1 - t)),
      60,
      50,
    );
    const width = (x: number): number =>
      Array.from({ length: 50 }, (_, y) => shareAt(mask, x, y) / 255).reduce((sum, share) => sum + share, 0);
    expect(width(12)).toBeCloseTo(8 * (1 - 2.5 / 40), 1);
    expect(width(30)).toBeCloseTo(8 * (1 - 20.5 / 40), 1);
    expect(width(48)).toBeLessThan(0.6);
  });
});

describe('painting', () => {
  test('mixes by coverage and opacity, and stays within its clip', () => {
    const target = sheet();
    const square = coverage(
      [
        [10, 10],
        [30, 10],
        [30, 30],
        [10, 30],
      ],
      60,
      50,
    );
    const clip = coverage(
      [
        [20, 0],
        [60, 0],
        [60, 50],
        [20, 50],
      ],
      60,
      50,
    );
    paint(target, square, [200, 100, 0], 0.5, clip);
    const at = (x: number, y: number) => Array.from(target.data.subarray((y * 60 + x) * 3, (y * 60 + x) * 3 + 3));
    expect(at(25, 15)).toEqual([100, 50, 0]);
    expect(at(15, 15)).toEqual([0, 0, 0]);
    expect(at(40, 15)).toEqual([0, 0, 0]);
  });

  test('a colour may depend on the place', () => {
    const target = sheet();
    paint(
      target,
      coverage(
        [
          [0, 0],
          [60, 0],
          [60, 50],
          [0, 50],
        ],
        60,
        50,
      ),
      (x, y) => [x, y, 7],
    );
    expect(Array.from(target.data.subarray((20 * 60 + 30) * 3, (20 * 60 + 30) * 3 + 3))).toEqual([30, 20, 7]);
  });
});
