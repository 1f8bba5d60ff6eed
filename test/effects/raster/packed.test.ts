import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { between, mixed, over, packed } from '../../../src/effects/raster/packed.ts';

const { abs } = Math;

/** Red, green, blue and alpha, no colour above its alpha. */
const pixel = fc
  .tuple(
    fc.integer({ min: 0, max: 255 }),
    fc.integer({ min: 0, max: 255 }),
    fc.integer({ min: 0, max: 255 }),
    fc.integer({ min: 0, max: 255 }),
  )
  .map(([r, g, b, alpha]) => [(r * alpha) / 255, (g * alpha) / 255, (b * alpha) / 255, alpha].map(Math.floor));

const pack = (channels: readonly number[]): number => packed(new Uint8ClampedArray(channels))[0] ?? 0;
const unpack = (value: number): readonly number[] => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];

/** Within two levels of what is reckoned in floats. */
function near(found: number, wanted: readonly number[]): void {
  unpack(found).forEach((value, k) => {
    expect(abs(value - (wanted[k] ?? 0))).toBeLessThanOrEqual(2.2);
  });
}

describe('packed pixels', () => {
  test('lie over each other as floats do', () => {
    fc.assert(
      fc.property(pixel, pixel, (top, under) => {
        near(
          over(pack(top), pack(under)),
          top.map((value, k) => value + (under[k] ?? 0) * (1 - (top[3] ?? 0) / 255)),
        );
      }),
    );
  });

  test('mix as floats do, and not at all at the ends', () => {
    fc.assert(
      fc.property(pixel, pixel, fc.integer({ min: 0, max: 256 }), (one, other, share) => {
        near(
          mixed(pack(one), pack(other), share),
          one.map((value, k) => value + ((other[k] ?? 0) - value) * (share / 256)),
        );
        expect(unpack(mixed(pack(one), pack(other), 0))).toEqual(one);
        expect(unpack(mixed(pack(one), pack(other), 256))).toEqual(other);
      }),
    );
  });

  test('are sampled between four as floats are', () => {
    const share = fc.integer({ min: 0, max: 256 });
    fc.assert(
      fc.property(fc.array(pixel, { minLength: 4, maxLength: 4 }), share, share, (four, u, v) => {
        const data = packed(new Uint8ClampedArray(four.flat()));
        const at = (i: number, k: number): number => four[i]?.[k] ?? 0;
        const wanted = [0, 1, 2, 3].map((k) => {
          const [x, y] = [u / 256, v / 256];
          return (at(0, k) * (1 - x) + at(1, k) * x) * (1 - y) + (at(2, k) * (1 - x) + at(3, k) * x) * y;
        });
        near(between(data, 0, 2, u, v), wanted);
      }),
    );
  });
});
