import { encode, encodeWithXmp } from '../image/encode.ts';
import type { Pixels } from '../image/pixels.ts';
import type { OutputType } from '../jobs/task.ts';
import type { Mark } from './mark.ts';
import { confirm } from './read-back.ts';
import { xmpOf } from './xmp.ts';

export { drawMark } from './draw.ts';
export { type Mark, type MarkStyle, markOf } from './mark.ts';

/**
 * A result to the bytes that leave the house: encoded once, with the mark's metadata and no other, and read back before they go.
 * @param mark undefined: the file carries no metadata at all
 * @throws Error when the final bytes do not say what they should, or say more
 */
export async function encodeMarked(picture: Pixels, mediaType: OutputType, mark: Mark | undefined): Promise<Buffer> {
  const xmp = mark && xmpOf(mark);
  const file = await (xmp === undefined ? encode(picture, mediaType) : encodeWithXmp(picture, mediaType, xmp));
  confirm(file, mediaType, xmp);
  return file;
}
