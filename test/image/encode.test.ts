import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { decode } from '../../src/image/decode.ts';
import { encode } from '../../src/image/encode.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { rasterize } from '../../src/image/rasterize.ts';
import { fitInside, resize } from '../../src/image/resize.ts';
import { outputTypes } from '../../src/jobs/task.ts';
import { compare } from './compare.ts';
import { sample } from './samples.ts';

const maxPixels = 50_000_000;

describe('encode', () => {
  test.each(outputTypes)('%s comes back as nearly the same picture', async (type) => {
    const picture = await decode(sample(1), { maxPixels, maxSide: 320 });
    const again = await decode(await encode(picture, type), { maxPixels });
    expect(compare(picture, again).mean).toBeLessThan(type === 'image/png' ? 0.001 : 4);
  });

  test.each(outputTypes)('%s carries no metadata', async (type) => {
    const tagged = await sharp(sample(2))
      .withExif({ IFD0: { Copyright: 'somebody' } })
      .withIccProfile('p3')
      .jpeg()
      .toBuffer();
    const encoded = await encode(await decode(tagged, { maxPixels, maxSide: 320 }), type);
    const { exif, icc, xmp, iptc, orientation } = await sharp(encoded).metadata();
    expect({ exif, icc, xmp, iptc, orientation }).toEqual({});
  });

  test('a clear pixel is white in a JPEG and clear in a PNG', async () => {
    const clear: Pixels = { width: 8, height: 8, channels: 4, data: new Uint8ClampedArray(8 * 8 * 4) };
    const jpeg = await sharp(await encode(clear, 'image/jpeg'))
      .raw()
      .toBuffer();
    expect(jpeg[0]).toBe(255);
    const png = await sharp(await encode(clear, 'image/png'))
      .raw()
      .toBuffer();
    expect(png[3]).toBe(0);
  });

  test('quality decides the size', async () => {
    const picture = await decode(sample(1), { maxPixels, maxSide: 320 });
    const [small, large] = [await encode(picture, 'image/jpeg', 40), await encode(picture, 'image/jpeg', 95)];
    expect(small.length).toBeLessThan(large.length / 2);
  });
});

describe('rasterize', () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="5" height="10" fill="#ff0000" fill-opacity="0.5"/></svg>',
  );

  test('draws at the size asked for, with straight alpha', async () => {
    const { width, height, channels, data } = await rasterize(svg, 200, 100);
    expect([width, height, channels]).toEqual([200, 100, 4]);
    const left = [...data.slice(4 * (50 * 200 + 50), 4 * (50 * 200 + 50) + 4)];
    expect(left.slice(0, 3)).toEqual([255, 0, 0]);
    expect(Math.abs((left[3] ?? 0) - 128)).toBeLessThanOrEqual(1);
    expect(data[4 * (50 * 200 + 150) + 3]).toBe(0);
  });

  test('an edge stays sharp however large it is drawn', async () => {
    const { data } = await rasterize(svg, 2000, 10);
    const alphas = Array.from({ length: 2000 }, (_, x) => data[4 * x + 3] ?? 0);
    expect(alphas.filter((alpha) => alpha > 4 && alpha < 124).length).toBeLessThanOrEqual(4);
  });
});

describe('resize', () => {
  test('takes a region at another size', async () => {
    const data = new Uint8ClampedArray(20 * 10 * 3);
    for (let y = 0; y < 10; y += 1) for (let x = 10; x < 20; x += 1) data.fill(200, 3 * (20 * y + x), 3 * (20 * y + x) + 3);
    const half = await resize({ width: 20, height: 10, channels: 3, data }, 4, 4, { left: 10, top: 0, width: 10, height: 10 });
    expect([half.width, half.height, half.channels]).toEqual([4, 4, 3]);
    expect(new Set(half.data)).toEqual(new Set([200]));
  });

  test('fitInside shrinks and never enlarges', () => {
    expect(fitInside(4000, 3000, 1080)).toEqual({ width: 1080, height: 810 });
    expect(fitInside(300, 200, 1080)).toEqual({ width: 300, height: 200 });
    expect(fitInside(10_000, 2, 100)).toEqual({ width: 100, height: 1 });
  });
});
