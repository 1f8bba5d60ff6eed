import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import type { Detector } from '../../src/faces/detector.ts';
import type { Face, Point } from '../../src/faces/face.ts';
import { at, interocular, mirrored } from '../../src/faces/landmarks.ts';
import { landmarksOf } from '../../src/faces/sixty-eight.ts';
import { decode } from '../../src/image/decode.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { sample, sampleNumbers } from '../image/samples.ts';
import { noses } from './noses.ts';

/** What every engine promises. */
export function detectorContract(make: () => Promise<Detector>): void {
  let detector: Detector;
  let photo: Pixels;
  let faces: readonly Face[];

  beforeAll(async () => {
    detector = await make();
    photo = await working(sample(1));
    faces = await detector.detect(photo);
  });
  afterAll(() => detector.close());

  describe('finding', () => {
    test('22 faces of six group photos, and nothing else', async () => {
      let [found, others] = [0, 0];
      for (const number of sampleNumbers) {
        const picture = await working(sample(number));
        const boxes = (await detector.detect(picture)).map((face) => face.box);
        for (const [x, y] of noses[number]) {
          const index = boxes.findIndex((box) => holds(box, x * picture.width, y * picture.height));
          if (index >= 0) boxes.splice(index, 1);
          if (index >= 0) found += 1;
        }
        others += boxes.length;
      }
      expect(found).toBeGreaterThanOrEqual(21);
      expect(others).toBeLessThanOrEqual(1);
    });

    test.each([1, 3, 6] as const)('the faces of sample %i as selfies: each alone, and filling the picture', async (number) => {
      const group = await working(sample(number));
      for (const [x, y] of noses[number]) {
        const [left, top] = [Math.round(x * group.width) - 90, Math.max(0, Math.round(y * group.height) - 100)];
        const selfie = await working(sample(number), (picture) => picture.extract({ left, top, width: 180, height: 190 }));
        const found = await detector.detect(selfie);
        expect(found).toHaveLength(1);
        expect(found.every(({ box }) => holds(box, 90, 100))).toBe(true);
      }
    });

    test('left to right', () => {
      const middles = faces.map(({ box }) => box.x + box.width / 2);
      expect(middles).toEqual([...middles].sort((a, b) => a - b));
    });

    test.each([
      ['grey', 640, 480],
      ['one pixel', 1, 1],
      ['a strip', 2000, 3],
    ])('no face in a picture without one: %s', async (_name, width, height) => {
      const data = new Uint8ClampedArray(width * height * 3).fill(120);
      expect(await detector.detect({ width, height, channels: 3, data })).toEqual([]);
    });
  });

  describe('points', () => {
    test('68 of them, eyes above mouth, in and around the box', () => {
      for (const { landmarks, box } of faces) {
        expect(landmarks).toHaveLength(68);
        for (const [x, y] of landmarks) {
          expect(Math.abs(x - box.x - box.width / 2)).toBeLessThan(box.width);
          expect(Math.abs(y - box.y - box.height / 2)).toBeLessThan(box.height);
        }
        expect(at(landmarks, 36)[1]).toBeLessThan(at(landmarks, 48)[1]);
        expect(at(landmarks, 36)[0]).toBeLessThan(at(landmarks, 45)[0]);
      }
    });

    test('the same at half the size', async () => {
      const half = await working(sample(1), (picture) => picture.resize(540));
      const again = await detector.detect(half);
      expect(again).toHaveLength(faces.length);
      for (const [i, face] of again.entries()) {
        const scaled = face.landmarks.map(([x, y]): Point => [x * 2, y * 2]);
        expect(distance(faces[i]?.landmarks ?? [], scaled)).toBeLessThan(0.06);
      }
    });

    test('turn with the picture, and so does the roll', async () => {
      const degrees = 20;
      const turned = await working(sample(1), (picture) => picture.rotate(degrees, { background: '#808080' }));
      const again = await detector.detect(turned);
      const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      let compared = 0;
      for (const { landmarks, pose } of again) {
        const back = landmarks.map(([x, y]): Point => {
          const [dx, dy] = [x - turned.width / 2, y - turned.height / 2];
          return [dx * cos + dy * sin + photo.width / 2, dy * cos - dx * sin + photo.height / 2];
        });
        const same = faces.find((face) => distance(face.landmarks, back) < 0.5);
        if (same === undefined) continue;
        compared += 1;
        expect(distance(same.landmarks, back)).toBeLessThan(0.06);
        expect(Math.abs(pose.roll - same.pose.roll - degrees)).toBeLessThan(5);
      }
      expect(compared).toBeGreaterThanOrEqual(2);
    });

    test('in a mirror every point becomes its counterpart, and yaw and roll change sides', async () => {
      const image = await working(sample(1), (picture) => picture.flop());
      const again = [...(await detector.detect(image))].reverse();
      expect(again).toHaveLength(faces.length);
      for (const [i, face] of again.entries()) {
        const before = faces[i];
        if (before === undefined) continue;
        const back = mirrored.map((index): Point => [image.width - at(face.landmarks, index)[0], at(face.landmarks, index)[1]]);
        expect(distance(before.landmarks, back)).toBeLessThan(0.06);
        expect(Math.abs(before.pose.yaw + face.pose.yaw)).toBeLessThan(6);
        expect(Math.abs(before.pose.roll + face.pose.roll)).toBeLessThan(3);
      }
    });
  });

  describe('finding again', () => {
    test('where the points are expected, as if the face had been looked for', async () => {
      for (const face of faces) {
        const size = interocular(face.landmarks);
        const near = face.landmarks.map(([x, y]): Point => [x + 0.1 * size, y - 0.08 * size]);
        const again = await detector.locate(photo, near);
        expect(distance(face.landmarks, again?.landmarks ?? near)).toBeLessThan(0.05);
        expect(again?.mesh === undefined).toBe(face.mesh === undefined);
      }
    });

    test('not where there is no face', async () => {
      const [face] = faces;
      const empty = { ...photo, data: new Uint8ClampedArray(photo.data.length).fill(120) };
      expect(await detector.locate(empty, face?.landmarks ?? [])).toBeUndefined();
      // The wall beside them.
      const size = interocular(face?.landmarks ?? []);
      const beside = (face?.landmarks ?? []).map(([x, y]): Point => [x - 3.2 * size, y + size]);
      expect(await detector.locate(photo, beside)).toBeUndefined();
    });
  });

  describe('schemes', () => {
    test('every engine knows the 68 points; a mesh is there where it says so, and its points lie among the others', () => {
      expect(detector.schemes).toContain('ibug-68');
      for (const { mesh, landmarks } of faces) {
        expect(mesh === undefined).toBe(!detector.schemes.includes('mesh-468'));
        if (mesh === undefined) continue;
        expect(mesh).toHaveLength(3 * 468);
        expect(distance(landmarks, landmarksOf(mesh))).toBeLessThan(0.001);
        // The tip of the nose is the nearest point of all.
        const depths = mesh.filter((_, i) => i % 3 === 2);
        expect(Math.abs(Math.min(...depths) - (depths[4] ?? 0))).toBeLessThan(0.15 * interocular(landmarks));
      }
    });
  });

  describe('manners', () => {
    test('the same picture gives the same answer, also when another is on the way', async () => {
      const other = await working(sample(4));
      const [first, , second] = await Promise.all([detector.detect(photo), detector.detect(other), detector.detect(photo)]);
      expect(first).toEqual(faces);
      expect(second).toEqual(faces);
    });

    test('an opaque fourth channel changes nothing', async () => {
      const data = new Uint8ClampedArray(photo.width * photo.height * 4).fill(255);
      for (let i = 0; i < photo.width * photo.height; i += 1) data.set(photo.data.subarray(3 * i, 3 * i + 3), 4 * i);
      const again = await detector.detect({ ...photo, channels: 4, data });
      expect(again).toHaveLength(faces.length);
      for (const [i, face] of again.entries()) expect(distance(faces[i]?.landmarks ?? [], face.landmarks)).toBeLessThan(0.01);
    });

    test('the picture is left as it was', async () => {
      const before = photo.data.slice();
      await detector.detect(photo);
      expect(photo.data.every((value, i) => value === before[i])).toBe(true);
    });
  });
}

/** A picture at the size darkrooms work on, 1080 pixels wide, then changed. */
async function working(encoded: Buffer, change: (picture: Sharp) => Sharp = (picture) => picture): Promise<Pixels> {
  const small = await sharp(encoded).resize(1080).png().toBuffer();
  return decode(await change(sharp(small)).png().toBuffer(), { maxPixels: 50_000_000 });
}

function holds(box: { x: number; y: number; width: number; height: number }, x: number, y: number): boolean {
  return x > box.x && y > box.y && x < box.x + box.width && y < box.y + box.height;
}

/** Mean distance of the inner 51 points over the distance of the eyes. */
function distance(a: readonly Point[], b: readonly Point[]): number {
  let sum = 0;
  for (let i = 17; i < 68; i += 1) sum += Math.hypot(at(a, i)[0] - at(b, i)[0], at(a, i)[1] - at(b, i)[1]);
  return sum / 51 / interocular(a);
}
