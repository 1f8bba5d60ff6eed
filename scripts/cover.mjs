// The picture of the README: the previews of the packs side by side. Run `npm run build` first.
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const root = fileURLToPath(new URL('..', import.meta.url));
const [width, height, gap] = [400, 500, 12];
const ids = ['astronaut', 'flower-crown', 'moon', 'sunglasses'];

const corners = Buffer.from(`<svg width="${width}" height="${height}"><rect width="100%" height="100%" rx="18"/></svg>`);
const tiles = await Promise.all(
  ids.map((id) =>
    sharp(`${root}templates/${id}/preview.png`)
      .resize(width, height, { fit: 'cover' })
      .ensureAlpha()
      .composite([{ input: corners, blend: 'dest-in' }])
      .png()
      .toBuffer(),
  ),
);
await sharp({ create: { width: tiles.length * (width + gap) - gap, height, channels: 4, background: '#00000000' } })
  .composite(tiles.map((input, i) => ({ input, left: i * (width + gap), top: 0 })))
  .webp({ quality: 82 })
  .toFile(`${root}docs/cover.webp`);
