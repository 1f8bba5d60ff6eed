import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Detector } from '../../src/faces/detector.ts';
import { judge } from '../../src/faces/limits.ts';
import { createMediapipeDetector } from '../../src/faces/mediapipe/detector.ts';
import { occlusion } from '../../src/faces/occlusion.ts';
import { measure } from '../../src/faces/quality.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { masked, type Portrait, portraits, shaded } from './portraits.ts';

let detector: Detector;
let people: readonly Portrait[];
let uncovered: number;
beforeAll(async () => {
  detector = await createMediapipeDetector();
  people = await portraits(detector);
  const before = await fates(({ picture }) => picture);
  uncovered = before.filter((fate) => fate === 'occluded').length;
  // Of who is refused anyway nothing is to be learnt.
  people = people.filter((_, i) => before[i] === 'fine');
});
afterAll(() => detector.close());

/** What becomes of people when their photos are changed: refused for being covered, or for another reason, or not at all. */
async function fates(change: (portrait: Portrait) => Pixels): Promise<readonly string[]> {
  const all: string[] = [];
  for (const portrait of people) {
    const picture = change(portrait);
    const face = await detector.locate(picture, portrait.face.landmarks);
    all.push(face === undefined ? 'no-face' : (judge({ ...face, measures: measure(picture, face, 3) }, 'fusion')?.code ?? 'fine'));
  }
  return all;
}

const share = (codes: readonly string[], ...wanted: readonly string[]) =>
  codes.filter((code) => wanted.includes(code)).length / codes.length;

test('nobody is told that something covers the face when nothing does, make-up, hair and coloured light included', () => {
  expect(people.length).toBeGreaterThanOrEqual(15);
  expect(uncovered).toBe(0);
});

test('dark glasses are seen mostly, also brown and green ones', async () => {
  for (const lens of [
    [18, 18, 22],
    [45, 28, 18],
    [20, 36, 24],
  ] as const)
    expect(share(await fates((portrait) => shaded(portrait, lens)), 'occluded', 'no-face')).toBeGreaterThanOrEqual(0.65);
});

describe('masks', () => {
  test.each([
    ['blue', 130, 170, 200, 0.9],
    ['black', 25, 25, 28, 0.9],
    ['white', 215, 215, 215, 0.75],
  ])('%s ones are seen', async (_name, r, g, b, least) => {
    expect(share(await fates((portrait) => masked(portrait, [r, g, b])), 'occluded', 'no-face', 'eyes-closed')).toBeGreaterThanOrEqual(
      least,
    );
  });
});

describe('the measures', () => {
  const eyesAt = (landmarks: Portrait['face']['landmarks'], picture: Pixels) => occlusion(picture, landmarks);

  test('are of light and colour beside one another: less light on all changes next to nothing', () => {
    for (const { picture, face } of people.slice(0, 6)) {
      const dimmed = { ...picture, data: picture.data.map((value) => 255 * ((value / 255) ** 2.2 * 0.4) ** (1 / 2.2)) };
      const [before, after] = [eyesAt(face.landmarks, picture), eyesAt(face.landmarks, dimmed)];
      expect(Math.abs(after.shade - before.shade)).toBeLessThan(0.25);
      expect(Math.abs(after.mask - before.mask)).toBeLessThan(0.1);
    }
  });
});
