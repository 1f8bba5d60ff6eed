import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { applyEffect } from '../../src/effects/apply.ts';
import type { Photo } from '../../src/effects/effect.ts';
import { headOf } from '../../src/effects/head.ts';
import type { Point } from '../../src/faces/face.ts';
import { leftEyeRing } from '../../src/faces/topology.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { loadTemplate } from '../../src/templates/load.ts';
import { manifestSchema, type Template } from '../../src/templates/template.ts';
import { greyPhoto, meshAt, type Stand } from './heads.ts';
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

/** A pack of one piece whose art is of one colour but for what `svg` draws. */
function packOf(piece: object, svg: string): Template {
  const folder = mkdtempSync(join(tmpdir(), 'sticker-'));
  folders.push(folder);
  writeFileSync(join(folder, 'art.svg'), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">${svg}</svg>`);
  const manifest = { id: 'marker', kind: 'sticker', version: 1, title: 'Marker', description: 'For a test', slots: 1 };
  const pieces = [{ art: 'art.svg', size: { width: 400, height: 400 }, ...piece }];
  return { ...manifestSchema.parse({ ...manifest, pieces }), folder };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The middles of what differs from the photo, on either side of a line through the middle of the eyes. */
function spots(photo: Photo, result: Pixels): readonly { readonly count: number; readonly at: Point }[] {
  const points = photo.faces[0]?.landmarks ?? [];
  const [left, right] = [middle(points.slice(36, 42)), middle(points.slice(42, 48))];
  const sums = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let y = 0; y < result.height; y++) {
    for (let x = 0; x < result.width; x++) {
      const weight = abs((result.data[(y * result.width + x) * 3] ?? 0) - (photo.picture.data[(y * result.width + x) * 3] ?? 0));
      const side =
        (x + 0.5 - (left[0] + right[0]) / 2) * (right[0] - left[0]) + (y + 0.5 - (left[1] + right[1]) / 2) * (right[1] - left[1]);
      const sum = sums[side < 0 ? 0 : 1] ?? [];
      sum[0] = (sum[0] ?? 0) + weight;
      sum[1] = (sum[1] ?? 0) + weight * (x + 0.5);
      sum[2] = (sum[2] ?? 0) + weight * (y + 0.5);
    }
  }
  return sums.map(([count = 0, x = 0, y = 0]) => ({ count, at: [x / count, y / count] }));
}

const stands: readonly Stand[] = [
  {},
  { roll: -30 },
  { roll: 25, scale: 40 },
  { yaw: 35, pitch: -10 },
  { yaw: -40, roll: 15 },
  { pitch: 25 },
  { pitch: -25, yaw: 20, roll: -20, scale: 70 },
];

describe('how a head stands', () => {
  test.each(stands)('is found from its mesh: %o', (stand) => {
    const { yaw = 0, pitch = 0, roll = 0, scale = 100 } = stand;
    const { turn, scale: found } = headOf(meshAt(stand));
    const degrees = (radians: number): number => (radians * 180) / Math.PI;
    // Where the nose points in the picture, and where the line through the eyes does.
    expect(abs(found / scale - 1)).toBeLessThan(0.01);
    const look = [turn[0][2], turn[1][2], turn[2][2]] as const;
    const [c, s] = [cos((roll * Math.PI) / 180), sin((roll * Math.PI) / 180)];
    expect(abs(degrees(atan2(look[0] * c + look[1] * s, look[2])) - yaw)).toBeLessThan(2);
    expect(abs(degrees(Math.asin(look[0] * s - look[1] * c)) - pitch)).toBeLessThan(2);
  });

  test('does not depend on the mouth', () => {
    const mesh = meshAt({ yaw: 20 });
    const before = headOf(mesh).turn;
    for (const index of [152, 17, 14, 87, 317, 175, 199]) mesh[3 * index + 1] = (mesh[3 * index + 1] ?? 0) + 30;
    expect(headOf(mesh).turn).toEqual(before);
  });
});

describe('a sticker that is held by the eyes', () => {
  const dots = '<circle cx="100" cy="200" r="12" fill="#fff"/><circle cx="300" cy="200" r="12" fill="#fff"/>';
  const surface = { shape: 'plane', center: [0, 0, -0.02], size: [2, 2], turn: 0, lean: 0 };

  test.each(stands)('lies on both within a twentieth of their distance and within two degrees: %o', async (stand) => {
    const photo = greyPhoto(stand);
    const points = photo.faces[0]?.landmarks ?? [];
    const made = await applyEffect(packOf({ surface }, dots), {}, [photo]);
    const unit = interOcular(points) / cos(((stand.yaw ?? 0) * Math.PI) / 180);
    const found = spots(photo, made.picture);
    const eyes = [middle(points.slice(36, 42)), middle(points.slice(42, 48))];
    const [left, right] = found.map(({ at }, i) => [at[0] - (eyes[i]?.[0] ?? 0), at[1] - (eyes[i]?.[1] ?? 0)]);
    expect(hypot(left?.[0] ?? 9, left?.[1] ?? 9) / unit).toBeLessThan(0.05);
    expect(hypot(right?.[0] ?? 9, right?.[1] ?? 9) / unit).toBeLessThan(0.05);
    const lean = (a: Point | undefined, b: Point | undefined): number =>
      atan2((b?.[1] ?? 0) - (a?.[1] ?? 0), (b?.[0] ?? 0) - (a?.[0] ?? 0));
    expect((abs(lean(found[0]?.at, found[1]?.at) - lean(eyes[0], eyes[1])) * 180) / Math.PI).toBeLessThan(2);
    expect(made.measures.anchor).toBeLessThan(0.05);
    expect(made.measures.roll).toBeLessThan(2);
  });

  test('says how far it is off where the eyes lie as no head has them', async () => {
    const photo = greyPhoto({});
    const mesh = photo.faces[0]?.mesh ?? new Float32Array();
    for (const index of leftEyeRing) mesh[3 * index] = (mesh[3 * index] ?? 0) - 50;
    const made = await applyEffect(packOf({ surface }, dots), {}, [photo]);
    expect(made.measures.anchor).toBeGreaterThan(0.05);
  });
});

describe('a sticker on the skin', () => {
  const surface = { shape: 'face', center: [0, 1.02], size: [1.2, 1.2] };
  const corners = '<circle cx="58" cy="200" r="10" fill="#fff"/><circle cx="342" cy="200" r="10" fill="#fff"/>';

  test('stays on the corners of a mouth that moves', async () => {
    const photo = greyPhoto({ roll: 10 });
    const mesh = photo.faces[0]?.mesh ?? new Float32Array();
    const template = packOf({ surface }, corners);
    const before = spots(photo, await applied(template, {}, [photo]))[0]?.at ?? [0, 0];
    // The left half of the mouth goes up by a quarter of the distance between the eyes.
    for (const index of [61, 76, 62, 78, 184, 183, 77, 146, 96, 57, 185, 95, 191, 42, 74, 40, 80, 88, 89, 90, 91, 43, 186, 212, 202]) {
      mesh[3 * index + 1] = (mesh[3 * index + 1] ?? 0) - 25;
    }
    const after = spots(photo, await applied(template, {}, [photo]))[0]?.at ?? [0, 0];
    expect(after[0] - before[0]).toBeCloseTo(0, 0);
    expect(before[1] - after[1]).toBeGreaterThan(22);
    expect(before[1] - after[1]).toBeLessThan(27);
  });
});

describe('what lies behind the head', () => {
  const full = '<rect width="400" height="400" fill="#fff"/>';
  const ring = { shape: 'band', center: [0, -0.3, -1.3], radius: [1.05, 1.3], height: 0.5, lean: 0 };
  const changed = async (piece: object, stand: Stand): Promise<number> => {
    const photo = greyPhoto(stand);
    const result = await applied(packOf(piece, full), {}, [photo]);
    return result.data.reduce((count, value, i) => count + (value === photo.picture.data[i] ? 0 : 1), 0);
  };

  test('is hidden, whichever way the head turns', async () => {
    const back = { surface: { ...ring, from: 120, to: 240 }, side: 'inner', anchor: 'forehead' };
    for (const stand of [{}, { yaw: 40 }, { yaw: -30, roll: 20 }]) {
      expect(await changed(back, stand)).toBeGreaterThan(1000);
      expect(await changed({ ...back, behind: true }, stand)).toBe(0);
    }
  });

  test('is seen above it when the head nods', async () => {
    const back = { surface: { ...ring, center: [0, -1.5, -1.3], from: 120, to: 240 }, side: 'inner', anchor: 'forehead', behind: true };
    expect(await changed(back, { pitch: -35 })).toBeGreaterThan(1000);
  });

  test('leaves what lies in front alone', async () => {
    const front = { surface: { ...ring, radius: [1.3, 1.7], from: -60, to: 60 }, anchor: 'forehead' };
    expect(await changed({ ...front, behind: true }, { yaw: 20 })).toBe(await changed(front, { yaw: 20 }));
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

test('every pixel that differs lies in the mask of a touch', async () => {
  const both = pair(person);
  const { picture, base, touches } = await applyEffect(crown, {}, [both]);
  expect(touches).toHaveLength(2);
  const marked = (x: number, y: number): boolean =>
    touches.some(({ mask: { area, data } }) => {
      const [u, v] = [x - 0.5 - area.x, y - 0.5 - area.y];
      return u >= 0 && v >= 0 && u < area.width && v < area.height && data[v * area.width + u] === 255;
    });
  expect(differences(base ?? both.picture, picture, marked)).toMatchObject({ outside: 0 });
});

test('the same photo gives the same bytes', async () => {
  const first = await applied(crown, {}, [person]);
  const second = await applied(crown, {}, [person]);
  expect(Buffer.from(first.data).equals(Buffer.from(second.data))).toBe(true);
});
