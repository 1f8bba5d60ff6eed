// The sample photos as the engines see them, for the scripts that measure faces. They need what `npx tsc -p tsconfig.test.json` makes.
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sharp from 'sharp';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const built = resolve(process.argv[2] ?? join(root, '.build/src'));

/** A module of the build. */
export const load = (file) => import(pathToFileURL(join(built, file)).href);

export const photos = [1, 2, 3, 4, 5, 6];

/**
 * One of the six group photos of @vladmandic/face-api.
 * @param degrees it is turned by, clockwise
 */
export async function samplePhoto(number, { width = 1080, flop = false, degrees = 0 } = {}) {
  // Each step by itself: sharp would put them into an order of its own.
  let photo = sharp(join(root, `node_modules/@vladmandic/face-api/demo/sample${number}.jpg`)).resize(width);
  if (flop) photo = sharp(await photo.flop().png().toBuffer());
  if (degrees !== 0) photo = sharp(await photo.rotate(degrees, { background: '#777777' }).png().toBuffer());
  const { data, info } = await photo.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length) };
}
