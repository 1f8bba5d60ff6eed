import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { decode } from '../../src/image/decode.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { probe } from '../../src/image/probe.ts';
import { resize } from '../../src/image/resize.ts';
import { compare } from './compare.ts';
import { bombPng, heicHeader } from './headers.ts';
import { sample } from './samples.ts';

const maxPixels = 50_000_000;
const photo = sample(1);

type Quarter = 0 | 90 | 180 | 270;

/** What EXIF's orientations 1 to 8 ask for: first left and right change places, or not, then a turn with the clock. */
const orientations: readonly (readonly [orientation: number, flop: boolean, turn: Quarter])[] = [
  [1, false, 0],
  [2, true, 0],
  [3, false, 180],
  [4, true, 180],
  [5, true, 270],
  [6, false, 90],
  [7, true, 90],
  [8, false, 270],
];

describe.each(['jpeg', 'png', 'webp', 'tiff'] as const)('the eight orientations of a %s', (format) => {
  const stored = (orientation: number) => sharp(photo).resize(403, 301).withMetadata({ orientation }).toFormat(format).toBuffer();

  /** The stored pixels, put upright by plain copying. */
  async function copied(flop: boolean, turn: Quarter): Promise<Pixels> {
    const { width, height, data } = await decode(await stored(1), { maxPixels });
    const [w, h] = turn % 180 === 0 ? [width, height] : [height, width];
    const out = new Uint8ClampedArray(data.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const u = flop ? width - 1 - x : x;
        const to = { 0: [u, y], 90: [height - 1 - y, u], 180: [width - 1 - u, height - 1 - y], 270: [y, width - 1 - u] }[turn];
        for (let c = 0; c < 3; c++) out[((to[1] ?? 0) * w + (to[0] ?? 0)) * 3 + c] = data[(y * width + x) * 3 + c] ?? 0;
      }
    }
    return { width: w, height: h, channels: 3, data: out };
  }

  test.each(orientations)('%i', async (orientation, flop, turn) => {
    const encoded = await stored(orientation);
    const wanted = await copied(flop, turn);
    expect(await probe(encoded, maxPixels)).toMatchObject({ orientation, width: wanted.width, height: wanted.height });
    expect(compare(await decode(encoded, { maxPixels }), wanted).largest).toBeLessThanOrEqual(2);
    // Shrunk while it is decoded, the order of turning and shrinking must not show either.
    const small = await decode(encoded, { maxPixels, maxSide: 150 });
    expect(compare(small, await resize(wanted, small.width, small.height)).mean).toBeLessThan(2);
  });
});

/** The same AVIF with the container's brand in front; `avif` is still among its brands. */
function renamed(avif: Buffer): Buffer {
  const out = Buffer.from(avif);
  out.write('mif1', 8, 'latin1');
  return out;
}

describe('every kind of file becomes 8-bit sRGB with 3 channels', () => {
  const plain = () => sharp(photo).resize(480);
  const cases: readonly [name: string, make: () => Promise<Buffer>, mean: number][] = [
    ['Display P3', () => plain().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(), 2],
    // Ink reaches fewer colours than light; a CMYK picture taken for RGB or inverted would be off by 80 and more.
    ['CMYK', () => plain().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 95 }).toBuffer(), 20],
    ['16-bit PNG', () => plain().toColourspace('rgb16').png().toBuffer(), 1],
    ['PNG with alpha', () => plain().ensureAlpha().png().toBuffer(), 1],
    ['CMYK without a profile', () => plain().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(), 20],
    ['progressive JPEG', () => plain().jpeg({ progressive: true, quality: 95 }).toBuffer(), 2],
    ['WebP', () => plain().webp({ quality: 95 }).toBuffer(), 3],
    ['palette', () => plain().png({ palette: true, colours: 256 }).toBuffer(), 6],
    ['10-bit AVIF', () => plain().avif({ quality: 80, effort: 1, bitdepth: 10 }).toBuffer(), 3],
    ['AVIF that names its container first', async () => renamed(await plain().avif({ quality: 80, effort: 1 }).toBuffer()), 3],
    ['AVIF', () => plain().avif({ quality: 80, effort: 1 }).toBuffer(), 3],
    ['TIFF', () => plain().tiff({ compression: 'lzw' }).toBuffer(), 1],
    ['GIF', () => plain().gif().toBuffer(), 6],
  ];
  test.each(cases)('%s', async (_name, make, mean) => {
    const upright = await decode(await plain().png().toBuffer(), { maxPixels });
    expect(compare(upright, await decode(await make(), { maxPixels })).mean).toBeLessThanOrEqual(mean);
  });

  test.each([true, false])('CMYK stays upright, white being white, with the segment of Adobe: %p', async (kept) => {
    const white = sharp({ create: { width: 16, height: 16, channels: 3, background: '#ffffff' } });
    const jpeg = await white.toColourspace('cmyk').jpeg().toBuffer();
    // APP14 says that the samples are stored inverted. Everybody stores them so, and not everybody says it.
    const at = jpeg.indexOf(Buffer.from([0xff, 0xee]));
    const plainly = Buffer.concat([jpeg.subarray(0, at), jpeg.subarray(at + 2 + jpeg.readUInt16BE(at + 2))]);
    expect(Math.min(...(await decode(kept ? jpeg : plainly, { maxPixels })).data)).toBeGreaterThan(250);
  });

  test('grey', async () => {
    const picture = await decode(await plain().greyscale().png().toBuffer(), { maxPixels });
    expect(picture.channels).toBe(3);
    expect(picture.data[0]).toBe(picture.data[1]);
  });

  test('what is transparent lies on white', async () => {
    const clear = await sharp({ create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toBuffer();
    expect(new Set((await decode(clear, { maxPixels })).data)).toEqual(new Set([255]));
  });

  test('an animation is its first frame', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 20, height: 10, channels: 3, background } })
        .png()
        .toBuffer();
    const animation = await sharp([await frame('#ff0000'), await frame('#0000ff')], { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await probe(animation, maxPixels)).pages).toBe(2);
    const picture = await decode(animation, { maxPixels });
    expect([picture.width, picture.height]).toEqual([20, 10]);
    expect([...picture.data.slice(0, 3)]).toEqual([255, 0, 0]);
  });
});

describe('size', () => {
  test('a large photo is shrunk to the longest side asked for', async () => {
    const picture = await decode(photo, { maxPixels, maxSide: 300 });
    expect(Math.max(picture.width, picture.height)).toBe(300);
    expect(picture.data.length).toBe(picture.width * picture.height * 3);
  });

  test('a small photo is never enlarged', async () => {
    const { width, height } = await probe(photo, maxPixels);
    const picture = await decode(photo, { maxPixels, maxSide: 5000 });
    expect([picture.width, picture.height]).toEqual([width, height]);
  });
});

describe('what is refused', () => {
  const cases: readonly [name: string, make: () => Promise<Buffer> | Buffer, code: string][] = [
    ['nothing at all', () => Buffer.alloc(0), 'unreadable-image'],
    ['text', () => Buffer.from('not an image, only words about one'), 'unsupported-image-type'],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'unsupported-image-type'],
    ['a HEIC that is all header', () => heicHeader(), 'unreadable-image'],
    ['a PDF', () => Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj'), 'unsupported-image-type'],
    ['a JPEG cut off in its header', () => photo.subarray(0, 40), 'unreadable-image'],
    ['a JPEG cut off in the middle', () => photo.subarray(0, photo.length >> 1), 'unreadable-image'],
    ['a PNG cut off in the middle', async () => (await sharp(photo).resize(200).png().toBuffer()).subarray(0, 20_000), 'unreadable-image'],
    ['a WebP cut off in the middle', async () => (await sharp(photo).webp().toBuffer()).subarray(0, 20_000), 'unreadable-image'],
    ['40,000 × 40,000 pixels claimed by 57 bytes', () => bombPng(40_000, 40_000), 'image-too-large'],
  ];
  test.each(cases)('%s', async (_name, make, code) => {
    await expect(decode(await make(), { maxPixels })).rejects.toMatchObject({ name: 'Problem', code });
  });

  test('too many pixels, with the value and the limit', async () => {
    const { width, height } = await probe(photo, maxPixels);
    await expect(probe(photo, 1000)).rejects.toMatchObject({ code: 'image-too-large', fields: { value: width * height, limit: 1000 } });
  });

  test("no text of a library is left in the problem's own", async () => {
    const problem: unknown = await decode(photo.subarray(0, 5000), { maxPixels }).catch((thrown: unknown) => thrown);
    expect(JSON.stringify(problem)).not.toMatch(/vips|jpeg|buffer|premature/i);
  });
});
