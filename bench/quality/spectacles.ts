import sharp from 'sharp';
import type { Point } from '../../src/faces/face.ts';
import { centre, interocular, leftEye, rightEye } from '../../src/faces/landmarks.ts';

/**
 * The same photo with spectacles drawn on: nobody in the samples wears any. Dark frames around clear lenses with a faint glare, which is what most
 * people wear who wear some; what the same people get without them is what it is held against.
 * @param photo PNG @param landmarks 68 points of the face in it
 */
export async function withSpectacles(photo: Buffer, landmarks: readonly Point[]): Promise<Buffer> {
  const { width, height } = await sharp(photo).metadata();
  const unit = interocular(landmarks);
  const [left, right] = [centre(landmarks, leftEye), centre(landmarks, rightEye)];
  const turn = (Math.atan2(right[1] - left[1], right[0] - left[0]) * 180) / Math.PI;
  const [x, y] = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  const lens = (side: 1 | -1) => `<rect x="${side * 0.5 - 0.36}" y="-0.22" width="0.72" height="0.52" rx="0.2"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<g transform="translate(${x} ${y}) rotate(${turn}) scale(${unit})" fill="#ffffff" fill-opacity="0.06" stroke="#1d1a1a" stroke-width="0.05">
${lens(-1)}${lens(1)}<path d="M-0.14 -0.04Q0 -0.12 0.14 -0.04M-0.86 -0.06L-1.02 -0.1M0.86 -0.06L1.02 -0.1" fill="none"/>
</g></svg>`;
  return sharp(photo)
    .composite([{ input: Buffer.from(svg) }])
    .png()
    .toBuffer();
}
