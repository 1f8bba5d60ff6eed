import sharp, { type Sharp } from 'sharp';
import { samplePhoto } from '../kit/photos.ts';

/** Photos that the service refuses, each for one reason: made from one face of the samples. The canary's corner is the upper left one. */

const portrait = { left: 257, top: 263, width: 400, height: 500 } as const;

/** One face, upright, good enough for everything. */
export const face = (): Promise<Buffer> => sharp(samplePhoto(1)).extract(portrait).png().toBuffer();

export const nobody = (): Promise<Buffer> =>
  sharp({ create: { width: 900, height: 700, channels: 3, background: '#88aacc' } })
    .png()
    .toBuffer();

/** A face seen from the side. */
export const aside = (): Promise<Buffer> => sharp(samplePhoto(2)).extract({ left: 199, top: 37, width: 402, height: 488 }).png().toBuffer();

async function altered(change: (face: Sharp) => Sharp): Promise<Buffer> {
  return change(sharp(await face()))
    .png()
    .toBuffer();
}

export const dark = () => altered((photo) => photo.linear(0.05, 0));
export const bright = () => altered((photo) => photo.linear(3, 120));
export const blurred = () => altered((photo) => photo.blur(9));
export const small = () => altered((photo) => photo.resize(100).extend({ top: 64, left: 64, background: '#888' }));
export const cutOff = () => altered((photo) => photo.extract({ left: 210, top: 60, width: 190, height: 380 }));

export async function covered(): Promise<Buffer> {
  const bar = { create: { width: 230, height: 60, channels: 3, background: '#060606' } } as const;
  return altered((photo) => photo.composite([{ input: bar, left: 85, top: 175 }]));
}

/** Skin over both eyes, and lashes below. */
export async function asleep(): Promise<Buffer> {
  const lid = (x: number, y: number, width: number) => `
    <ellipse cx="${x}" cy="${y}" rx="${0.7 * width}" ry="${width / 2}" fill="#c99a86"/>
    <path d="M${x - width / 2} ${y + 0.08 * width} q${width / 2} ${0.3 * width} ${width} 0" stroke="#3a2418" stroke-width="${width / 10}" fill="none"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="500">${lid(187, 190, 29)}${lid(259, 196, 38)}</svg>`;
  return altered((photo) => photo.composite([{ input: Buffer.from(svg) }]));
}

/** The same face 25 times. */
export async function crowd(): Promise<Buffer> {
  const side = 180;
  const input = await sharp(await face())
    .resize(side, side, { fit: 'cover' })
    .toBuffer();
  const tiles = Array.from({ length: 25 }, (_, i) => ({ input, left: side * (i % 5), top: side * Math.floor(i / 5) }));
  return sharp({ create: { width: 5 * side, height: 5 * side, channels: 3, background: '#888888' } })
    .composite(tiles)
    .png()
    .toBuffer();
}
