import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

const demo = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');

/** One of the six group photos that come with the face-api package. */
export const samplePhoto = (number: 1 | 2 | 3 | 4 | 5 | 6): string => join(demo, `sample${number}.jpg`);

/** A photo as a phone sends it, made from a sample; long side in pixels. */
export async function selfie(side = 1200): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await sharp(samplePhoto(1)).resize(side, side, { fit: 'inside' }).jpeg({ quality: 90 }).toBuffer());
}

/** No face in it. */
export async function landscape(): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(
    await sharp({ create: { width: 800, height: 600, channels: 3, background: '#4a7fb5' } })
      .jpeg()
      .toBuffer(),
  );
}
