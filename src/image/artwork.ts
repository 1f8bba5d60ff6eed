import { Problem } from '../problems.ts';
import type { Pixels } from './pixels.ts';
import { probe } from './probe.ts';
import { fromRaw } from './raw.ts';
import { open, reading } from './sharp.ts';

/** Pixels of the largest scene. */
const most = 4096 * 4096;

/**
 * Decodes a painted or photographed piece of a template's art, which has to be a PNG or a WebP of exactly the size it is used at.
 * @returns 4 channels, straight alpha
 * @throws Problem `unsupported-image-type`, `unreadable-image`, `image-too-large`
 */
export async function decodeArt(encoded: Buffer, width: number, height: number): Promise<Pixels> {
  const header = await probe(encoded, most);
  if (header.format !== 'png' && header.format !== 'webp') throw new Problem('unsupported-image-type');
  if (header.width !== width || header.height !== height) {
    throw new Problem('unreadable-image', `Expected art of ${width} × ${height} pixels but received ${header.width} × ${header.height}`);
  }
  return reading(() =>
    fromRaw(
      open(encoded, { limitInputPixels: width * height })
        .ensureAlpha()
        .toColourspace('srgb'),
      4,
    ),
  );
}
