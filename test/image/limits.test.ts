import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { bytesPerPixel, mostPixels } from '../../src/image/cost.ts';
import { decode } from '../../src/image/decode.ts';
import { probe } from '../../src/image/probe.ts';
import { codedOf, heicOf, heifOf } from '../kit/heif.ts';
import { drawing } from './drawing.ts';
import { scanBomb } from './headers.ts';

/** Limits before decoding: by what a header claims, and by what a pixel of that kind of file costs (docs/inputs.md). */

const [width, height] = [400, 300];
const pixels = width * height;
let png: Buffer;
beforeAll(async () => {
  png = await drawing(width, height);
});

const kinds: readonly (readonly [name: string, encode: (picture: Sharp) => Sharp, share: number])[] = [
  ['a JPEG', (picture) => picture.jpeg(), 1],
  ['a progressive JPEG, 4:2:0', (picture) => picture.jpeg({ progressive: true }), 1],
  ['a progressive JPEG, 4:4:4', (picture) => picture.jpeg({ progressive: true, chromaSubsampling: '4:4:4' }), 0.8],
  ['a progressive JPEG, CMYK', (picture) => picture.toColourspace('cmyk').jpeg({ progressive: true }), 0.6],
  ['a PNG', (picture) => picture.png(), 1],
  ['an interlaced PNG of 16 bits', (picture) => picture.removeAlpha().toColourspace('rgb16').png({ progressive: true }), 0.5],
  ['a WebP', (picture) => picture.webp(), 1],
  ['an AVIF', (picture) => picture.avif({ effort: 0 }), 0.25],
];

describe('what a decoder holds whole may have fewer pixels', () => {
  test.each(kinds)('%s', async (_name, encode, share) => {
    const encoded = await encode(sharp(png)).toBuffer();
    const limit = mostPixels(1_000_000, bytesPerPixel(await sharp(encoded).metadata()));
    expect(limit / 1_000_000).toBeGreaterThan(share - 0.06);
    expect(limit / 1_000_000).toBeLessThanOrEqual(share + 0.06);
    // The largest setting that refuses this picture, and the smallest that lets it through.
    const [below, above] = [Math.floor(((pixels - 1) * 1_000_000) / limit), Math.ceil(((pixels + 1) * 1_000_000) / limit)];
    await expect(probe(encoded, below)).rejects.toMatchObject({ code: 'image-too-large', fields: { value: pixels } });
    expect(await probe(encoded, above)).toMatchObject({ width, height });
  });

  test('a HEIC in one piece, but not one in tiles', async () => {
    const tile = codedOf(heicOf(await drawing(128, 128)));
    const tiles = [tile, tile, tile, tile];
    expect(await probe(heifOf(tiles, { columns: 2 }), 4 * 128 * 128)).toMatchObject({ width: 256 });
    const single = heifOf([codedOf(heicOf(await drawing(256, 256)))]);
    await expect(probe(single, 4 * 128 * 128)).rejects.toMatchObject({ code: 'image-too-large' });
  });

  test('and the problem says why', async () => {
    const encoded = await sharp(png).avif({ effort: 0 }).toBuffer();
    await expect(probe(encoded, pixels)).rejects.toThrow(
      '400 × 300, more than 30000 pixels, the most for a picture that has to be decoded as a whole',
    );
  });
});

describe('a bomb costs nothing', () => {
  const peak = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

  test('a thousand frames are one', async () => {
    const frame = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#ff0000' } })
      .png()
      .toBuffer();
    const animation = await sharp(
      Array.from({ length: 1000 }, () => frame),
      { join: { animated: true }, limitInputPixels: false },
    )
      .gif({ effort: 1, keepDuplicateFrames: true })
      .toBuffer();
    expect((await probe(animation, 100_000)).pages).toBe(1000);
    const before = peak();
    expect(await decode(animation, { maxPixels: 100_000 })).toMatchObject({ width: 300, height: 200 });
    expect(peak() - before).toBeLessThan(64);
  });

  test.each(['png', 'webp', 'tiff', 'gif'] as const)('a %s of 60 megapixels in one colour is refused unread', async (format) => {
    const encoded = await sharp({ create: { width: 7750, height: 7750, channels: 3, background: '#00ff00' }, limitInputPixels: false })
      .toFormat(format, { effort: 1, compression: 'lzw' })
      .toBuffer();
    const before = peak();
    await expect(decode(encoded, { maxPixels: 50_000_000 })).rejects.toMatchObject({
      code: 'image-too-large',
      fields: { value: 60_062_500 },
    });
    expect(peak() - before).toBeLessThan(16);
  });

  test('a progressive JPEG cannot have scans without end', async () => {
    // Every scan is right, and each of them costs the decoder all blocks.
    expect(await decode(scanBomb(400, 300, 64), { maxPixels: 50_000_000 })).toMatchObject({ width: 400, height: 300 });
    const problem = { code: 'unreadable-image', message: 'The JPEG has too many scans.' };
    await expect(decode(scanBomb(7000, 7000, 694), { maxPixels: 50_000_000 })).rejects.toMatchObject(problem);
  });
});
