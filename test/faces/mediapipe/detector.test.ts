import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import type { Detector } from '../../../src/faces/detector.ts';
import type { Face } from '../../../src/faces/face.ts';
import { createMediapipeDetector } from '../../../src/faces/mediapipe/detector.ts';
import { decode } from '../../../src/image/decode.ts';
import type { Pixels } from '../../../src/image/pixels.ts';
import { detectorContract } from '../../contract/detector.ts';
import { noses } from '../../contract/noses.ts';
import { sample, sampleNumbers } from '../../image/samples.ts';

describe('mediapipe', () => detectorContract(() => createMediapipeDetector()));

describe('what this engine finds besides', () => {
  let detector: Detector;
  beforeAll(async () => {
    detector = await createMediapipeDetector();
  });
  afterAll(() => detector.close());

  const pixels = async (encoded: Buffer | Promise<Buffer>): Promise<Pixels> => decode(await encoded, { maxPixels: 50_000_000 });
  const nosesOf = (faces: readonly Face[]) => faces.map(({ mesh }) => [mesh?.[12] ?? 0, mesh?.[13] ?? 0] as const);

  test('every face of the six photos, and nothing else', async () => {
    for (const number of sampleNumbers) {
      const picture = await pixels(sharp(sample(number)).resize(1080).png().toBuffer());
      const found = nosesOf(await detector.detect(picture));
      expect(found).toHaveLength(noses[number].length);
      noses[number].forEach(([x, y], i) => {
        expect(Math.hypot((found[i]?.[0] ?? 0) - x * picture.width, (found[i]?.[1] ?? 0) - y * picture.height)).toBeLessThan(30);
      });
    }
  });

  test('faces of 35 pixels, far back in a large picture', async () => {
    for (const number of [1, 4, 6] as const) {
      const group = await sharp(sample(number)).resize(380).png().toBuffer();
      const scene = sharp({ create: { width: 1080, height: 800, channels: 3, background: '#6a7a88' } });
      const faces = await detector.detect(
        await pixels(
          scene
            .composite([{ input: group, left: 420, top: 320 }])
            .png()
            .toBuffer(),
        ),
      );
      expect(faces).toHaveLength(noses[number].length);
    }
  });

  test.each([90, 180, 270])('a photo that lies, turned by %i degrees', async (degrees) => {
    const faces = await detector.detect(await pixels(sharp(sample(3)).resize(1080).rotate(degrees).png().toBuffer()));
    expect(faces).toHaveLength(3);
    for (const { pose } of faces) expect(Math.cos(((pose.roll - degrees) * Math.PI) / 180)).toBeGreaterThan(0.9);
  });

  test('a profile is a profile', async () => {
    const [profile, ...others] = await detector.detect(await pixels(sharp(sample(2)).resize(1080).png().toBuffer()));
    expect(profile?.pose.yaw).toBeLessThan(-55);
    for (const { pose } of others) expect(Math.abs(pose.yaw)).toBeLessThan(30);
  });

  test('no face in hands, knees, sleeves and walls, however large they are seen', async () => {
    // Parts of the photos with nobody's face in them, in shares of the width.
    const parts = [
      [1, 0.3, 0.5, 0.12],
      [2, 0.1, 0.4, 0.2],
      [2, 0.5, 0.45, 0.2],
      [4, 0.05, 0.5, 0.2],
      [6, 0.4, 0.55, 0.2],
    ] as const;
    for (const [number, left, top, side] of parts) {
      const { width = 0 } = await sharp(sample(number)).metadata();
      const [x, y, length] = [left, top, side].map((share) => Math.round(share * width));
      const cut = sharp(sample(number)).extract({ left: x ?? 0, top: y ?? 0, width: length ?? 1, height: length ?? 1 });
      expect(await detector.detect(await pixels(cut.resize(1080).png().toBuffer()))).toEqual([]);
    }
  });
});
