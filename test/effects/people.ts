import { applyEffect } from '../../src/effects/apply.ts';
import type { Photo } from '../../src/effects/effect.ts';
import { sampleFace } from '../../src/effects/preview.ts';
import type { Face, Point } from '../../src/faces/face.ts';
import type { Pixels } from '../../src/image/pixels.ts';

const { abs, hypot, max, min, round } = Math;

export const packs = 'templates';

/** The picture that a template makes. */
export const applied = async (...args: Parameters<typeof applyEffect>): Promise<Pixels> => (await applyEffect(...args)).picture;

/** The drawn sample person. */
export const drawnPerson = (): Promise<Photo> => sampleFace(packs);

/** The same picture turned about its middle and scaled, with its landmarks: a face at a known roll. */
export function turned({ picture, faces }: Photo, degrees: number, scale = 1): Photo {
  const { width, height, channels } = picture;
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [cx, cy] = [width / 2, height / 2];
  const data = new Uint8ClampedArray(picture.data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const px = (x - cx) / scale;
      const py = (y - cy) / scale;
      const u = min(width - 1, max(0, round(cx + cos * px + sin * py)));
      const v = min(height - 1, max(0, round(cy - sin * px + cos * py)));
      for (let k = 0; k < channels; k++) data[(y * width + x) * channels + k] = picture.data[(v * width + u) * channels + k] ?? 0;
    }
  }
  const move = ([x, y]: Point): Point => [cx + scale * (cos * (x - cx) - sin * (y - cy)), cy + scale * (sin * (x - cx) + cos * (y - cy))];
  return { picture: { ...picture, data }, faces: faces.map((face) => faceOf(face.landmarks.map(move))) };
}

/** A face with these landmarks. */
export function faceOf(landmarks: readonly Point[]): Face {
  const xs = landmarks.map(([x]) => x);
  const ys = landmarks.map(([, y]) => y);
  const [x, y] = [min(...xs), min(...ys)];
  return {
    box: { x, y, width: max(...xs) - x, height: max(...ys) - y },
    score: 1,
    pose: { yaw: 0, pitch: 0, roll: 0 },
    landmarks,
  };
}

/** Two people side by side in one picture. */
export function pair(photo: Photo): Photo {
  const { width, height, channels } = photo.picture;
  const data = new Uint8ClampedArray(width * 2 * height * channels);
  for (let y = 0; y < height; y++) {
    const row = photo.picture.data.subarray(y * width * channels, (y + 1) * width * channels);
    data.set(row, y * 2 * width * channels);
    data.set(row, (y * 2 + 1) * width * channels);
  }
  const faces = photo.faces.flatMap((face) => [face, faceOf(face.landmarks.map(([x, y]): Point => [x + width, y]))]);
  return { picture: { width: width * 2, height, channels, data }, faces: [...faces].sort((a, b) => a.box.x - b.box.x) };
}

/** Where two pictures of one size differ: the largest difference inside and outside a region. */
export function differences(before: Pixels, after: Pixels, inside: (x: number, y: number) => boolean): { inside: number; outside: number } {
  const most = { inside: 0, outside: 0 };
  for (let y = 0; y < before.height; y++) {
    for (let x = 0; x < before.width; x++) {
      let difference = 0;
      for (let k = 0; k < 3; k++) {
        const a = before.data[(y * before.width + x) * before.channels + k] ?? 0;
        difference = max(difference, abs(a - (after.data[(y * after.width + x) * after.channels + k] ?? 0)));
      }
      const where = inside(x + 0.5, y + 0.5) ? 'inside' : 'outside';
      most[where] = max(most[where], difference);
    }
  }
  return most;
}

/** Distance between the eyes. */
export function interOcular(landmarks: readonly Point[]): number {
  const mean = (from: number): Point => {
    const six = landmarks.slice(from, from + 6);
    return [six.reduce((sum, [x]) => sum + x / 6, 0), six.reduce((sum, [, y]) => sum + y / 6, 0)];
  };
  const [left, right] = [mean(36), mean(42)];
  return hypot(right[0] - left[0], right[1] - left[1]);
}
