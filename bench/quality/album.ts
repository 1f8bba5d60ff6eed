import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import type { Pixels } from '../../src/image/pixels.ts';

/** Small copies of results, to be laid out as contact sheets. Pictures of people: they go where git does not look. */
export interface Print {
  readonly template: string;
  readonly subject: string;
  readonly png: Buffer;
}

const width = 300;
const height = 380;
const caption = 26;

export async function printOf(template: string, subject: string, { width: w, height: h, channels, data }: Pixels): Promise<Print> {
  const png = await sharp(data, { raw: { width: w, height: h, channels } })
    .resize(width, height - caption, { fit: 'contain', background: '#202020' })
    .png()
    .toBuffer();
  return { template, subject, png };
}

/** Writes prints as one picture. @param captions one for each print */
export async function writeSheet(
  folder: string,
  name: string,
  prints: readonly Print[],
  captions: readonly string[],
  columns = 4,
): Promise<void> {
  if (prints.length === 0) return;
  mkdirSync(folder, { recursive: true });
  const overlays: OverlayOptions[] = prints.flatMap(({ png }, i) => {
    const [left, top] = [(i % columns) * (width + 6), Math.floor(i / columns) * (height + 6)];
    const text = `<svg width="${width}" height="${caption}"><text x="4" y="18" font-size="15" font-family="DejaVu Sans" fill="#fff">${escaped(captions[i] ?? '')}</text></svg>`;
    return [
      { input: png, left, top },
      { input: Buffer.from(text), left, top: top + height - caption },
    ];
  });
  const rows = Math.ceil(prints.length / columns);
  await sharp({
    create: { width: Math.min(columns, prints.length) * (width + 6), height: rows * (height + 6), channels: 3, background: '#202020' },
  })
    .composite(overlays)
    .png()
    .toFile(join(folder, `${name}.png`));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
