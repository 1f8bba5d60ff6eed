import { describe, expect, test } from '@jest/globals';
import { light } from '../../../src/effects/measures/light.ts';
import type { Point } from '../../../src/faces/face.ts';
import { disc, inDisc, noise, viewed } from './pictures.ts';

const side = 300;
const mask = disc(150, 150, 90);
/** Eyes 60 pixels apart, the mouth below. */
const landmarks = Array.from(
  { length: 68 },
  (_, i): Point => (i < 36 ? [150, 90] : i < 42 ? [120, 120] : i < 48 ? [180, 120] : [150, 190]),
);
/** Grey is close to linear in L* here: from the direction in degrees (0 right, 90 below) so many levels brighter a pixel; dark where there are features. */
const lit = (degrees: number, slope: number, isFeature: (x: number, y: number) => boolean = () => false) => {
  const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return viewed(side, side, (x, y) => (isFeature(x, y) ? 20 : 140 + slope * ((x - 150) * dx + (y - 150) * dy) + 4 * noise(x, y)));
};

describe('light', () => {
  test.each([
    [0, 0],
    [0, 30],
    [170, -170],
    [45, -45],
    [0, 180],
  ])('from %i° before and from %i° now', (before, now) => {
    const { angle = Number.NaN, amplitude = Number.NaN } = light(lit(now, 0.4), lit(before, 0.4), mask, landmarks) ?? {};
    const turn = Math.abs(now - before);
    expect(Math.abs(angle - Math.min(turn, 360 - turn))).toBeLessThan(2);
    expect(amplitude).toBeCloseTo(1, 1);
  });

  test('half as strong', () => {
    const { angle, amplitude } = light(lit(20, 0.2), lit(20, 0.4), mask, landmarks) ?? {};
    expect(angle).toBeLessThan(3);
    expect(amplitude).toBeCloseTo(0.5, 1);
  });

  test('eyes, lips and a lock of hair do not count as light', () => {
    const features = (x: number, y: number) => inDisc(x, y, 120, 120, 7) || inDisc(x, y, 150, 190, 7) || inDisc(x, y, 200, 160, 12);
    const { angle, amplitude } = light(lit(0, 0.4, features), lit(0, 0.4), mask, landmarks) ?? {};
    expect(angle).toBeLessThan(6);
    expect(amplitude).toBeCloseTo(1, 1);
  });

  test('that became flat has no direction either, but is too weak', () => {
    const flat = light(lit(0, 0.02), lit(0, 0.4), mask, landmarks);
    expect(flat?.angle).toBeUndefined();
    expect(flat?.amplitude).toBeLessThan(0.1);
  });

  test('that comes from no side has no direction to miss', () => {
    expect(light(lit(0, 0.4), lit(0, 0), mask, landmarks)).toBeUndefined();
    expect(light(lit(0, 0.4), lit(0, 0.4), { ...mask, data: mask.data.map(() => 0) }, landmarks)).toBeUndefined();
  });
});
