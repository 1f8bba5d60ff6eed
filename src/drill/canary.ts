import { decode } from '../image/decode.ts';
import { encodeWithXmp } from '../image/encode.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Marks } from './marks.ts';

/** Long side of a canary: small enough that no darkroom shrinks it, which would blur its mark. */
const longSide = 900;

/** Side of the marked corner, a multiple of the 16 pixels of the mark. */
const corner = 64;

/** How often the text stands in the file. */
const repeats = 40;

/**
 * A photo with marks: a PNG, so that its pixels come out of the decoder as they went in, with the text where metadata stands.
 * @param photo an encoded picture, a face in it or not
 * @throws Problem where it cannot be read
 */
export async function canaryOf(photo: Buffer, marks: Marks): Promise<Buffer> {
  const picture = await decode(photo, { maxPixels: 50_000_000, maxSide: longSide });
  paint(picture, marks.pixels);
  return encodeWithXmp(picture, 'image/png', `${marks.text.toString('latin1')} `.repeat(repeats));
}

/** The pattern over the upper left corner, each row beginning with its first pixel. */
function paint({ width, height, data }: Pixels, pattern: Uint8Array): void {
  const size = Math.min(corner, width - (width % 16), height);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x += 16) data.set(pattern, 3 * (y * width + x));
}
