import { describe, expect, test } from '@jest/globals';
import { ciede2000 } from '../../../src/effects/measures/ciede2000.ts';
import { colour } from '../../../src/effects/measures/colour.ts';
import { contourOf } from '../../../src/effects/measures/contour.ts';
import { toLab } from '../../../src/effects/raster/colour.ts';
import { type Colour, disc, inDisc, noise, painted } from './pictures.ts';

const side = 300;
const contour = contourOf(disc(150, 150, 70), side, side);
const skin: Colour = [200, 150, 125];
const neck: Colour = [190, 140, 116];
const other: Colour = [150, 105, 90];
const cloth: Colour = [30, 60, 140];
const grainy = ([r, g, b]: Colour, x: number, y: number): Colour => {
  const n = 3 * noise(x, y);
  return [r + n, g + n, b + n];
};
/** A face, under it a neck, all around cloth. */
const portrait = (face: Colour, below: Colour) =>
  painted(side, side, (x, y) => grainy(inDisc(x, y, 150, 150, 70) ? face : y > 170 && x > 100 && x < 200 ? below : cloth, x, y));

describe('the colour of face and neck', () => {
  test('is unchanged where nothing changed', () => {
    expect(colour(portrait(skin, neck), portrait(skin, neck), contour)).toBe(0);
  });

  test('is off by the difference of the new face to the neck, less that of the old', () => {
    const excess = colour(portrait(other, neck), portrait(skin, neck), contour);
    const [now, before] = [ciede2000(toLab(other), toLab(neck)), ciede2000(toLab(skin), toLab(neck))];
    expect(excess).toBeCloseTo(now - before, 0);
    expect(excess).toBeGreaterThan(3);
  });

  test('gets better where the new face is nearer to the neck', () => {
    expect(colour(portrait(neck, neck), portrait(skin, neck), contour)).toBeLessThan(0);
  });

  test('cannot be said where there is no skin beside the face', () => {
    expect(colour(portrait(other, cloth), portrait(skin, cloth), contour)).toBeUndefined();
    expect(colour(portrait(other, neck), portrait(skin, neck), { ...contour, count: 0 })).toBeUndefined();
  });
});
