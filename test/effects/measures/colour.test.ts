import { describe, expect, test } from '@jest/globals';
import { ciede2000 } from '../../../src/effects/measures/ciede2000.ts';
import { colour } from '../../../src/effects/measures/colour.ts';
import { continuing } from '../../../src/effects/measures/continuing.ts';
import { contourOf } from '../../../src/effects/measures/contour.ts';
import { toLab } from '../../../src/effects/raster/colour.ts';
import { type Colour, disc, inDisc, noise, viewed } from './pictures.ts';

const side = 300;
const contour = contourOf(disc(150, 150, 70), side, side);
const skin: Colour = [200, 150, 125];
const neck: Colour = [194, 144, 119];
const other: Colour = [150, 105, 90];
const cloth: Colour = [30, 60, 140];
const grainy = ([r, g, b]: Colour, x: number, y: number): Colour => {
  const n = 3 * noise(x, y);
  return [r + n, g + n, b + n];
};
/** A face, under it a neck, all around cloth. */
const portrait = (face: Colour, below: Colour) =>
  viewed(side, side, (x, y) => grainy(inDisc(x, y, 150, 150, 70) ? face : y > 170 && x > 100 && x < 200 ? below : cloth, x, y));

describe('the colour of face and neck', () => {
  const base = portrait(skin, neck);
  const throat = continuing(contour, base);
  if (throat === undefined) throw new Error('Expected a neck');

  test('is looked at where one goes on into the other', () => {
    expect(throat.count).toBeLessThan(contour.count / 2);
    for (const y of throat.ys) expect(y).toBeGreaterThan(170);
  });

  test('is unchanged where nothing changed', () => {
    expect(colour(base, base, throat)).toBe(0);
  });

  test('is off by the difference of the new face to the neck, less that of the old', () => {
    const excess = colour(portrait(other, neck), base, throat);
    const [now, before] = [ciede2000(toLab(other), toLab(neck)), ciede2000(toLab(skin), toLab(neck))];
    expect(Math.abs(excess - now + before)).toBeLessThan(0.5);
    expect(excess).toBeGreaterThan(3);
  });

  test('gets better where the new face is nearer to the neck', () => {
    expect(colour(portrait(neck, neck), base, throat)).toBeLessThan(0);
  });
});

test('where a helmet begins at the face there is nothing to differ from', () => {
  expect(continuing(contour, portrait(skin, cloth))).toBeUndefined();
  expect(continuing({ ...contour, count: 0 }, portrait(skin, neck))).toBeUndefined();
});

test('a scene that has moved is looked at where it lay', () => {
  const moved = viewed(side, side, (x, y) => grainy(inDisc(x, y, 190, 150, 70) ? skin : neck, x, y));
  expect(continuing(contour, moved)?.count).toBe(contour.count);
});
