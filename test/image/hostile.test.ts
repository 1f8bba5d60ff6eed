import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { decode } from '../../src/image/decode.ts';
import { Problem } from '../../src/problems.ts';
import { codedOf, heicOf, heifOf } from '../kit/heif.ts';
import { drawing } from './drawing.ts';

/** Whatever bytes come, the answer is a picture or one of three problems: no crash, no text of a library, no picture larger than allowed. */

const options = { maxPixels: 1_000_000, maxSide: 64 };
const problems = ['unreadable-image', 'unsupported-image-type', 'image-too-large'];

async function answers(encoded: Buffer): Promise<void> {
  const outcome: unknown = await decode(encoded, options).catch((fault: unknown) => fault);
  if (outcome instanceof Problem) {
    expect(problems).toContain(outcome.code);
    expect(outcome.message).not.toMatch(/vips|heif|lib|buffer|marker|chunk/i);
  } else {
    expect(outcome).toMatchObject({ channels: 3 });
  }
}

const formats = ['jpeg', 'progressive', 'png', 'webp', 'avif', 'gif', 'tiff', 'heic', 'tiles'] as const;
const files = new Map<string, Buffer>();

beforeAll(async () => {
  const png = await drawing(96, 64);
  const plain = () => sharp(png);
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const)
    files.set(format, await plain().toFormat(format).toBuffer());
  files.set('progressive', await plain().jpeg({ progressive: true }).toBuffer());
  files.set('heic', heicOf(png));
  const tile = codedOf(heicOf(await drawing(64, 64)));
  files.set('tiles', heifOf([tile, tile, tile, tile], { columns: 2, irot: 1, nclx: [12, 13, 6] }));
});

/** A byte in the file, more often near its front, where the structure is, and what becomes of it. */
const change = fc.record({
  place: fc.oneof(fc.double({ min: 0, max: 0.02, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })),
  value: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.integer({ min: 0, max: 255 })),
});

describe.each(formats)('%s', (format) => {
  const original = () => files.get(format) ?? Buffer.alloc(0);

  test('with some bytes changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const bytes = Buffer.from(original());
        for (const { place, value } of changes) bytes[Math.floor(place * bytes.length)] = value;
        await answers(bytes);
      }),
      { numRuns: 60 },
    );
  });

  test('cut off anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (share) =>
        answers(original().subarray(0, Math.floor(share * original().length))),
      ),
      { numRuns: 25 },
    );
  });

  test('and behind its first bytes nothing but noise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 20, maxLength: 400 }), (noise) =>
        answers(Buffer.concat([original().subarray(0, 32), noise])),
      ),
      { numRuns: 25 },
    );
  });
});

test('any bytes at all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => answers(Buffer.from(bytes))),
    { numRuns: 100 },
  );
});
