// The picture of the README: the previews of the packs side by side. Run `npm run build` first.
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const root = fileURLToPath(new URL('..', import.meta.url));
const [width, height, gap] = [300, 375, 10];
const rows = [
  ['northern-lights', 'royal-portrait', 'lion', 'starry-night', 'two-of-hearts'],
  ['crown', 'anime', 'hologram', 'portrait', 'medallion'],
];
const columns = rows[0].length;

const corners = Buffer.from(`<svg width="${width}" height="${height}"><rect width="100%" height="100%" rx="18"/></svg>`);
const tiles = await Promise.all(
  rows.flat().map((id) =>
    sharp(`${root}templates/${id}/preview.png`)
      .resize(width, height, { fit: 'cover' })
      .ensureAlpha()
      .composite([{ input: corners, blend: 'dest-in' }])
      .png()
      .toBuffer(),
  ),
);
const size = { width: columns * (width + gap) - gap, height: rows.length * (height + gap) - gap };
await sharp({ create: { ...size, channels: 4, background: '#00000000' } })
  .composite(tiles.map((input, i) => ({ input, left: (i % columns) * (width + gap), top: Math.floor(i / columns) * (height + gap) })))
  .webp({ quality: 82 })
  .toFile(`${root}docs/cover.webp`);
