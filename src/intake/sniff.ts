/** Kinds of image by their first bytes; what a client calls its file is not looked at. */

export type ImageKind = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff' | 'heic';

/** As many bytes as a verdict needs. */
export const sniffBytes = 12;

/**
 * Brands of ISO 23008-12 for single pictures and collections of them: HEVC of every profile, and those that name the container only, which may hold an AVIF
 * as well; the darkroom looks closer.
 */
const heifBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'mif2', 'msf1'] as const;

interface Signature {
  readonly kind: ImageKind;
  readonly fits: (head: Buffer) => boolean;
}

const at = (offset: number, ...texts: readonly string[]) => {
  const wanted = texts.map((text) => Buffer.from(text, 'latin1'));
  return (head: Buffer) => wanted.some((bytes) => head.subarray(offset, offset + bytes.length).equals(bytes));
};

const signatures: readonly Signature[] = [
  { kind: 'jpeg', fits: at(0, '\xff\xd8\xff') },
  { kind: 'png', fits: at(0, '\x89PNG\r\n\x1a\n') },
  { kind: 'webp', fits: (head) => at(0, 'RIFF')(head) && at(8, 'WEBP')(head) },
  // ISO base media files name their brand behind `ftyp`.
  { kind: 'avif', fits: at(4, 'ftypavif', 'ftypavis') },
  { kind: 'heic', fits: (head) => at(4, 'ftyp')(head) && at(8, ...heifBrands)(head) },
  { kind: 'gif', fits: at(0, 'GIF87a', 'GIF89a') },
  { kind: 'tiff', fits: at(0, 'II*\0', 'MM\0*') },
];

/** The kind of image that begins with these bytes, or undefined. */
export function sniff(head: Buffer): ImageKind | undefined {
  return signatures.find(({ fits }) => fits(head))?.kind;
}
