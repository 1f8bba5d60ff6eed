import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { samplePhoto } from '../test/kit/photos.ts';
import type { PhotoSize } from './results.ts';

/** A selfie of the bench: its bytes to send, its file for the processes that run sharp alone. */
export interface Photo extends PhotoSize {
  readonly body: Buffer;
  readonly path: string;
}

/** Upright, 3 : 4, as phones take them. */
const sizes: Readonly<Record<number, readonly [width: number, height: number]>> = {
  0.3: [480, 640],
  1: [866, 1155],
  12: [3000, 4000],
  48: [6000, 8000],
};

/** One woman of the sixth sample, head and shoulders. */
const portrait = { left: 90, top: 330, width: 570, height: 760 };

/**
 * A selfie of about so many megapixels: a portrait cut from a sample, enlarged, with the fine grain of a real sensor, without which an enlarged
 * photo would be a third of the bytes and decode faster than any photo a phone sends.
 * @param folder where its file goes; the caller removes it
 */
export async function makePhoto(megapixels: number, folder: string): Promise<Photo> {
  const [width, height] = sizes[megapixels] ?? [0, 0];
  const grain = await sharp({
    create: { width: 256, height: 256, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 14 } },
  })
    .png()
    .toBuffer();
  const body = await sharp(samplePhoto(6))
    .extract(portrait)
    .resize(width, height)
    .composite([{ input: grain, tile: true, blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toBuffer();
  const path = join(folder, `${megapixels}.jpg`);
  writeFileSync(path, body);
  return { megapixels, width, height, bytes: body.length, body, path };
}
