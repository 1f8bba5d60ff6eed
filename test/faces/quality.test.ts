import { describe, expect, test } from '@jest/globals';
import type { Face, Point } from '../../src/faces/face.ts';
import { measure } from '../../src/faces/quality.ts';
import type { Pixels } from '../../src/image/pixels.ts';

/** A face whose outline is an ellipse around (150, 150), with its eyes 60 pixels apart. */
const face: Face = (() => {
  const landmarks = Array.from({ length: 68 }, (): Point => [150, 150]);
  for (let i = 0; i <= 16; i += 1) landmarks[i] = [150 - 70 * Math.cos((i * Math.PI) / 16), 140 + 90 * Math.sin((i * Math.PI) / 16)];
  for (let i = 17; i <= 26; i += 1) landmarks[i] = [100 + (i - 17) * 11, 110];
  for (let i = 36; i <= 41; i += 1) landmarks[i] = [120, 130];
  for (let i = 42; i <= 47; i += 1) landmarks[i] = [180, 130];
  return { box: { x: 80, y: 100, width: 140, height: 140 }, score: 1, pose: { yaw: 1, pitch: 2, roll: 3 }, landmarks };
})();

function picture(colour: (x: number, y: number) => number, side = 300): Pixels {
  const data = new Uint8ClampedArray(side * side * 3);
  for (let i = 0; i < side * side; i += 1) data.fill(colour(i % side, Math.floor(i / side)), 3 * i, 3 * i + 3);
  return { width: side, height: side, channels: 3, data };
}

const noise = (x: number, y: number) => 100 + ((x * 7919 + y * 104729) % 61);
const soft = (x: number, y: number) => (noise(x, y) + noise(x + 1, y) + noise(x, y + 1) + noise(x + 1, y + 1)) / 4;

describe('measures', () => {
  test('the distance of the eyes is that in the uploaded photo', () => {
    expect(
      measure(
        picture(() => 128),
        face,
        1,
      ).interocular,
    ).toBeCloseTo(60, 9);
    expect(
      measure(
        picture(() => 128),
        face,
        3.5,
      ).interocular,
    ).toBeCloseTo(210, 9);
  });

  test('the pose is passed on', () => {
    expect(
      measure(
        picture(() => 128),
        face,
        1,
      ),
    ).toMatchObject({ yaw: 1, pitch: 2, roll: 3 });
  });

  // L* of sRGB greys, computed with CIE 1976 and D65.
  test.each([
    [0, 0],
    [20, 6.3],
    [119, 50.0],
    [188, 76.0],
    [255, 100],
  ])('grey %i has a lightness of %f', (grey, lightness) => {
    expect(
      Math.abs(
        measure(
          picture(() => grey),
          face,
          1,
        ).brightness - lightness,
      ),
    ).toBeLessThan(0.5);
  });

  test('what is beside the face counts for nothing', () => {
    const inFace = (x: number, y: number) => ((x - 150) / 66) ** 2 + ((y - 140) / 86) ** 2 < 1 && y > 112;
    const dark = measure(
      picture((x, y) => (inFace(x, y) ? 30 : 255)),
      face,
      1,
    );
    expect(dark.brightness).toBeLessThan(22);
    expect(dark.clipped).toBeLessThan(0.12);
  });

  test('clipped is the share that is white', () => {
    expect(
      measure(
        picture(() => 255),
        face,
        1,
      ).clipped,
    ).toBe(1);
    expect(
      measure(
        picture(() => 230),
        face,
        1,
      ).clipped,
    ).toBe(0);
    const half = measure(
      picture((x) => (x < 150 ? 255 : 100)),
      face,
      1,
    ).clipped;
    expect(half).toBeGreaterThan(0.4);
    expect(half).toBeLessThan(0.6);
  });

  test('sharpness falls with blur, whatever the light', () => {
    const [sharp, blurred] = [measure(picture(noise), face, 1).sharpness, measure(picture(soft), face, 1).sharpness];
    expect(blurred).toBeLessThan(sharp * 0.8);
    expect(
      measure(
        picture(() => 128),
        face,
        1,
      ).sharpness,
    ).toBeLessThan(0.01);
  });

  test.each([
    [0, 1],
    [-150, 0.5],
    [-400, 0],
  ])('shifted by %i pixels', (shift, inside) => {
    const moved: Face = {
      ...face,
      box: { ...face.box, x: face.box.x + shift },
      landmarks: face.landmarks.map(([x, y]): Point => [x + shift, y]),
    };
    expect(
      Math.abs(
        measure(
          picture(() => 128),
          moved,
          1,
        ).inside - inside,
      ),
    ).toBeLessThan(0.1);
  });
});
