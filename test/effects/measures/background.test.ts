import { describe, expect, test } from '@jest/globals';
import { background } from '../../../src/effects/measures/background.ts';
import type { Pixels } from '../../../src/image/pixels.ts';
import { disc, inDisc, noise, painted } from './pictures.ts';

const [width, height] = [300, 200];
const colour = (x: number, y: number) => 128 + 50 * noise(x, y);
const base = painted(width, height, colour);
const mask = disc(120, 90, 50);

function changed(...spots: readonly (readonly [x: number, y: number, by: number])[]): Pixels {
  const data = new Uint8ClampedArray(base.data);
  for (const [x, y, by] of spots) data[3 * (y * width + x) + 1] = (data[3 * (y * width + x) + 1] ?? 0) + by;
  return { ...base, data };
}

describe('the background', () => {
  test('is unchanged where only the mask changed', () => {
    const result = painted(width, height, (x, y) => (inDisc(x, y, 120, 90, 50) ? 10 : colour(x, y)));
    expect(background(result, base, [mask])).toBe(0);
  });

  test.each([
    ['far from the mask', 290, 190],
    ['in a corner', 0, 0],
    ['at the end of a row', 299, 90],
    ['in the corner of its area', 70, 40],
    ['five pixels beside it', 120 + 50 + 5, 90],
    ['five pixels above it', 120, 90 - 50 - 6],
  ])('one pixel that is off by 9, %s, is found', (_where, x, y) => {
    expect(background(changed([x, y, 9]), base, [mask])).toBe(9);
  });

  test('up to four pixels beside the mask nothing is said', () => {
    expect(background(changed([120 + 50 + 2, 90, 9]), base, [mask])).toBe(0);
  });

  test('the largest difference counts', () => {
    expect(background(changed([10, 10, 3], [280, 150, -20], [20, 180, 7]), base, [mask])).toBe(20);
  });

  test('several masks, beside one another and over one another', () => {
    const masks = [disc(180, 100, 40), mask, disc(130, 100, 60)];
    expect(background(changed([120, 90, 50], [215, 100, 50]), base, masks)).toBe(0);
    expect(background(changed([120, 90, 50], [250, 100, 6]), base, masks)).toBe(6);
  });

  test('without a mask all is background', () => {
    expect(background(changed([120, 90, 5]), base, [])).toBe(5);
    expect(background(base, base, [])).toBe(0);
  });

  test('a fourth channel is not a difference', () => {
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let i = 0; i < width * height; i += 1) data.set(base.data.subarray(3 * i, 3 * i + 3), 4 * i);
    expect(background(base, { ...base, channels: 4, data }, [mask])).toBe(0);
    expect(background(changed([290, 190, 9]), { ...base, channels: 4, data }, [mask])).toBe(9);
  });

  test('another size is another picture', () => {
    expect(
      background(
        painted(10, 10, () => 0),
        base,
        [mask],
      ),
    ).toBe(255);
  });
});
