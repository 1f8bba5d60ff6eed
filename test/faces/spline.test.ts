import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Point } from '../../src/faces/face.ts';
import { thinPlate } from '../../src/faces/spline.ts';

const number = fc.double({ min: -100, max: 100, noNaN: true });
const from: readonly Point[] = Array.from({ length: 12 }, (_, i): Point => [30 * Math.cos(2 * i) + i, 30 * Math.sin(3 * i) - i]);

test('goes through every target', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { minLength: 12, maxLength: 12 }), (to) => {
      const spline = thinPlate(from, to);
      from.forEach(([x, y], i) => {
        expect(spline(x, y)[0]).toBeCloseTo(to[i]?.[0] ?? Number.NaN, 5);
        expect(spline(x, y)[1]).toBeCloseTo(to[i]?.[1] ?? Number.NaN, 5);
      });
    }),
  );
});

test('does not bend where nothing is bent: it carries on any affine map, also far away', () => {
  fc.assert(
    fc.property(fc.array(number, { minLength: 6, maxLength: 6 }), ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) => {
      const map = ([x, y]: Point): Point => [a * x + b * y + c, d * x + e * y + f];
      const [x, y] = thinPlate(from, from.map(map))(500, -300);
      const [u, v] = map([500, -300]);
      expect(Math.abs(x - u)).toBeLessThan(1e-3);
      expect(Math.abs(y - v)).toBeLessThan(1e-3);
    }),
  );
});

test('a stiff one passes by', () => {
  const to = from.map(([x, y], i): Point => [x + (i % 2 === 0 ? 5 : -5), y]);
  const miss = (stiffness: number) => {
    const spline = thinPlate(from, to, stiffness);
    return Math.max(...from.map(([x, y], i) => Math.abs(spline(x, y)[0] - (to[i]?.[0] ?? 0))));
  };
  expect(miss(0)).toBeLessThan(1e-6);
  expect(miss(10)).toBeGreaterThan(2);
});
