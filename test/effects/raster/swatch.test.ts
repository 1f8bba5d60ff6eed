import { describe, expect, test } from '@jest/globals';
import { doubled, reduced } from '../../../src/effects/raster/swatch.ts';
import type { Pixels } from '../../../src/image/pixels.ts';

/** A picture whose red grows to the right, whose green grows downwards and whose blue is chequered. */
function ramp(width: number, height: number, channels: 3 | 4): Pixels {
  const data = new Uint8ClampedArray(width * height * channels).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels;
      data[at] = 4 * x;
      data[at + 1] = 4 * y;
      data[at + 2] = 100 * ((x + y) % 2);
    }
  }
  return { width, height, channels, data };
}

describe('a swatch', () => {
  test.each([3, 4] as const)('of a picture with %i channels has each pixel once when it is not reduced', (channels) => {
    const { width, height, data } = reduced(ramp(40, 30, channels), { x: 5, y: 7, width: 20, height: 10 }, 1);
    expect([width, height]).toEqual([20, 10]);
    expect([...data.subarray(3 * 23, 3 * 23 + 3)]).toEqual([4 * (5 + 3), 4 * (7 + 1), 100 * ((5 + 3 + 7 + 1) % 2)]);
  });

  test('is the mean over squares when it is reduced: nothing is skipped', () => {
    const { width, height, data } = reduced(ramp(60, 60, 3), { x: 0, y: 0, width: 60, height: 60 }, 4);
    expect([width, height]).toEqual([15, 15]);
    for (let i = 0; i < 15 * 15; i++) {
      const [x, y] = [i % 15, (i / 15) | 0];
      expect([...data.subarray(3 * i, 3 * i + 3)]).toEqual([4 * (4 * x + 1.5), 4 * (4 * y + 1.5), 50]);
    }
  });

  test('stays the same slope when it is doubled, and lies where it lay', () => {
    const { width, height, data } = doubled(reduced(ramp(30, 20, 3), { x: 0, y: 0, width: 30, height: 20 }, 1));
    expect([width, height]).toEqual([60, 40]);
    for (let y = 4; y < 36; y++) {
      for (let x = 4; x < 56; x++) {
        const at = 3 * (y * width + x);
        // The middle of a new pixel lies at half its place in the old picture, whose pixels have their middles at a half.
        expect(data[at]).toBe(4 * ((x + 0.5) / 2 - 0.5));
        expect(data[at + 1]).toBe(4 * ((y + 0.5) / 2 - 0.5));
      }
    }
  });
});
