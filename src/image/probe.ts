import { Problem } from '../problems.ts';
import { open, reading } from './sharp.ts';

const formats = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const;
export type Format = (typeof formats)[number];

/** What the header of a picture says, read before any pixel is decoded. */
export interface Header {
  readonly format: Format;
  /** Pixels of the first frame once it stands upright, that is after `orientation` is applied. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8; 1 where the file says nothing. */
  readonly orientation: number;
  /** Frames of an animation or pages of a TIFF; only the first is ever used. */
  readonly pages: number;
  /** A progressive JPEG costs up to four times the memory and time of a baseline one. */
  readonly progressive: boolean;
}

/**
 * Reads the header only, so that a bomb is refused for what it claims to be.
 * @param maxPixels largest width × height that is let through
 * @throws Problem `unsupported-image-type`, `unreadable-image`, `image-too-large` (value and limit in pixels)
 */
export async function probe(encoded: Buffer, maxPixels: number): Promise<Header> {
  if (isHeic(encoded)) throw new Problem('unsupported-image-type');
  const found = await reading(() => open(encoded, { limitInputPixels: false }).metadata());
  const format = nameOf(found.format, found.compression);
  if (format === undefined) throw new Problem('unsupported-image-type');
  const { width, height } = found.autoOrient;
  const pixels = width * height;
  if (!(pixels > 0)) throw new Problem('unreadable-image');
  if (pixels > maxPixels) {
    const detail = `The image is ${width} × ${height}, more than ${maxPixels} pixels.`;
    throw new Problem('image-too-large', detail, { value: pixels, limit: maxPixels });
  }
  return {
    format,
    width,
    height,
    orientation: found.orientation ?? 1,
    pages: found.pages ?? 1,
    progressive: found.isProgressive ?? false,
  };
}

/** A file of the ISO base media family (`ftyp`) that nowhere in its list of brands says AVIF; libvips would only call it damaged. */
function isHeic(encoded: Buffer): boolean {
  if (encoded.toString('latin1', 4, 8) !== 'ftyp') return false;
  return !/avi[fs]/.test(encoded.toString('latin1', 8, Math.min(encoded.length, encoded.readUInt32BE(0), 256)));
}

/** libvips calls AVIF and HEIC both `heif`; the prebuilt library has no HEVC decoder, so only AV1 inside counts. SVG is not a photo. */
function nameOf(format: string | undefined, compression: string | undefined): Format | undefined {
  if (format === 'heif') return compression === 'av1' ? 'avif' : undefined;
  return formats.find((known) => known === format);
}
