import { describe, expect, test } from '@jest/globals';
import { apart, placeOf } from '../../../src/effects/measures/anchor.ts';
import { disc, noise, painted } from './pictures.ts';

const side = 300;
const background = (x: number, y: number) => 128 + 20 * noise(x, y);
const base = painted(side, side, background);
const mask = disc(150, 150, 140);

/** A bar of 90 by 30 pixels at a place and an angle. */
function bar(cx: number, cy: number, degrees: number) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return painted(side, side, (x, y) => {
    const [dx, dy] = [x + 0.5 - cx, y + 0.5 - cy];
    const inBar = Math.abs(dx * cos + dy * sin) < 45 && Math.abs(dy * cos - dx * sin) < 15;
    return inBar ? 250 : background(x, y);
  });
}

describe('the place of what was drawn', () => {
  test.each([
    [150, 150, 0],
    [120.5, 170.5, 30],
    [180, 140, -50],
    [150, 150, 89],
  ])('a bar at (%f, %f), turned by %f°', (x, y, degrees) => {
    const place = placeOf(bar(x, y, degrees), base, mask);
    expect(place?.centre[0]).toBeCloseTo(x, 0);
    expect(place?.centre[1]).toBeCloseTo(y, 0);
    expect(Math.abs((place?.roll ?? 999) - degrees)).toBeLessThan(1);
    expect(place?.stretch).toBeCloseTo(3, 0);
  });

  test('nowhere, when nothing was drawn', () => {
    expect(placeOf(base, base, mask)).toBeUndefined();
  });
});

test('two places are apart by their middles in a unit, and by the smaller angle of their axes', () => {
  const [a, b] = [placeOf(bar(150, 150, 85), base, mask), placeOf(bar(153, 154, -85), base, mask)];
  if (a === undefined || b === undefined) throw new Error('Expected two bars');
  expect(apart(a, b, 100).anchor).toBeCloseTo(0.05, 2);
  expect(apart(a, b, 100).roll).toBeCloseTo(10, 0);
});
