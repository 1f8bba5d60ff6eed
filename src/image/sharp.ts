import sharp, { type Sharp, type SharpInput, type SharpOptions } from 'sharp';
import { Problem } from '../problems.ts';

// A cache would keep pixels of one photo beside the next; a darkroom is one unit of work, so its pool of threads is one wide and the number of
// darkrooms is what uses the cores (and the peak memory of a decode is that of one thread).
sharp.cache(false);
sharp.concurrency(1);

/**
 * Opens an encoded picture for libvips. No decoding happens yet. A photo that ends early is an error, not a picture with a grey half:
 * `failOn: 'error'` includes `truncated`. Mere warnings, as careless encoders cause them, pass.
 */
export function open(encoded: Buffer, options: SharpOptions = {}): Sharp {
  return sharp(encoded, { failOn: 'error', sequentialRead: true, ...options });
}

/** Opens pixels that are in memory already. */
export function openRaw(data: SharpInput, width: number, height: number, channels: 3 | 4): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}

/**
 * Runs work on an uploaded picture and turns whatever libvips says into one of our problems; its own text may quote the photo's metadata and
 * never leaves.
 * @throws Problem `unsupported-image-type` when no decoder knows the format, else `unreadable-image`
 */
export async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof Problem) throw fault;
    const text = fault instanceof Error ? fault.message : '';
    if (text.includes('unsupported image format')) throw new Problem('unsupported-image-type');
    if (text.includes('exceeds pixel limit')) throw new Problem('image-too-large');
    throw new Problem('unreadable-image');
  }
}
