import type { Pixels } from './pixels.ts';
import { probe } from './probe.ts';
import { fromRaw } from './raw.ts';
import { open, reading } from './sharp.ts';

export interface DecodeOptions {
  /** Largest width × height of the encoded picture. */
  readonly maxPixels: number;
  /** Longest side of the result; a larger photo is shrunk while it is decoded, a smaller one is left as it is. */
  readonly maxSide?: number;
}

/**
 * Encoded bytes to an upright opaque picture: first frame only, orientation applied, colours converted to sRGB with the embedded profile
 * (Display P3, CMYK, 16 bit), transparency laid on white.
 * @returns 3 channels
 * @throws Problem `unsupported-image-type`, `unreadable-image` (also when the file ends early), `image-too-large`
 */
export async function decode(encoded: Buffer, { maxPixels, maxSide }: DecodeOptions): Promise<Pixels> {
  await probe(encoded, maxPixels);
  return reading(async () => {
    let picture = open(encoded, { limitInputPixels: maxPixels, autoOrient: true });
    if (maxSide !== undefined) picture = picture.resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true });
    return fromRaw(picture.flatten({ background: '#ffffff' }).toColourspace('srgb'), 3);
  });
}
