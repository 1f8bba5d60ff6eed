import { describe, expect, test } from '@jest/globals';
import { sharpnessRatio } from '../../../src/effects/measures/sharpness.ts';
import { disc, inDisc, noise, viewed } from './pictures.ts';

const side = 400;
const mask = disc(200, 200, 150);
const grain = (amplitude: number, size = 1) =>
  viewed(side, side, (x, y) => 128 + amplitude * noise(Math.floor(x / size), Math.floor(y / size)));

describe('sharpness', () => {
  test('is 1 where nothing changed', () => {
    expect(sharpnessRatio(grain(20), grain(20), mask, 48)).toBe(1);
  });

  test('the variance of the Laplacian grows with the square of the contrast', () => {
    expect(sharpnessRatio(grain(20), grain(10), mask, 48)).toBeGreaterThan(3.7);
    expect(sharpnessRatio(grain(20), grain(10), mask, 48)).toBeLessThan(4.2);
    expect(sharpnessRatio(grain(10), grain(20), mask, 48)).toBeCloseTo(0.25, 1);
  });

  test('a blur makes it less', () => {
    const soft = viewed(side, side, (x, y) => 128 + 5 * (noise(x, y) + noise(x + 1, y) + noise(x, y + 1) + noise(x + 1, y + 1)));
    expect(sharpnessRatio(soft, grain(20), mask, 48)).toBeLessThan(0.2);
  });

  test('is that of a face as people see it: on a larger one the finest grain counts for less', () => {
    expect(sharpnessRatio(grain(20, 4), grain(20, 4), mask, 192)).toBe(1);
    expect(sharpnessRatio(grain(20), grain(20, 4), mask, 192)).toBeLessThan(0.4);
    expect(sharpnessRatio(grain(20), grain(20, 4), mask, 48)).toBeGreaterThan(1.2);
  });

  test('what lies outside the mask, and its edge, do not count', () => {
    const outside = viewed(side, side, (x, y) => (inDisc(x, y, 200, 200, 149) ? 128 + 20 * noise(x, y) : 255 * ((x + y) % 2)));
    expect(sharpnessRatio(outside, grain(20), mask, 48)).toBeCloseTo(1, 1);
  });

  test('two flat faces are equally sharp', () => {
    expect(sharpnessRatio(grain(0), grain(0), mask, 48)).toBe(1);
  });
});
