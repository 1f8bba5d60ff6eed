import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Detector } from '../../src/faces/detector.ts';
import { lidDrop } from '../../src/faces/eyes.ts';
import type { Face, Point } from '../../src/faces/face.ts';
import { judge } from '../../src/faces/limits.ts';
import { createMediapipeDetector } from '../../src/faces/mediapipe/detector.ts';
import { measure } from '../../src/faces/quality.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { looksDown, type Portrait, portraits, shut } from './portraits.ts';

/** Two drawn eyes, 40 pixels wide, their corners at a height of 100; skin of one grey. */
function drawn(
  lids: (u: number) => { upper: number; lower: number },
  iris: number,
  skin = 170,
): { picture: Pixels; face: Pick<Face, 'landmarks' | 'pose'> } {
  const [width, height] = [240, 200];
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let value = skin;
      for (const middle of [80, 160]) {
        const [u, v] = [(x + 0.5 - middle) / 40, (y + 0.5 - 100) / 40];
        const { upper, lower } = lids(u);
        if (Math.abs(u) < 0.5 && v > upper && v < lower) value = Math.hypot(u, v + 0.03) < 0.16 ? iris : skin + 50;
        // Lashes along the upper lid.
        if (Math.abs(u) < 0.5 && Math.abs(v - upper) < 0.03) value = 30;
      }
      data.fill(value, 3 * (y * width + x), 3 * (y * width + x) + 3);
    }
  }
  const landmarks = Array.from({ length: 68 }, (): Point => [120, 150]);
  for (const [first, middle] of [
    [36, 80],
    [42, 160],
  ] as const) {
    // An engine that does not see lids close.
    const points: readonly Point[] = [
      [-20, 0],
      [-8, -5],
      [8, -5],
      [20, 0],
      [8, 5],
      [-8, 5],
    ];
    points.forEach(([x, y], i) => {
      landmarks[first + i] = [middle + x, 100 + y];
    });
  }
  return { picture: { width, height, channels: 3, data }, face: { landmarks, pose: { yaw: 0, pitch: 0, roll: 0 } } };
}

const arch = (height: number) => (u: number) => height * (1 - 4 * u * u);

describe('drawn eyes', () => {
  test.each([
    ['wide open', 0.28, 0.14],
    ['open', 0.2, 0.1],
    ['narrow, as some eyes are', 0.12, 0.06],
    ['narrowed by a smile', 0.08, 0.02],
  ])('%s: the lids are not down', (_how, up, down) => {
    const { picture, face } = drawn((u) => ({ upper: -arch(up)(u), lower: arch(down)(u) }), 60);
    expect(lidDrop(picture, face)).toBeLessThan(0.06);
  });

  test('light eyes in light skin are open too', () => {
    const { picture, face } = drawn((u) => ({ upper: -arch(0.2)(u), lower: arch(0.1)(u) }), 120, 200);
    expect(lidDrop(picture, face)).toBeLessThan(0.06);
  });

  test('shut: the line hangs between the corners', () => {
    const { picture, face } = drawn((u) => ({ upper: arch(0.2)(u), lower: arch(0.2)(u) }), 60);
    expect(lidDrop(picture, face)).toBeGreaterThan(0.1);
    expect(lidDrop(picture, face)).toBeLessThan(0.2);
  });

  test('one eye shut is a wink', () => {
    const open = drawn((u) => ({ upper: -arch(0.2)(u), lower: arch(0.1)(u) }), 60);
    const closed = drawn((u) => ({ upper: arch(0.2)(u), lower: arch(0.2)(u) }), 60);
    const half = open.picture.data.map((value, i) => ((i / 3) % 240 < 120 ? value : (closed.picture.data[i] ?? 0)));
    expect(lidDrop({ ...open.picture, data: half }, open.face)).toBeLessThan(0.06);
  });

  test('nothing is said where nothing is seen', () => {
    const { picture, face } = drawn(() => ({ upper: 9, lower: 9 }), 60);
    expect(lidDrop(picture, face)).toBe(0);
  });
});

describe('people', () => {
  let detector: Detector;
  let people: readonly Portrait[];
  beforeAll(async () => {
    detector = await createMediapipeDetector();
    people = await portraits(detector);
  });
  afterAll(() => detector.close());

  const refused = ({ picture, face }: Portrait) =>
    judge({ ...face, measures: measure(picture, face, 3) }, 'fusion')?.code === 'eyes-closed';

  test('with open eyes are not refused', () => {
    const open = people.filter((portrait) => !looksDown(portrait));
    expect(open.length).toBeGreaterThanOrEqual(17);
    expect(open.filter(refused).map(({ name }) => name)).toEqual([]);
  });

  test('who look at the floor are, where both their eyes can be seen', () => {
    // Of the four one has hair before an eye, and one has her lids half down.
    expect(people.filter(looksDown)).toHaveLength(4);
    expect(people.filter(looksDown).filter(refused).length).toBeGreaterThanOrEqual(2);
  });

  test('whose lids are drawn down over their eyes are, two of three at least', async () => {
    let [seen, caught] = [0, 0];
    for (const portrait of people.filter((each) => !looksDown(each))) {
      const picture = shut(portrait);
      const face = await detector.locate(picture, portrait.face.landmarks);
      if (face === undefined) continue;
      seen += 1;
      if (refused({ ...portrait, picture, face })) caught += 1;
    }
    expect(seen).toBeGreaterThanOrEqual(17);
    expect(caught / seen).toBeGreaterThanOrEqual(0.65);
  });
});
