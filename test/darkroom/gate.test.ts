import { describe, expect, test } from '@jest/globals';
import { inspect } from '../../src/darkroom/gate.ts';
import type { Made } from '../../src/effects/effect.ts';
import type { Detector } from '../../src/faces/detector.ts';
import type { Face, Point } from '../../src/faces/face.ts';
import { disc, inDisc, noise, painted } from '../effects/measures/pictures.ts';

/** Eyes 60 pixels apart in the middle of the picture. */
const landmarks = Array.from(
  { length: 68 },
  (_, i): Point => (i >= 36 && i < 42 ? [120, 130] : i >= 42 && i < 48 ? [180, 130] : [150, 180]),
);
const mask = disc(150, 150, 80);
const side = 300;
const colour = (x: number, y: number) => 150 + 10 * noise(x, y);
const base = painted(side, side, colour);
const picture = painted(side, side, (x, y) => (inDisc(x, y, 150, 150, 80) ? colour(x + 500, y) : colour(x, y)));
const good: Made = { picture, base, touches: [{ mask, landmarks }], measures: { tearing: 0 } };

/** An engine that finds the features so many pixels beside where they are expected, or not at all. */
function engine(off: number | undefined): Detector {
  return {
    name: 'stand-in',
    schemes: ['ibug-68'],
    detect: () => Promise.resolve([]),
    locate: (_picture, near) => {
      if (off === undefined) return Promise.resolve(undefined);
      const found: Face = {
        box: { x: 0, y: 0, width: 1, height: 1 },
        score: 1,
        pose: { yaw: 0, pitch: 0, roll: 0 },
        landmarks: near.map(([x, y]): Point => [x + off, y]),
      };
      return Promise.resolve(found);
    },
    close: () => Promise.resolve(),
  };
}

describe('a good result', () => {
  test('passes, and everything that was measured is told', async () => {
    const measures = await inspect(engine(1.2), 'fusion', good);
    expect(measures.tearing).toBe(0);
    expect(measures.background).toBe(0);
    expect(measures.landmarks).toBeCloseTo(0.02, 6);
    expect(measures.seam).toBeCloseTo(1, 1);
    expect(measures.colour).toBeCloseTo(0, 0);
    expect(measures.sharpness).toBeCloseTo(1, 0);
  });

  test('other kinds have no seam and no template to agree with', async () => {
    expect(Object.keys(await inspect(engine(0), 'reshape', good)).sort()).toEqual(['background', 'landmarks', 'tearing']);
  });

  test('of several faces the worst is told', async () => {
    const soft = painted(side, side, (x, y) => (inDisc(x, y, 150, 150, 80) ? 150 : colour(x, y)));
    const twice = { ...good, picture: soft, touches: [{ mask: disc(60, 60, 40), landmarks }, ...good.touches] };
    expect((await inspect(engine(0), 'fusion', twice)).sharpness).toBeLessThan(0.5);
  });

  test('what shows no face is not looked for', async () => {
    expect(await inspect(engine(undefined), 'conceal', { ...good, touches: [{ mask }] })).toEqual({ tearing: 0, background: 0 });
    expect(await inspect(engine(undefined), 'avatar', { picture, touches: [], measures: {} })).toEqual({});
  });

  test('features that are a little off are told and sent', async () => {
    expect((await inspect(engine(6), 'fusion', good)).landmarks).toBeCloseTo(0.1, 6);
  });
});

describe('refused is', () => {
  const refused = { name: 'Problem', code: 'poor-result', status: 422 };

  test('a warp that tore', async () => {
    await expect(inspect(engine(0), 'fusion', { ...good, measures: { tearing: 2 } })).rejects.toMatchObject({
      ...refused,
      fields: { value: 2, limit: 0 },
    });
  });

  test('a background that changed', async () => {
    const data = new Uint8ClampedArray(picture.data);
    data[0] = (data[0] ?? 0) ^ 8;
    await expect(inspect(engine(0), 'sticker', { ...good, picture: { ...picture, data } })).rejects.toMatchObject({
      ...refused,
      fields: { value: 8, limit: 0 },
    });
  });

  test('a change that no touch tells of', async () => {
    await expect(inspect(engine(0), 'sticker', { ...good, touches: [] })).rejects.toMatchObject(refused);
  });

  test('a face that is not found again', async () => {
    await expect(inspect(engine(undefined), 'fusion', good)).rejects.toMatchObject(refused);
  });

  test('a face whose features are elsewhere', async () => {
    await expect(inspect(engine(30), 'fusion', good)).rejects.toMatchObject({ ...refused, fields: { value: 0.5, limit: 0.25 } });
  });
});
