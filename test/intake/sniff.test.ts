import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { sniff, sniffBytes } from '../../src/intake/sniff.ts';
import { heicOf } from '../kit/heif.ts';
import { samplePhoto } from '../kit/photos.ts';

describe('the kind of an image', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const)('%s is known by its first bytes', async (kind) => {
    const image = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#abc' } })
      .toFormat(kind)
      .toBuffer();
    expect(sniff(image.subarray(0, sniffBytes))).toBe(kind);
  });

  it.each(['heic', 'heix', 'hevc', 'heim', 'mif1', 'msf1'])('a HEIC of the brand %s', (brand) => {
    expect(sniff(Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0`, 'latin1').subarray(0, sniffBytes))).toBe('heic');
  });

  it('a HEIC as an encoder writes it', async () => {
    const image = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#abc' } })
      .png()
      .toBuffer();
    expect(sniff(heicOf(image).subarray(0, sniffBytes))).toBe('heic');
  });

  it('a photo of a camera is a JPEG', () => {
    expect(sniff(readFileSync(samplePhoto(1)).subarray(0, sniffBytes))).toBe('jpeg');
  });

  it.each([
    '<svg xmlns="h',
    '%PDF-1.7 xxx',
    'PK\x03\x04xxxxxxxx',
    'MZ\x90\0xxxxxxxx',
    'RIFF\0\0\0\0WAVE',
    '\0\0\0\x18ftypmp42',
    '\0\0\0\x18ftypqt  ',
    '\0\0\0\x18moovheic',
    'GIF88axxxxxx',
    '',
  ])('%p is none', (text) => {
    expect(sniff(Buffer.from(text, 'latin1'))).toBeUndefined();
  });

  it('never trips over any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) =>
        expect([undefined, 'jpeg', 'gif', 'tiff']).toContain(sniff(Buffer.from(bytes))),
      ),
    );
  });
});
