import { describe, expect, test } from '@jest/globals';
import { contourOf } from '../../../src/effects/measures/contour.ts';
import { seam } from '../../../src/effects/measures/seam.ts';
import { disc, inDisc, noise, viewed } from './pictures.ts';

const side = 300;
const contour = contourOf(disc(150, 150, 70), side, side);
const inside = (x: number, y: number) => inDisc(x, y, 150, 150, 70);
const grain = (x: number, y: number) => 128 + 12 * noise(x, y);

describe('the seam', () => {
  test('is 1 where nothing changed', () => {
    const picture = viewed(side, side, grain);
    expect(seam(picture, picture, contour)).toBe(1);
  });

  test('is 1 where the inside is another picture of the same grain and lightness', () => {
    const result = viewed(side, side, (x, y) => (inside(x, y) ? grain(x + 1000, y) : grain(x, y)));
    expect(seam(result, viewed(side, side, grain), contour)).toBeCloseTo(1, 1);
  });

  test('on flat colours is the step over what nobody sees: a step of 10 L* over 4 pixels beside 0.5', () => {
    // sRGB 119 is L* 50, 145 is L* 60.
    const result = viewed(side, side, (x, y) => (inside(x, y) ? 145 : 119));
    expect(
      seam(
        result,
        viewed(side, side, () => 119),
        contour,
      ),
    ).toBeCloseTo((10 / 4 + 0.5) / 0.5, 0);
  });

  test('grows with the step, and a soft step shows less', () => {
    const base = viewed(side, side, grain);
    const stepped = (step: number, softness: number) =>
      viewed(side, side, (x, y) => {
        const depth = 70 - Math.hypot(x + 0.5 - 150, y + 0.5 - 150);
        return grain(x, y) + step * Math.min(1, Math.max(0, 0.5 + depth / softness));
      });
    const values = [4, 12, 30].map((step) => seam(stepped(step, 0.01), base, contour));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(values[0]).toBeLessThan(1.15);
    expect(values[2]).toBeGreaterThan(1.15);
    expect(seam(stepped(30, 60), base, contour)).toBeLessThan(1.1);
  });

  test('an edge that the base has there too is no seam', () => {
    const edge = (x: number, y: number) => grain(x, y) + (inside(x, y) ? 60 : 0);
    expect(seam(viewed(side, side, edge), viewed(side, side, edge), contour)).toBe(1);
  });
});
