import { describe, expect, test } from '@jest/globals';
import { at, meshed } from '../../../src/effects/fusion/coarse.ts';
import { lightnessOf } from '../../../src/effects/fusion/match.ts';
import { plan as places, planFace, planned } from '../../../src/effects/fusion/plan.ts';
import type { TemplateFace } from '../../../src/effects/fusion/scene.ts';
import { closeSeam } from '../../../src/effects/fusion/seam.ts';
import { readSkin } from '../../../src/effects/fusion/skin.ts';
import type { Rendering } from '../../../src/templates/kinds/fusion.ts';
import { bareFace, hairColour, meanAt, type Paint, paintedFace, paintedSheet } from './faces.ts';

const { abs, max } = Math;

const photo: Rendering = { paint: 0, line: 0, light: 1, tint: 0, skin: 1, shadow: '#000000', highlight: '#ffffff' };

/** The template's face as a scene knows it. */
function templateOf(paint: Paint): TemplateFace {
  const coarse = paintedFace(paint);
  const { area } = paintedSheet(paint);
  const { tone, light, likely } = readSkin(coarse);
  const { width, height, colours } = coarse;
  const front = new Float32Array(likely.length);
  return { area, width, height, tone, light, colours, likely, front, form: 0.05, grain: new Int8Array(1024), graininess: 0 };
}

/** A template much darker and cooler than the user, lit from the other side. */
const other: Paint = (x, y) => {
  const [r, g, b] = bareFace(-x, y);
  return [r * 0.5, g * 0.52, b * 0.6];
};

/** How far a planned face differs in lightness from the template, mean over the cells of a part of its edge. */
function difference(paint: Paint, target: Paint, close: boolean, where: (edge: number, x: number) => boolean): number {
  const coarse = paintedFace(paint);
  const skin = readSkin(coarse);
  const face = templateOf(target);
  const plan = planFace(coarse, skin, new Float32Array(coarse.cover.length), face, photo, { form: 1 });
  if (close) closeSeam(plan, coarse, skin, face, [1, 1, 1]);
  const lightness = lightnessOf(plan, coarse);
  let [sum, count] = [0, 0];
  for (let i = 0; i < lightness.length; i++) {
    const edge = coarse.mesh[i * meshed + at.edge] ?? 1;
    if (edge === 1 || (plan.data[i * planned + places.share] ?? 0) < 0.5 || !where(edge, (i % coarse.width) / coarse.width - 0.5)) continue;
    const wanted = 0.3 * (face.colours[3 * i] ?? 0) + 0.59 * (face.colours[3 * i + 1] ?? 0) + 0.11 * (face.colours[3 * i + 2] ?? 0);
    sum += abs((lightness[i] ?? 0) - wanted);
    count++;
  }
  return sum / max(1, count);
}

describe('the seam', () => {
  const rim = (edge: number): boolean => edge > 0.68;

  test('is closed: at its edge the face is the template', () => {
    expect(difference(bareFace, other, true, rim)).toBeLessThan(1.5);
  });

  test('is closed where light alone could not: a blush at the edge of the template', () => {
    const blushing: Paint = (x, y) => {
      const [r, g, b] = other(x, y);
      return abs(x) > 0.75 && y > 0.2 ? [r * 1.15, g * 1.15, b * 1.15] : [r, g, b];
    };
    const open = difference(bareFace, blushing, false, rim);
    expect(difference(bareFace, blushing, true, rim)).toBeLessThan(open);
  });

  test('hair of the template at the edge does not bleed into the face', () => {
    const hairy: Paint = (x, y) => (y < -0.55 ? hairColour : other(x, y));
    const coarse = paintedFace(bareFace);
    const skin = readSkin(coarse);
    const face = templateOf(hairy);
    const plan = planFace(coarse, skin, new Float32Array(coarse.cover.length), face, photo, { form: 1 });
    closeSeam(plan, coarse, skin, face, [1, 1, 1]);
    const [forehead, cheek] = [meanAt(coarse, lightnessOf(plan, coarse), 0, -0.45), meanAt(coarse, lightnessOf(plan, coarse), 0, 0.4)];
    expect(forehead).toBeGreaterThan(0.85 * cheek);
  });
});
