import { describe, expect, test } from '@jest/globals';
import { coarseOf } from '../../../src/effects/fusion/coarse.ts';
import { makeKeen } from '../../../src/effects/fusion/keen.ts';
import { type Plan, plan as places, planned } from '../../../src/effects/fusion/plan.ts';
import type { Layer, Scene } from '../../../src/effects/fusion/scene.ts';
import { columns } from '../../../src/effects/fusion/slot.ts';
import { sharpnessRatio } from '../../../src/effects/measures/sharpness.ts';
import { viewOf } from '../../../src/effects/measures/view.ts';
import { packed } from '../../../src/effects/raster/packed.ts';
import { bareFace, meanSlot, type Paint, paintedSheet } from './faces.ts';

/** A face is laid that shows the same as the template's, but softer or harder; what comes out is held against the template by the measure that is sent. */

const eyes = 120;
const { area } = paintedSheet(bareFace);
const { xs, ys } = columns(meanSlot.rest);
const inside = new Float32Array(xs.length).fill(1);
const nothing: Layer = { area: { x: 0, y: 0, width: 0, height: 0 }, data: new Int32Array(0) };

/** The template's face with fine and coarse detail of its own. */
const detailed: Paint = (x, y) => {
  const [r, g, b] = bareFace(x, y);
  const wave = 14 * Math.sin(40 * x) * Math.cos(34 * y);
  return [r + wave, g + wave, b + wave];
};
/** Its contrast around a middle grey made weaker or stronger. */
const contrast =
  (factor: number): Paint =>
  (x, y) => {
    const [r, g, b] = detailed(x, y);
    return [150 + factor * (r - 150), 130 + factor * (g - 130), 110 + factor * (b - 110)];
  };

const whole = pictureOf(detailed);

function pictureOf(paint: Paint) {
  const size = 600;
  const data = new Uint8ClampedArray(size * size * 3);
  const sheet = paintedSheet(paint);
  for (let y = 0; y < area.height; y++) {
    data.set(sheet.data.subarray(3 * y * area.width, 3 * (y + 1) * area.width), 3 * ((area.y + y) * size + area.x));
  }
  return { width: size, height: size, channels: 3 as const, data };
}

/** Nothing lies before the face. */
const scene: Scene = {
  ...{ whole, frame: area, slots: [] },
  ...{ stillBehind: nothing, movingBehind: nothing, movingFront: nothing, stillFront: nothing },
};

/** The measure on the result of laying that face at a strength, with and without being made keen. */
function ratioOf(paint: Paint, strength: number, keen: boolean, drawn: boolean): number {
  const sheet = paintedSheet(paint);
  const coarse = coarseOf(sheet, xs, ys, meanSlot.rest, inside, meanSlot.order);
  const plan: Plan = { width: coarse.width, height: coarse.height, data: new Float32Array(coarse.cover.length * planned), drawn };
  for (let i = 0; i < coarse.cover.length; i++) plan.data[i * planned + places.share] = (coarse.cover[i] ?? 0) > 0.5 ? 1 : 0;
  const rgba = new Uint8ClampedArray(area.width * area.height * 4).fill(255);
  for (let i = 0; i < area.width * area.height; i++) rgba.set(sheet.data.subarray(3 * i, 3 * i + 3), 4 * i);
  const data = packed(rgba);
  if (keen) makeKeen(data, area, plan, coarse, scene, meanSlot.rest, eyes, strength);
  const result = { ...whole, data: whole.data.slice() };
  for (let i = 0; i < data.length; i++) {
    const at = 3 * ((area.y + ((i / area.width) | 0)) * whole.width + area.x + (i % area.width));
    for (let k = 0; k < 3; k++) {
      const under = whole.data[at + k] ?? 0;
      result.data[at + k] = under + strength * ((rgba[4 * i + k] ?? 0) - under);
    }
  }
  const mask = { area, data: new Uint8Array(area.width * area.height).fill(255) };
  return sharpnessRatio(viewOf(result), viewOf(whole), mask, eyes);
}

describe('a face is as sharp as the template', () => {
  test.each([
    [0.45, 1],
    [0.3, 0.5],
    [0.6, 0.75],
  ])('contrast %s, strength %s: brought out', (factor, strength) => {
    expect(ratioOf(contrast(factor), strength, false, false)).toBeLessThan(0.6);
    const made = ratioOf(contrast(factor), strength, true, false);
    expect(made).toBeGreaterThan(0.7);
    expect(made).toBeLessThan(1.4);
  });

  test('too hard a one is softened', () => {
    expect(ratioOf(contrast(1.5), 1, false, false)).toBeGreaterThan(1.6);
    expect(ratioOf(contrast(1.5), 1, true, false)).toBeLessThan(1.5);
  });

  test('one that is as sharp already is left as it is, to the bit', () => {
    expect(ratioOf(detailed, 1, true, true)).toBe(1);
  });

  test('in a drawn scene a face without any detail gets lines, in a photo it does not', () => {
    const flat: Paint = () => [150, 130, 110];
    expect(ratioOf(flat, 1, true, false)).toBeLessThan(0.1);
    expect(ratioOf(flat, 1, true, true)).toBeGreaterThan(3 * ratioOf(flat, 1, true, false));
  });
});
