import { describe, expect, test } from '@jest/globals';
import { sharpnessRatio } from '../../../src/effects/measures/sharpness.ts';
import { disc, inDisc, noise, painted } from './pictures.ts';

const side = 400;
const mask = disc(200, 200, 150);
const grain = (amplitude: number) => painted(side, side, (x, y) => 128 + amplitude * noise(x, y));

describe('sharpness', () => {
  test('is 1 where nothing changed', () => {
    expect(sharpnessRatio(grain(20), grain(20), mask)).toBe(1);
  });

  test('the variance of the Laplacian grows with the square of the contrast', () => {
    expect(sharpnessRatio(grain(20), grain(10), mask)).toBeGreaterThan(3.8);
    expect(sharpnessRatio(grain(20), grain(10), mask)).toBeLessThan(4.2);
    expect(sharpnessRatio(grain(10), grain(20), mask)).toBeCloseTo(0.25, 1);
  });

  test('a blur makes it less', () => {
    const soft = painted(side, side, (x, y) => 128 + 5 * (noise(x, y) + noise(x + 1, y) + noise(x, y + 1) + noise(x + 1, y + 1)));
    expect(sharpnessRatio(soft, grain(20), mask)).toBeLessThan(0.2);
  });

  test('what lies outside the mask, and its edge, do not count', () => {
    const outside = painted(side, side, (x, y) => (inDisc(x, y, 200, 200, 148) ? 128 + 20 * noise(x, y) : 255 * ((x + y) % 2)));
    expect(sharpnessRatio(outside, grain(20), mask)).toBeCloseTo(1, 2);
  });

  test('two flat faces are equally sharp', () => {
    expect(sharpnessRatio(grain(0), grain(0), mask)).toBe(1);
  });
});
