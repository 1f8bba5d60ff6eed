import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { decode } from '../../src/image/decode.ts';
import { probe } from '../../src/image/probe.ts';
import { compare } from './compare.ts';
import { bombPng, heicHeader } from './headers.ts';
import { sample } from './samples.ts';

const maxPixels = 50_000_000;
const photo = sample(1);

/** What has to be done to an upright picture so that the given EXIF orientation brings it upright again. */
const undo: Record<number, { readonly angle: number; readonly flop: boolean }> = {
  1: { angle: 0, flop: false },
  2: { angle: 0, flop: true },
  3: { angle: 180, flop: false },
  4: { angle: 180, flop: true },
  5: { angle: 270, flop: true },
  6: { angle: 270, flop: false },
  7: { angle: 90, flop: true },
  8: { angle: 90, flop: false },
};

async function turned(orientation: number): Promise<Buffer> {
  const step = undo[orientation] ?? { angle: 0, flop: false };
  const upright = await sharp(photo).resize(400).toBuffer();
  // Two passes: sharp always rotates before it flops, and the order matters here.
  const flopped = await sharp(upright).flop(step.flop).png().toBuffer();
  return sharp(flopped).rotate(step.angle).withMetadata({ orientation }).png().toBuffer();
}

describe('orientation', () => {
  test.each([2, 3, 4, 5, 6, 7, 8])('EXIF orientation %i gives the same upright pixels', async (orientation) => {
    const upright = await decode(await turned(1), { maxPixels });
    const encoded = await turned(orientation);
    expect((await probe(encoded, maxPixels)).orientation).toBe(orientation);
    const picture = await decode(encoded, { maxPixels });
    expect(compare(upright, picture).largest).toBeLessThanOrEqual(2);
  });

  test('the header of a photo taken sideways already has the upright size', async () => {
    const { width, height } = await probe(await turned(6), maxPixels);
    const upright = await probe(await turned(1), maxPixels);
    expect([width, height]).toEqual([upright.width, upright.height]);
  });
});

describe('every kind of file becomes 8-bit sRGB with 3 channels', () => {
  const plain = () => sharp(photo).resize(480);
  const cases: readonly [name: string, make: () => Promise<Buffer>, mean: number][] = [
    ['Display P3', () => plain().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(), 2],
    // Ink reaches fewer colours than light; a CMYK picture taken for RGB or inverted would be off by 80 and more.
    ['CMYK', () => plain().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 95 }).toBuffer(), 20],
    ['16-bit PNG', () => plain().toColourspace('rgb16').png().toBuffer(), 1],
    ['PNG with alpha', () => plain().ensureAlpha().png().toBuffer(), 1],
    ['progressive JPEG', () => plain().jpeg({ progressive: true, quality: 95 }).toBuffer(), 2],
    ['WebP', () => plain().webp({ quality: 95 }).toBuffer(), 3],
    ['AVIF', () => plain().avif({ quality: 80, effort: 1 }).toBuffer(), 3],
    ['TIFF', () => plain().tiff({ compression: 'lzw' }).toBuffer(), 1],
    ['GIF', () => plain().gif().toBuffer(), 6],
  ];
  test.each(cases)('%s', async (_name, make, mean) => {
    const upright = await decode(await plain().png().toBuffer(), { maxPixels });
    expect(compare(upright, await decode(await make(), { maxPixels })).mean).toBeLessThanOrEqual(mean);
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
    ['a HEIC', () => heicHeader(), 'unsupported-image-type'],
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
