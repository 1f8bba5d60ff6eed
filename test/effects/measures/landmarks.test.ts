import { expect, test } from '@jest/globals';
import { landmarkError } from '../../../src/effects/measures/landmarks.ts';
import type { Point } from '../../../src/faces/face.ts';

/** Eyes 100 pixels apart, all else in one place. */
const points = Array.from({ length: 68 }, (_, i): Point => (i >= 36 && i < 42 ? [100, 100] : i >= 42 && i < 48 ? [200, 100] : [150, 180]));
const moved = (by: number, which: (i: number) => boolean) =>
  points.map(([x, y], i): Point => (which(i) ? [x + 0.6 * by, y + 0.8 * by] : [x, y]));

test('what was found where it should be has no error', () => {
  expect(landmarkError(points, points)).toBe(0);
});

test('all off by 4 pixels of 100 is 0.04', () => {
  expect(
    landmarkError(
      points,
      moved(4, () => true),
    ),
  ).toBeCloseTo(0.04, 9);
});

test('a mouth off by 8 pixels counts by its 20 points of 32', () => {
  expect(
    landmarkError(
      points,
      moved(8, (i) => i >= 48),
    ),
  ).toBeCloseTo((0.08 * 20) / 32, 9);
});

test('jaw, brows and nose are not asked', () => {
  expect(
    landmarkError(
      points,
      moved(50, (i) => i < 36),
    ),
  ).toBe(0);
});

test('too few points are a fault', () => {
  expect(() => landmarkError(points, points.slice(0, 60))).toThrow('68');
});
