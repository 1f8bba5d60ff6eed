import { expect, test } from '@jest/globals';
import { viewOf } from '../../../src/effects/measures/view.ts';
import { painted, viewed } from './pictures.ts';

// sRGB 119 is L* 50, 145 is L* 60.
const halves = (x: number) => (x < 10 ? 119 : 145);

test('lightness lies between that of the pixels around a place, whose middles are at halves', () => {
  const view = viewed(20, 20, halves);
  expect(view.lightness(9.5, 5.5)).toBeCloseTo(50, 0);
  expect(view.lightness(10, 5.5)).toBeCloseTo(55, 0);
  expect(view.lightness(10.5, 5.5)).toBeCloseTo(60, 0);
});

test('a mean is that of four pixels around a place', () => {
  const view = viewed(20, 20, halves);
  expect(view.mean(10, 10, 1)).toBeCloseTo(55, 0);
  expect(view.mean(10, 10, 0.25)).toBeCloseTo(55, 0);
  expect(view.mean(12, 10, 1)).toBeCloseTo(60, 0);
});

test('beyond the edge it goes on', () => {
  const view = viewed(20, 20, halves);
  expect(view.lightness(-5, 30)).toBe(view.lightness(0.5, 19.5));
  expect(view.colour(50, -3)).toEqual([145, 145, 145]);
});

test('a picture whose parts have moved is looked at where they lay', () => {
  const view = viewOf(painted(20, 20, halves), (x, y, out) => out.set([x + 4, y]));
  expect(view.colour(5, 5)).toEqual([119, 119, 119]);
  expect(view.colour(6, 5)).toEqual([145, 145, 145]);
  expect(view.lightness(6.5, 5.5)).toBeCloseTo(60, 0);
});
