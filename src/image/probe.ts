import { Problem } from '../problems.ts';
import { bytesPerPixel, mostPixels, wholeHeicBytes } from './cost.ts';
import { tooManyScans } from './scans.ts';
import { open, reading } from './sharp.ts';

const formats = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff', 'heic'] as const;
export type Format = (typeof formats)[number];

/** What the header of a picture says, read before any pixel is decoded. */
export interface Header {
  readonly format: Format;
  /** Pixels of the first frame once it stands upright, that is after `orientation` is applied. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8; 1 where the file says nothing. A HEIC says it in boxes of its own. */
  readonly orientation: number;
  /** Frames of an animation or pages of a TIFF; only the first is ever used. */
  readonly pages: number;
  /** A progressive JPEG or an interlaced PNG is held whole while it is decoded. */
  readonly progressive: boolean;
}

/** A picture that may be decoded. */
export interface Probed {
  readonly header: Header;
  /**
   * The bytes that libvips is to decode: the picture's own, or what a HEIC was unpacked to.
   * @param maxSide the result is not wanted larger than this
   */
  unpack(maxSide?: number): Buffer;
}

/** Reads the header only; see `examine`. */
export async function probe(encoded: Buffer, maxPixels: number): Promise<Header> {
  return (await examine(encoded, maxPixels)).header;
}

/**
 * Reads the header only, so that a bomb is refused for what it claims to be.
 * @param maxPixels largest width × height that is let through; less for what has to be decoded as a whole (cost.ts)
 * @throws Problem `unsupported-image-type`, `unreadable-image`, `image-too-large` (value and limit in pixels)
 */
export async function examine(encoded: Buffer, maxPixels: number): Promise<Probed> {
  return isHeic(encoded) ? examineHeic(encoded, maxPixels) : examineOther(encoded, maxPixels);
}

async function examineHeic(encoded: Buffer, maxPixels: number): Promise<Probed> {
  const { openHeic } = await import('./heic/heic.ts');
  const heic = await openHeic(encoded, maxPixels);
  const { width, height, orientation, whole } = heic;
  admit(width, height, mostPixels(maxPixels, whole ? wholeHeicBytes : 1), maxPixels);
  return { header: { format: 'heic', width, height, orientation, pages: 1, progressive: false }, unpack: heic.toTiff };
}

async function examineOther(encoded: Buffer, maxPixels: number): Promise<Probed> {
  const found = await reading(() => open(encoded, { limitInputPixels: false }).metadata());
  const format = nameOf(found.format);
  if (format === undefined) throw new Problem('unsupported-image-type');
  const { width, height } = found.autoOrient;
  admit(width, height, mostPixels(maxPixels, bytesPerPixel(found)), maxPixels);
  const { orientation = 1, pages = 1, isProgressive = false } = found;
  if (format === 'jpeg' && isProgressive && tooManyScans(encoded)) throw new Problem('unreadable-image', 'The JPEG has too many scans.');
  return { header: { format, width, height, orientation, pages, progressive: isProgressive }, unpack: () => encoded };
}

function admit(width: number, height: number, limit: number, maxPixels: number): void {
  const pixels = width * height;
  if (!(pixels > 0)) throw new Problem('unreadable-image');
  if (pixels <= limit) return;
  const why = limit < maxPixels ? ', the most for a picture that has to be decoded as a whole' : '';
  throw new Problem('image-too-large', `The image is ${width} × ${height}, more than ${limit} pixels${why}.`, { value: pixels, limit });
}

/** A file of the ISO base media family (`ftyp`) that nowhere in its list of brands says AVIF; libvips has no decoder for HEVC. */
function isHeic(encoded: Buffer): boolean {
  if (encoded.toString('latin1', 4, 8) !== 'ftyp') return false;
  return !/avi[fs]/.test(encoded.toString('latin1', 8, Math.min(encoded.length, encoded.readUInt32BE(0), 256)));
}

/** libvips calls AVIF `heif`, and what else goes by that name has been looked for already. SVG is not a photo. */
function nameOf(format: string | undefined): Format | undefined {
  return format === 'heif' ? 'avif' : formats.find((known) => known === format);
}
