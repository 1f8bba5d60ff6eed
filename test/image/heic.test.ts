import { beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { decode, decodeWithHeader } from '../../src/image/decode.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { probe } from '../../src/image/probe.ts';
import { type Coded, codedOf, heicOf, heifOf } from '../kit/heif.ts';
import { compare } from './compare.ts';
import { drawing } from './drawing.ts';

const maxPixels = 50_000_000;
const width = 512;
const height = 384;

let png: Buffer;
let upright: Pixels;
let single: Coded;
/** Of 128 × 128 each, row by row. */
let tiles: readonly Coded[];

beforeAll(async () => {
  png = await drawing(width, height);
  single = codedOf(heicOf(png));
  const cut = (left: number, top: number) => sharp(png).extract({ left, top, width: 128, height: 128 }).png().toBuffer();
  const corners = [0, 128, 256].flatMap((top) => [0, 128, 256, 384].map((left) => [left, top] as const));
  tiles = await Promise.all(corners.map(async ([left, top]) => codedOf(heicOf(await cut(left, top)))));
  upright = await decode(heifOf([single]), { maxPixels });
});

/** The picture as sharp turns it: quarter turns against the clock, then the mirror (0: top and bottom change places, 1: left and right). */
async function turned(quarters: number, mirror?: 0 | 1): Promise<Pixels> {
  let picture = sharp(upright.data, { raw: { width: upright.width, height: upright.height, channels: 3 } }).rotate(-90 * quarters);
  if (mirror !== undefined) {
    const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
    picture = sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } });
    picture = mirror === 1 ? picture.flop() : picture.flip();
  }
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8ClampedArray(data) };
}

describe('a HEIC', () => {
  test('has the pixels that were coded', async () => {
    const { header, picture } = await decodeWithHeader(heicOf(png), { maxPixels });
    expect(header).toEqual({ format: 'heic', width, height, orientation: 1, pages: 1, progressive: false });
    expect(compare(picture, await decode(png, { maxPixels })).mean).toBeLessThan(2);
  });

  test('in tiles is the picture in one piece', async () => {
    const picture = await decode(heifOf(tiles, { columns: 4 }), { maxPixels });
    expect(compare(picture, upright).mean).toBeLessThan(2);
  });

  test('whose tiles reach over its edges is cut there', async () => {
    const claim = { width: 500, height: 300 };
    const picture = await decode(heifOf(tiles, { columns: 4, claim }), { maxPixels });
    const cut = await sharp(upright.data, { raw: { width, height, channels: 3 } })
      .extract({ left: 0, top: 0, ...claim })
      .raw()
      .toBuffer();
    expect(compare(picture, { ...claim, channels: 3, data: new Uint8ClampedArray(cut) }).mean).toBeLessThan(2);
  });

  test('shrinks while it is decoded, as if it had been shrunk after', async () => {
    const heic = heifOf(tiles, { columns: 4 });
    const small = await decode(heic, { maxPixels, maxSide: 100 });
    const { data, width: w, height: h } = await decode(heic, { maxPixels });
    const after = await sharp(data, { raw: { width: w, height: h, channels: 3 } })
      .resize(100, 75, { fit: 'fill' })
      .raw()
      .toBuffer();
    expect([small.width, small.height]).toEqual([100, 75]);
    expect(compare(small, { width: 100, height: 75, channels: 3, data: new Uint8ClampedArray(after) }).mean).toBeLessThan(1.5);
  });

  test.each([
    [0, 0],
    [0, 1],
    [1, undefined],
    [2, undefined],
    [3, undefined],
    [1, 0],
    [3, 0],
    [1, 1],
  ] as const)('with irot %p and imir %p stands upright, in one piece and in tiles', async (irot, imir) => {
    const turns = { irot, ...(imir === undefined ? {} : { imir }) };
    const wanted = await turned(irot, imir);
    const [whole, grid] = [heifOf([single], turns), heifOf(tiles, { columns: 4, ...turns })];
    expect(await probe(whole, maxPixels)).toMatchObject({ width: wanted.width, height: wanted.height });
    expect(compare(await decode(whole, { maxPixels }), wanted).largest).toBeLessThanOrEqual(2);
    expect(compare(await decode(grid, { maxPixels }), wanted).mean).toBeLessThan(2);
  });

  test('is cropped by its clap before it is turned', async () => {
    const clap = { width: 200, height: 100, right: 20, down: -30 };
    const wanted = await sharp((await turned(1)).data, { raw: { width: height, height: width, channels: 3 } })
      .extract({ left: (height - 100) / 2 - 30, top: (width - 200) / 2 - 20, width: 100, height: 200 })
      .raw()
      .toBuffer();
    const picture = await decode(heifOf(tiles, { columns: 4, clap, irot: 1 }), { maxPixels });
    expect(compare(picture, { width: 100, height: 200, channels: 3, data: new Uint8ClampedArray(wanted) }).mean).toBeLessThan(2);
  });

  test('is not turned by what its EXIF says', async () => {
    const sideways = await sharp(png).withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer();
    const heic = heicOf(sideways);
    expect(heic.includes('Exif')).toBe(true);
    expect(await probe(heic, maxPixels)).toMatchObject({ width, height });
    expect(compare(await decode(heic, { maxPixels }), upright).mean).toBeLessThan(2);
  });

  test('shows its primary picture, not the first in the file', async () => {
    const other = codedOf(heicOf(await drawing(64, 64)));
    expect(await probe(heifOf([single], { others: [other, other] }), maxPixels)).toMatchObject({ width, height });
  });

  test('of 10 bits', async () => {
    const deep = await sharp(png).toColourspace('rgb16').png().toBuffer();
    expect(compare(await decode(heicOf(deep, '-b', '10'), { maxPixels }), upright).mean).toBeLessThan(2);
  });

  test('in grey', async () => {
    const { data } = await decode(heicOf(await sharp(png).greyscale().png().toBuffer()), { maxPixels });
    expect(Math.abs((data[0] ?? 0) - (data[1] ?? 0))).toBeLessThanOrEqual(2);
  });

  test('what is transparent lies on white', async () => {
    const clear = await sharp({ create: { width: 64, height: 64, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toBuffer();
    const { data } = await decode(heicOf(clear), { maxPixels });
    expect(data.every((value) => value >= 253)).toBe(true);
  });
});

describe('the colours of Display P3', () => {
  const green = { r: 30, g: 200, b: 60 };
  const flat = (encoded: Buffer) => decode(encoded, { maxPixels }).then(({ data }) => [...data.slice(0, 3)]);
  const canvas = () => sharp({ create: { width: 64, height: 64, channels: 3, background: green } });
  /** The numbers of a P3 picture whose colours are those of `green` in sRGB. */
  const inP3 = async () => {
    const { data } = await canvas().withIccProfile('p3').raw().toBuffer({ resolveWithObject: true });
    return sharp({ create: { width: 64, height: 64, channels: 3, background: { r: data[0] ?? 0, g: data[1] ?? 0, b: data[2] ?? 0 } } })
      .png()
      .toBuffer();
  };

  test('become sRGB, by an ICC profile', async () => {
    const { icc } = await sharp(await canvas().withIccProfile('p3').jpeg().toBuffer()).metadata();
    const rgb = await flat(heifOf([codedOf(heicOf(await inP3()))], icc === undefined ? {} : { icc }));
    for (const [i, value] of Object.values(green).entries()) expect(Math.abs((rgb[i] ?? 0) - value)).toBeLessThanOrEqual(4);
  });

  test('become sRGB, by code points', async () => {
    const rgb = await flat(heifOf([codedOf(heicOf(await inP3()))], { nclx: [12, 13, 6] }));
    for (const [i, value] of Object.values(green).entries()) expect(Math.abs((rgb[i] ?? 0) - value)).toBeLessThanOrEqual(4);
  });

  test('and would be others without: the test can fail', async () => {
    const rgb = await flat(heifOf([codedOf(heicOf(await inP3()))]));
    expect(Math.max(...Object.values(green).map((value, i) => Math.abs((rgb[i] ?? 0) - value)))).toBeGreaterThan(20);
  });

  test('light beyond paper white is pressed together, not cut off: PQ', async () => {
    const grey = async (value: number) =>
      (
        await flat(
          heifOf(
            [
              codedOf(
                heicOf(
                  await sharp({ create: { width: 64, height: 64, channels: 3, background: { r: value, g: value, b: value } } })
                    .png()
                    .toBuffer(),
                ),
              ),
            ],
            {
              nclx: [9, 16, 9],
            },
          ),
        )
      )[1] ?? 0;
    // 0.45 of the signal is 64 cd/m², 0.58 paper white (203), 0.75 1,000.
    const [skin, paper, lamp] = [await grey(115), await grey(148), await grey(191)];
    expect(skin).toBeGreaterThan(140);
    expect(skin).toBeLessThan(170);
    expect(paper).toBeGreaterThan(skin + 30);
    expect(lamp).toBeGreaterThan(paper + 8);
  });
});

describe('a HEIC is refused', () => {
  const refusal = (encoded: Buffer) =>
    decode(encoded, { maxPixels }).then(
      () => 'none',
      ({ code }) => code,
    );

  test('for the pixels it claims, before any is decoded', async () => {
    const claim = { width: 60_000, height: 60_000 };
    const fields = { value: 3_600_000_000, limit: maxPixels };
    await expect(probe(heifOf(tiles, { columns: 4, claim }), maxPixels)).rejects.toMatchObject({ code: 'image-too-large', fields });
    expect(await refusal(heifOf([single], { claim }))).toBe('image-too-large');
  });

  test('when its tiles do not cover it', async () => {
    expect(await refusal(heifOf(tiles, { columns: 4, claim: { width: 6000, height: 5000 } }))).toBe('unreadable-image');
  });

  test('when it has tiles that nobody would see', async () => {
    expect(await refusal(heifOf(tiles, { columns: 4, claim: { width: 300, height: 300 } }))).toBe('unreadable-image');
    expect(await refusal(heifOf(tiles, { columns: 4, claim: { width: 500, height: 200 } }))).toBe('unreadable-image');
  });

  test('when it is put together from pictures that are put together', async () => {
    const problems = /^(unsupported-image-type|unreadable-image|image-too-large)$/;
    const grid = heifOf(tiles, { columns: 4 });
    const nested = Buffer.from(grid);
    // The type of the first tile's item.
    nested.write('grid', grid.indexOf('hvc1'), 'latin1');
    expect(await refusal(nested)).toMatch(problems);
    const overlay = Buffer.from(grid);
    overlay.write('iovl', grid.lastIndexOf('grid', grid.indexOf('iprp')), 'latin1');
    expect(await refusal(overlay)).toMatch(problems);
  });

  test('when its pixels are more than its box says', async () => {
    const large = codedOf(
      heicOf(
        await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#123456' } })
          .png()
          .toBuffer(),
      ),
    );
    expect(await refusal(heifOf([{ ...large, width: 64, height: 64 }]))).toBe('image-too-large');
  });

  test('when it ends early, wherever', async () => {
    const heic = heifOf(tiles, { columns: 4 });
    for (const share of [0.01, 0.05, 0.2, 0.5, 0.9, 0.999]) {
      expect(await refusal(heic.subarray(0, Math.max(16, Math.floor(share * heic.length))))).toBe('unreadable-image');
    }
  });

  test('when it is garbage behind ftyp', async () => {
    const head = heifOf([single]).subarray(0, 24);
    expect(await refusal(Buffer.concat([head, Buffer.alloc(5000, 0x55)]))).toBe('unreadable-image');
  });
});
