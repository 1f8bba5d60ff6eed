import type { OutputType } from '../jobs/task.ts';
import { avifContents } from './contents/avif.ts';
import type { Contents } from './contents/contents.ts';
import { jpegContents } from './contents/jpeg.ts';
import { pngContents } from './contents/png.ts';
import { webpContents } from './contents/webp.ts';

const readers: Readonly<Record<OutputType, (file: Buffer) => Contents>> = {
  'image/jpeg': jpegContents,
  'image/png': pngContents,
  'image/webp': webpContents,
  'image/avif': avifContents,
};

/**
 * Reads the final bytes, as anybody outside will, with readers that share nothing with the encoder: the mark is there, and nothing else is.
 * @param xmp what the file has to say; undefined: nothing at all
 * @throws Error when the file must not be released; towards the client that is `internal`
 */
export function confirm(file: Buffer, mediaType: OutputType, xmp: string | undefined): void {
  const found = readers[mediaType](file);
  if (found.others.length > 0) throw new Error(`Expected no other metadata but found ${found.others.join(', ')}`);
  const wanted = xmp === undefined ? [] : [xmp];
  if (found.xmp.length !== wanted.length || found.xmp[0] !== wanted[0]) throw new Error('Expected the mark as it was written');
}
