import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Detector } from '../../src/faces/detector.ts';
import { judge, type Need } from '../../src/faces/limits.ts';
import { createMediapipeDetector } from '../../src/faces/mediapipe/detector.ts';
import { measure } from '../../src/faces/quality.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { looksDown, portraits, tones, toning } from './portraits.ts';

/**
 * No refusal may depend on the colour of a skin: the faces of the samples are given skins from very light to dark, in the light they are in, and
 * whatever was decided of them stays.
 */

interface Toned {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly brightness: number;
  readonly inTheDark: string;
}

const needs: readonly Need[] = ['fusion', 'toon', 'avatar', 'mesh', 'reshape', 'sticker'];

let detector: Detector;
const all = new Map<string, Toned[]>(Object.keys(tones).map((name) => [name, []]));
beforeAll(async () => {
  detector = await createMediapipeDetector();
  for (const portrait of (await portraits(detector)).filter((each) => !looksDown(each))) {
    const codes = (picture: Pixels) => {
      const measures = measure(picture, portrait.face, 3);
      return needs.map((need) => judge({ ...portrait.face, measures }, need)?.code ?? 'fine');
    };
    const before = codes(portrait.picture);
    const toned = toning(portrait);
    for (const [name, tone] of Object.entries(tones)) {
      const picture = toned(tone);
      const { brightness } = measure(picture, portrait.face, 3);
      all.get(name)?.push({ name: portrait.name, before, after: codes(picture), brightness, inTheDark: codes(dimmed(picture))[0] ?? '' });
    }
  }
});
afterAll(() => detector.close());

describe.each([...all])('%s skin', (_name, people) => {
  test('is refused nothing that the same person is not refused', () => {
    expect(people.length).toBeGreaterThanOrEqual(15);
    for (const { name, before, after } of people) expect([name, ...after]).toEqual([name, ...before]);
  });

  test('is far from the limit of darkness', () => {
    for (const { brightness } of people) expect(brightness).toBeGreaterThan(28);
  });

  test('is refused in a fiftieth of the light', () => {
    expect(people.filter(({ inTheDark }) => inTheDark === 'too-dark').length).toBeGreaterThanOrEqual(people.length - 2);
  });
});

/** The same photo with a fiftieth of the light. */
function dimmed(picture: Pixels): Pixels {
  const table = Uint8ClampedArray.from({ length: 256 }, (_, value) => 255 * ((value / 255) ** 2.2 / 50) ** (1 / 2.2));
  return { ...picture, data: picture.data.map((value) => table[value] ?? 0) };
}
