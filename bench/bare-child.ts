import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { z } from 'zod';

/**
 * A process that runs nothing but sharp, under the conditions of a darkroom: no cache, one thread. Told the path of a photo, it answers with the
 * milliseconds that the bare work took: decode, turn upright, shrink to 1080 pixels, encode as a JPEG of the service's own quality.
 */

sharp.cache(false);
sharp.concurrency(1);

const photos = new Map<string, Buffer>();

process.on('message', async (message) => {
  const path = z.string().parse(message);
  const photo = photos.get(path) ?? readFileSync(path);
  photos.set(path, photo);
  const begun = performance.now();
  await sharp(photo, { failOn: 'error', sequentialRead: true, autoOrient: true })
    .resize({ width: 1080, height: 1080, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4', optimiseCoding: false })
    .toBuffer();
  process.send?.(performance.now() - begun);
});
