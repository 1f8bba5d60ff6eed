import { describe, expect, test } from '@jest/globals';
import { neutralTone, readSkin } from '../../../src/effects/fusion/skin.ts';
import { findStray } from '../../../src/effects/fusion/stray.ts';
import { toLab } from '../../../src/effects/raster/colour.ts';
import { bareFace, hairColour, meanAt, type Paint, paintedFace, skinColour } from './faces.ts';

const { abs, hypot } = Math;

/** What is found of something painted over the bare face. */
function found(over: Paint | undefined, at: readonly [number, number], template = false): number {
  const coarse = paintedFace((x, y) => {
    const [r, g, b] = over?.(x, y) ?? [-1, 0, 0];
    return r < 0 ? bareFace(x, y) : [r, g, b];
  });
  return meanAt(coarse, findStray(coarse, readSkin(coarse), template), at[0], at[1]);
}

/** A colour within a shape. */
const shape =
  (within: (x: number, y: number) => boolean, colour: readonly [number, number, number] = hairColour): Paint =>
  (x, y) =>
    within(x, y) ? colour : [-1, 0, 0];

describe('what hides a face', () => {
  test('nothing hides a bare face', () => {
    for (const at of [
      [0, -0.6],
      [0.8, 0],
      [-0.7, 0.5],
      [0, 1.2],
      [0.5, 0.4],
    ] as const)
      expect(found(undefined, at)).toBe(0);
  });

  test('a fringe is found, up to its edge', () => {
    const fringe = shape((_, y) => y < -0.5);
    expect(found(fringe, [0, -0.65])).toBeGreaterThan(0.95);
    expect(found(fringe, [0.5, -0.65])).toBeGreaterThan(0.95);
    expect(found(fringe, [0, -0.1])).toBe(0);
  });

  test('so is a strand beside the cheek, and the cheek that it cuts off', () => {
    const strand = shape((x) => abs(x - 0.78) < 0.06);
    expect(found(strand, [0.78, 0.3])).toBeGreaterThan(0.9);
    expect(found(strand, [0.87, 0.3])).toBeGreaterThan(0.7);
    expect(found(strand, [-0.78, 0.3])).toBe(0);
  });

  test('a mole and a painted cheek stay', () => {
    expect(
      found(
        shape((x, y) => hypot(x - 0.6, y - 0.4) < 0.06),
        [0.6, 0.4],
      ),
    ).toBe(0);
    expect(
      found(
        shape((x, y) => hypot(x, y + 0.55) < 0.07, [180, 20, 30]),
        [0, -0.55],
      ),
    ).toBe(0);
  });

  test('a beard stays, hair along the jaw does not', () => {
    const beard = shape((x, y) => y > 0.75 && hypot(x / 0.38, (y - 0.85) / 0.14) > 1);
    expect(found(beard, [0.6, 0.9])).toBeLessThan(0.1);
    const hair = shape((x, y) => y > 0.3 && x > 0.62);
    expect(found(hair, [0.7, 0.7])).toBeGreaterThan(0.9);
  });

  test('the frame of spectacles stays, because it crosses the nose', () => {
    const frame = (bridge: boolean): Paint =>
      shape((x, y) => {
        const ring = hypot((abs(x) - 0.5) / 0.36, (y - 0.02) / 0.26);
        const temple = abs(x) > 0.8 && abs(y + 0.05) < 0.05;
        return (ring > 0.85 && ring < 1.05) || temple || (bridge && abs(x) < 0.2 && abs(y + 0.05) < 0.06);
      });
    expect(found(frame(true), [0.86, 0])).toBeLessThan(0.2);
    expect(found(frame(false), [0.86, 0])).toBeGreaterThan(0.8);
  });

  test("of a template's hair more is believed: a lock over the eye", () => {
    const lock = shape((x, y) => x > 0.55 && y < 0.4);
    expect(found(lock, [0.66, 0], true)).toBeGreaterThan(0.7);
    expect(found(undefined, [0.7, -0.27], true)).toBe(0);
  });
});

describe('skin', () => {
  test('its tone is that of the cheeks, its light that which falls on it, whatever hair there is', () => {
    for (const hair of [() => false, (_: number, y: number) => y < -0.45, (x: number) => x > 0.6]) {
      const coarse = paintedFace((x, y) => (hair(x, y) ? hairColour : bareFace(x, y)));
      const { tone, light, likely } = readSkin(coarse);
      expect(abs(tone[0] - skinColour[0])).toBeLessThan(12);
      const [left, right] = [meanAt(coarse, light, -0.5, 0.4, 3), meanAt(coarse, light, 0.5, 0.4, 3)];
      expect(left / skinColour[0]).toBeCloseTo(1.09, 1);
      expect(right / skinColour[0]).toBeCloseTo(0.91, 1);
      expect(meanAt(coarse, likely, -0.4, 0.45)).toBeGreaterThan(0.9);
    }
  });

  test('under a beard its light is guessed from above, so the beard stays dark', () => {
    const coarse = paintedFace((x, y) => (y > 0.7 ? hairColour : bareFace(x, y)));
    expect(meanAt(coarse, readSkin(coarse).light, 0, 1.25, 3)).toBeGreaterThan(0.6 * skinColour[0]);
  });

  test('in any light it comes to a hue that skin has, and keeps its order from dark to light', () => {
    let before = 0;
    for (const level of [30, 60, 100, 150, 200, 240]) {
      const [light, a, b] = toLab(neutralTone([level, level * 0.5, level * 1.2]));
      const hue = (Math.atan2(b, a) * 180) / Math.PI;
      expect(hue).toBeGreaterThan(45);
      expect(hue).toBeLessThan(62);
      expect(light).toBeGreaterThan(before);
      before = light;
    }
  });
});
