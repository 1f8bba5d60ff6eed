import type { Pixels } from './pixels.ts';
import { examine, type Header } from './probe.ts';
import { fromRaw } from './raw.ts';
import { open, reading } from './sharp.ts';

export interface DecodeOptions {
  /** Largest width × height of the encoded picture. */
  readonly maxPixels: number;
  /** Longest side of the result; a larger photo is shrunk while it is decoded, a smaller one is left as it is. */
  readonly maxSide?: number;
}

export interface Decoded {
  readonly header: Header;
  /** Three channels. */
  readonly picture: Pixels;
}

/** Encoded bytes to pixels; see `decodeWithHeader`. */
export async function decode(encoded: Buffer, options: DecodeOptions): Promise<Pixels> {
  return (await decodeWithHeader(encoded, options)).picture;
}

/**
 * Encoded bytes to an upright opaque picture: first frame only, orientation applied, colours converted to sRGB with the embedded profile
 * (Display P3, CMYK, 16 bit), transparency laid on white.
 * @throws Problem `unsupported-image-type`, `unreadable-image` (also when the file ends early), `image-too-large`
 */
export async function decodeWithHeader(encoded: Buffer, { maxPixels, maxSide }: DecodeOptions): Promise<Decoded> {
  const { header, unpack } = await examine(encoded, maxPixels);
  const picture = await reading(() => {
    let pipeline = open(unpack(maxSide), { limitInputPixels: maxPixels, autoOrient: true });
    if (maxSide !== undefined) pipeline = pipeline.resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true });
    return fromRaw(pipeline.flatten({ background: '#ffffff' }).toColourspace('srgb'), 3);
  });
  return { header, picture };
}
