import type { Metadata } from 'sharp';

/** Bytes that every pixel of the largest photo let through may take; only what costs more has a limit of its own below `MAYFLY_MAX_PIXELS`. */
const allowance = 5;

/** Bytes of one sample by libvips' names. */
const sampleBytes: Readonly<Record<string, number>> = { uchar: 1, char: 1, ushort: 2, short: 2, uint: 4, int: 4, float: 4, double: 8 };

/**
 * Bytes that one pixel of the encoded picture takes at the peak of its decoding. Most photos stream through the decoder row by row, or are
 * shrunk inside it, and cost next to nothing; those listed here are held whole. Measured with sharp 0.35.5 at 12 and 48 megapixels, one
 * thread, result 1080 (docs/inputs.md has the table).
 */
export function bytesPerPixel(found: Metadata): number {
  const { format, channels = 3, depth = 'uchar', isProgressive = false, pages = 1 } = found;
  const samples = channels * (sampleBytes[depth] ?? 8);
  switch (format) {
    case 'jpeg':
      // All coefficients, 16 bits each, wait for the last scan.
      return isProgressive ? 2 * (found.chromaSubsampling === '4:2:0' ? channels / 2 : channels) + 0.3 : 1;
    case 'png':
      return isProgressive ? 1.7 * samples : 1;
    case 'tiff':
      // A file may be a single strip.
      return samples;
    case 'webp':
      return pages > 1 ? 9.2 : 4.5;
    case 'gif':
      return 6;
    case 'heif':
      return 20;
    default:
      return 1;
  }
}

/** A HEIC in one piece; in tiles, as telephones write it, it costs no more than its result. */
export const wholeHeicBytes = 7.3;

/** The pixels that a picture of this cost may have. */
export function mostPixels(maxPixels: number, bytes: number): number {
  return Math.floor(maxPixels * Math.min(1, allowance / bytes));
}
