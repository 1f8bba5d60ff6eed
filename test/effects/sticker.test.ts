import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Photo } from '../../src/effects/effect.ts';
import { viewHead } from '../../src/effects/head.ts';
import type { Point } from '../../src/faces/face.ts';
import { loadTemplate } from '../../src/templates/load.ts';
import type { Template } from '../../src/templates/template.ts';
import { applied, differences, drawnPerson, interOcular, packs, pair, turned } from './people.ts';

const { abs, atan2, cos, hypot, sin } = Math;

let person: Photo;
let glasses: Template;
let crown: Template;

beforeAll(async () => {
  person = await drawnPerson();
  glasses = await loadTemplate(packs, 'sunglasses');
  crown = await loadTemplate(packs, 'flower-crown');
});

const middle = (points: readonly Point[]): Point => [
  points.reduce((s, [x]) => s + x / points.length, 0),
  points.reduce((s, [, y]) => s + y / points.length, 0),
];

describe('the view of a head', () => {
  test.each([-40, -15, 0, 10, 35])('lies on the eyes and turns with them at a roll of %d degrees', (degrees) => {
    for (const scale of [0.4, 1]) {
      const [face] = turned(person, degrees, scale).faces;
      if (face === undefined) throw new Error('a face was expected');
      const view = viewHead(face.landmarks);
      const unit = interOcular(face.landmarks);
      const [left, right] = [view.project([-0.49, 0, -0.02]), view.project([0.49, 0, -0.02])];
      const eyes = [middle(face.landmarks.slice(36, 42)), middle(face.landmarks.slice(42, 48))] as const;
      expect(hypot(left[0] - eyes[0][0], left[1] - eyes[0][1]) / unit).toBeLessThan(0.05);
      expect(hypot(right[0] - eyes[1][0], right[1] - eyes[1][1]) / unit).toBeLessThan(0.05);
      const roll = (atan2(right[1] - left[1], right[0] - left[0]) * 180) / Math.PI;
      expect(abs(roll - degrees)).toBeLessThan(2);
      const bridge = face.landmarks[27] ?? [0, 0];
      const [x, y] = view.project([0, -0.06, 0.2]);
      expect(hypot(x - bridge[0], y - bridge[1]) / unit).toBeLessThan(0.1);
    }
  });

  test('turned away, the near side of the head is seen and the far one is not', () => {
    const [face] = person.faces;
    if (face === undefined) throw new Error('a face was expected');
    // A head that looks to the picture's right by 30 degrees, as an orthographic camera sees a rough head of depth.
    const depth = (i: number): number => (i <= 16 ? -1.1 + 0.9 * (1 - abs(i - 8) / 8) : i >= 27 && i <= 35 ? 0.35 : 0);
    const unit = interOcular(face.landmarks);
    const [cx] = middle(face.landmarks.slice(36, 48));
    const yaw = Math.PI / 6;
    const side = face.landmarks.map(([x, y], i): Point => [cx + (x - cx) * cos(yaw) + depth(i) * unit * sin(yaw), y]);
    const view = viewHead(side);
    const ear = (x: number): number => view.project([x, 0, -1.2])[0] - view.project([x, 0, 0])[0];
    expect(ear(-1.1)).toBeLessThan(0);
    expect(ear(1.1)).toBeLessThan(0);
    expect(view.project([0, 0.5, 0.53])[0]).toBeGreaterThan(view.project([0, 0.5, 0])[0]);
  });
});

describe('sunglasses', () => {
  test.each([-25, 0, 20])('darken both eyes, level with them, at a roll of %d degrees', async (degrees) => {
    const photo = turned(person, degrees, 0.7);
    const [face] = photo.faces;
    if (face === undefined) throw new Error('a face was expected');
    const result = await applied(glasses, {}, [photo]);
    // Ground truth from pixels alone: the middle of what became much darker, left and right of the nose.
    const unit = interOcular(face.landmarks);
    const [cx, cy] = middle([middle(face.landmarks.slice(36, 42)), middle(face.landmarks.slice(42, 48))]);
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const sums = [
      [0, 0, 0],
      [0, 0, 0],
    ];
    for (let y = 0; y < result.height; y++) {
      for (let x = 0; x < result.width; x++) {
        const before = photo.picture.data[(y * result.width + x) * photo.picture.channels] ?? 0;
        const after = result.data[(y * result.width + x) * 3] ?? 0;
        const along = ((x - cx) * cos + (y - cy) * sin) / unit;
        if (before - after < 40 || abs(along) < 0.15) continue;
        const sum = sums[along < 0 ? 0 : 1] ?? [];
        sum[0] = (sum[0] ?? 0) + 1;
        sum[1] = (sum[1] ?? 0) + x;
        sum[2] = (sum[2] ?? 0) + y;
      }
    }
    const [left = [], right = []] = sums.map(([count = 0, x = 0, y = 0]) => [count, x / count, y / count]);
    expect(left[0]).toBeGreaterThan(unit * unit * 0.1);
    const roll = (atan2((right[2] ?? 0) - (left[2] ?? 0), (right[1] ?? 0) - (left[1] ?? 0)) * 180) / Math.PI;
    expect(abs(roll - degrees)).toBeLessThan(2);
    const [mx, my] = [((left[1] ?? 0) + (right[1] ?? 0)) / 2 - cx, ((left[2] ?? 0) + (right[2] ?? 0)) / 2 - cy];
    expect(abs(mx * cos + my * sin) / unit).toBeLessThan(0.05);
  });

  test('change nothing but the surroundings of the eyes, and not the photo itself', async () => {
    const before = person.picture.data.slice();
    const result = await applied(glasses, {}, [person]);
    const [face] = person.faces;
    const unit = interOcular(face?.landmarks ?? []);
    const [cx, cy] = middle(face?.landmarks.slice(36, 48) ?? []);
    const found = differences(person.picture, result, (x, y) => hypot((x - cx) / 1.6, y - cy) < unit);
    expect(found.outside).toBe(0);
    expect(found.inside).toBeGreaterThan(100);
    expect(Buffer.from(before).equals(Buffer.from(person.picture.data))).toBe(true);
  });

  test('are gone at opacity 0 and grow with size', async () => {
    const changed = async (params: unknown): Promise<number> => {
      const result = await applied(glasses, params, [person]);
      let count = 0;
      for (let i = 0; i < result.width * result.height; i++) {
        if (result.data[i * 3] !== person.picture.data[i * person.picture.channels]) count++;
      }
      return count;
    };
    expect(await changed({ opacity: 0 })).toBe(0);
    const usual = await changed({});
    expect(await changed({ size: 70 })).toBeLessThan(usual * 0.7);
    expect(await changed({ size: 130 })).toBeGreaterThan(usual * 1.3);
  });
});

describe('which faces', () => {
  test('all of them, or those that are named', async () => {
    const both = pair(person);
    const half = person.picture.width;
    const changedIn = async (params: unknown) => {
      const found = differences(both.picture, await applied(crown, params, [both]), (x) => x < half);
      return [found.inside > 0, found.outside > 0];
    };
    expect(await changedIn({})).toEqual([true, true]);
    expect(await changedIn({ faces: [0] })).toEqual([true, false]);
    expect(await changedIn({ faces: [1, 1] })).toEqual([false, true]);
  });

  test('a face that is not there is refused, and so is a photo without any', async () => {
    await expect(applied(crown, { faces: [1] }, [person])).rejects.toMatchObject({ code: 'invalid-params' });
    await expect(applied(crown, {}, [{ ...person, faces: [] }])).rejects.toMatchObject({ code: 'no-face' });
  });
});

test('the same photo gives the same bytes', async () => {
  const first = await applied(crown, {}, [person]);
  const second = await applied(crown, {}, [person]);
  expect(Buffer.from(first.data).equals(Buffer.from(second.data))).toBe(true);
});
