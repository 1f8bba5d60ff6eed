import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { decode } from '../../src/image/decode.ts';
import { encode } from '../../src/image/encode.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { type OutputType, outputTypes } from '../../src/jobs/task.ts';
import { encodeMarked, type Mark, markOf } from '../../src/labels/label.ts';
import { confirm } from '../../src/labels/read-back.ts';
import { xmpOf } from '../../src/labels/xmp.ts';
import { drawing } from '../image/drawing.ts';

const job = '7f9c24e5-3b0a-4d6e-9a51-0c2d8e4f6a1b';
const style = { text: 'AI generated', producer: 'Example & <Co> "Ltd"' };
const fusion = markOf('fusion', job, style);

let picture: Pixels;
beforeAll(async () => {
  picture = await decode(await drawing(160, 120), { maxPixels: 1_000_000 });
});

function known(mark: Mark | undefined): Mark {
  if (mark === undefined) throw new Error('Expected a mark');
  return mark;
}

/** What an independent reader finds: every tag, with its group, as ExifTool names them. */
function exiftool(file: Buffer): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'marks-'));
  try {
    writeFileSync(join(folder, 'picture'), file);
    const [found] = JSON.parse(
      execFileSync('exiftool', ['-json', '-G1', '-a', '-u', '-struct', join(folder, 'picture')], { encoding: 'utf8' }),
    );
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Groups that tell of the picture's own form, of the file on this disk, or of the reader. */
const harmless = /^(SourceFile|ExifTool|System|File|Composite|RIFF|QuickTime|Meta|PNG|JFIF)(:|$)/;

describe.each(outputTypes)('%s', (type) => {
  test('an independent reader finds the mark, and nothing else', async () => {
    const found = exiftool(await encodeMarked(picture, type, fusion));
    const rest = Object.fromEntries(Object.entries(found).filter(([name]) => !harmless.test(name)));
    expect(JSON.parse(String(rest['XMP-TC260:Aigc'] ?? rest['XMP-TC260:AIGC']))).toEqual({
      Label: '1',
      ContentProducer: style.producer,
      ProduceID: job,
      ReservedCode1: '',
      ContentPropagator: '',
      PropagateID: '',
      ReservedCode2: '',
    });
    expect(rest['XMP-iptcExt:DigitalSourceType']).toBe('http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic');
    expect(Object.keys(rest)).toHaveLength(2);
  });

  test('without a mark there is nothing at all', async () => {
    const found = exiftool(await encodeMarked(picture, type, undefined));
    expect(Object.keys(found).filter((name) => !harmless.test(name))).toEqual([]);
  });

  test('the mark costs no pixel', async () => {
    const [marked, plain] = [await encodeMarked(picture, type, fusion), await encode(picture, type)];
    expect((await sharp(marked).raw().toBuffer()).equals(await sharp(plain).raw().toBuffer())).toBe(true);
    expect(marked.length - plain.length).toBeLessThan(1200);
  });

  describe('is not released', () => {
    const xmp = xmpOf(known(fusion));
    const check =
      (file: Buffer, wanted: string | undefined = xmp) =>
      () =>
        confirm(file, type, wanted);

    test('when the mark is missing, another one, or not wanted', async () => {
      const [marked, plain] = [await encodeMarked(picture, type, fusion), await encode(picture, type)];
      expect(check(marked)).not.toThrow();
      expect(check(plain)).toThrow('Expected the mark');
      expect(check(marked, xmp.replace(job, job.replace('7', '8')))).toThrow('Expected the mark');
      expect(() => confirm(marked, type, undefined)).toThrow('Expected the mark');
      expect(() => confirm(plain, type, undefined)).not.toThrow();
    });

    test('with EXIF, a profile, or bytes behind the end', async () => {
      const plain = () => sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } });
      const format = type.slice('image/'.length) as 'jpeg' | 'png' | 'webp' | 'avif';
      const gps = { IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } };
      expect(check(await plain().withExif(gps).toFormat(format).toBuffer())).toThrow(/Expected no other metadata/);
      expect(check(await plain().withIccProfile('p3').toFormat(format).toBuffer())).toThrow(/Expected no other metadata/);
      expect(check(Buffer.concat([await encodeMarked(picture, type, fusion), Buffer.alloc(8)]))).toThrow();
    });

    test('when it is cut off, or no picture', async () => {
      const marked = await encodeMarked(picture, type, fusion);
      for (const share of [0.001, 0.1, 0.5, 0.99]) expect(check(marked.subarray(0, Math.floor(share * marked.length)))).toThrow();
      expect(check(Buffer.from('not a picture, only words about one'))).toThrow();
    });
  });
});

describe('what is marked', () => {
  test.each([
    ['fusion', 'compositeSynthetic'],
    ['sticker', 'compositeSynthetic'],
    ['reshape', 'compositeSynthetic'],
    ['toon', 'algorithmicMedia'],
    ['avatar', 'algorithmicMedia'],
    ['mesh', 'algorithmicMedia'],
  ] as const)('%s: %s', (kind, source) => {
    expect(markOf(kind, job, style)).toMatchObject({ job, source });
  });

  test('concealing adds nothing that could be taken for real', () => {
    expect(markOf('conceal', job, style)).toBeUndefined();
  });

  test('nothing, where the operator has switched it off', () => {
    expect(markOf('fusion', job, undefined)).toBeUndefined();
  });
});

test('a comment in a JPEG, a second thumbnail segment and a text chunk are found', async () => {
  const comment = Buffer.from([0xff, 0xfe, 0, 4, 104, 105]);
  const jpeg = await encode(picture, 'image/jpeg');
  const inside = (type: OutputType, file: Buffer, at: number, more: Buffer) => () =>
    confirm(Buffer.concat([file.subarray(0, at), more, file.subarray(at)]), type, undefined);
  expect(inside('image/jpeg', jpeg, 2, comment)).toThrow('marker fe');
  expect(inside('image/jpeg', jpeg, 2, Buffer.from([0xff, 0xe0, 0, 4, 104, 105]))).toThrow('marker e0');
  const png = await encode(picture, 'image/png');
  const chunk = Buffer.concat([Buffer.from([0, 0, 0, 3]), Buffer.from('tEXta\0b'), Buffer.alloc(4)]);
  expect(inside('image/png', png, 33, chunk)).toThrow('chunk tEXt');
});
