import { beforeAll, describe, expect, test } from '@jest/globals';
import { applyEffect } from '../../src/effects/apply.ts';
import type { Made, Photo } from '../../src/effects/effect.ts';
import { reference } from '../../src/effects/head.ts';
import { type Field, folds } from '../../src/effects/reshape/field.ts';
import type { Point } from '../../src/faces/face.ts';
import { landmarksOf } from '../../src/faces/sixty-eight.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { loadTemplate } from '../../src/templates/load.ts';
import { manifestSchema, type Template } from '../../src/templates/template.ts';
import { greyPhoto, type Stand } from './heads.ts';
import { differences, drawnPerson, interOcular, packs, pair } from './people.ts';

const { abs, hypot, max, sin } = Math;

const ids = ['feminine', 'masculine', 'younger', 'caricature', 'big-eyes'] as const;
const templates = new Map<string, Template>();
let person: Photo;

beforeAll(async () => {
  person = await drawnPerson();
  for (const id of ids) templates.set(id, await loadTemplate(packs, id));
});

const reshaped = (id: string, params: unknown, photo: Photo): Promise<Made> => {
  const template = templates.get(id);
  if (template === undefined) throw new Error(`Expected a pack ${id}`);
  return applyEffect(template, params, [photo]);
};

/** A template that does one thing. */
function only(what: object): Template {
  const manifest = { id: 'one-thing', kind: 'reshape', version: 1, title: 'One thing', description: 'For a test', slots: 1, ...what };
  return { ...manifestSchema.parse(manifest), folder: '' };
}

/** A picture like another one, drawn anew: a colour for each pixel's middle. */
function painted({ picture, faces }: Photo, colour: (x: number, y: number) => readonly [number, number, number]): Photo {
  const { width, height } = picture;
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(colour(x + 0.5, y + 0.5), (y * width + x) * 3);
  }
  return { picture: { width, height, channels: 3, data }, faces };
}

const stands: readonly Stand[] = [{}, { roll: 30 }, { yaw: 30 }, { yaw: -38, pitch: 12 }, { pitch: -25, scale: 60 }];

describe.each(ids)('%s', (id) => {
  test('at strength 0 is the photo, byte for byte', async () => {
    const { picture, touches } = await reshaped(id, { strength: 0 }, greyPhoto({}));
    expect(Buffer.from(picture.data).equals(Buffer.from(greyPhoto({}).picture.data))).toBe(true);
    expect(touches).toEqual([]);
  });

  test.each(stands)('tears nothing and leaves what lies outside its mask alone: %o', async (stand) => {
    // Lines and squares all over, so that nothing could move unseen.
    const photo = painted(greyPhoto(stand), (x, y) => [150 + 60 * sin(x / 3), 130 + 60 * sin(y / 4), 110]);
    const made = await reshaped(id, {}, photo);
    expect(made.measures.tearing).toBe(0);
    const [touch] = made.touches;
    if (touch === undefined) throw new Error('Expected one touch');
    const { area, data } = touch.mask;
    const marked = (x: number, y: number): boolean => {
      const [u, v] = [x - 0.5 - area.x, y - 0.5 - area.y];
      return u >= 0 && v >= 0 && u < area.width && v < area.height && data[v * area.width + u] === 255;
    };
    expect(differences(photo.picture, made.picture, marked).outside).toBe(0);
    // And the mask ends where head and hair do.
    const unit = stand.scale ?? 100;
    const near = (x: number, y: number): boolean => hypot(x - 300, (y - 350 - 0.3 * unit) / 1.25) < 2.2 * unit;
    expect(differences(photo.picture, made.picture, near).outside).toBe(0);
  });

  test('does more the stronger it is, and the same twice', async () => {
    const seen: number[] = [];
    for (const strength of [25, 50, 75, 100]) {
      const { picture } = await reshaped(id, { strength }, person);
      seen.push(picture.data.reduce((sum, value, i) => sum + abs(value - sourceAt(person.picture, i)), 0));
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen[0]).toBeGreaterThan(0);
    const [first, second] = [await reshaped(id, {}, person), await reshaped(id, {}, person)];
    expect(Buffer.from(first.picture.data).equals(Buffer.from(second.picture.data))).toBe(true);
  });
});

/** The photo's value for a place in a result of three channels. */
function sourceAt({ channels, data }: Pixels, i: number): number {
  return data[Math.floor(i / 3) * channels + (i % 3)] ?? 0;
}

describe('the shape', () => {
  test.each(stands)('moves features to where the landmarks are said to be found again: %o', async (stand) => {
    const grey = greyPhoto(stand);
    const points = grey.faces[0]?.landmarks ?? [];
    // Corners of eyes and mouth, the tip of the nose, the chin: a dot on each, one at a time.
    for (const index of [36, 45, 48, 54, 30, 8]) {
      const [px, py] = points[index] ?? [0, 0];
      const photo = painted(grey, (x, y) => (hypot(x - px, y - py) < 3 ? [255, 255, 255] : [0, 0, 0]));
      const made = await applyEffect(only({ shape: { eyes: 0.8, jaw: -0.6, chin: 0.7, mouth: 0.6, noseLength: -0.7 } }), {}, [photo]);
      const [ex, ey] = made.touches[0]?.landmarks?.[index] ?? [0, 0];
      const [x, y] = middleOfLight(made.picture);
      expect([index, hypot(x - ex, y - ey) / interOcular(points) < 0.04]).toEqual([index, true]);
    }
  });

  test('does what its name says', async () => {
    const photo = greyPhoto({});
    const points = photo.faces[0]?.landmarks ?? [];
    const after = async (shape: object): Promise<readonly Point[]> =>
      (await applyEffect(only({ shape }), {}, [photo])).touches[0]?.landmarks ?? [];
    const distance = (list: readonly Point[], a: number, b: number): number =>
      hypot((list[a]?.[0] ?? 0) - (list[b]?.[0] ?? 0), (list[a]?.[1] ?? 0) - (list[b]?.[1] ?? 0));
    const ratio = async (shape: object, a: number, b: number): Promise<number> =>
      distance(await after(shape), a, b) / distance(points, a, b);
    expect(await ratio({ eyes: 1 }, 36, 39)).toBeGreaterThan(1.15);
    expect(await ratio({ eyes: -1 }, 37, 41)).toBeLessThan(0.8);
    expect(await ratio({ jaw: -1 }, 4, 12)).toBeLessThan(0.93);
    expect(await ratio({ nose: 1 }, 31, 35)).toBeGreaterThan(1.1);
    expect(await ratio({ mouth: 1 }, 48, 54)).toBeGreaterThan(1.1);
    expect(await ratio({ lips: 1 }, 51, 57)).toBeGreaterThan(1.15);
    expect(await ratio({ chin: 1 }, 33, 8)).toBeGreaterThan(1.08);
    expect(await ratio({ brows: 1 }, 19, 37)).toBeGreaterThan(1.1);
  });

  test('exaggerates what sets a face apart, and nothing where nothing does', async () => {
    const photo = greyPhoto({});
    const exaggerate = only({ exaggerate: 1 });
    const mean = await applyEffect(exaggerate, {}, [photo]);
    expect(differences(photo.picture, mean.picture, () => false).outside).toBe(0);
    const mesh = photo.faces[0]?.mesh ?? new Float32Array();
    // A longer chin than others have: 24 pixels at its tip.
    for (let i = 1; i < mesh.length; i += 3) mesh[i] = (mesh[i] ?? 0) + 40 * max(0, (reference[i] ?? 0) - 1.12);
    const chin = landmarksOf(mesh)[8]?.[1] ?? 0;
    const { touches } = await applyEffect(exaggerate, {}, [
      { ...photo, faces: photo.faces.map((face) => ({ ...face, landmarks: landmarksOf(mesh) })) },
    ]);
    const further = (touches[0]?.landmarks?.[8]?.[1] ?? 0) - chin;
    expect(further).toBeGreaterThan(14);
    expect(further).toBeLessThan(26);
  });

  test('stops before it folds the picture over', async () => {
    const everything = {
      eyes: 1,
      eyeTilt: 1,
      nose: -1,
      noseBridge: -1,
      lips: -1,
      mouth: -1,
      jaw: -1,
      chin: -1,
      chinWidth: -1,
      face: -1,
      lowerFace: -1,
    };
    const { measures } = await applyEffect(only({ shape: everything, exaggerate: 3 }), {}, [greyPhoto({ yaw: 35 })]);
    expect(measures.tearing).toBe(0);
  });
});

test('folds are counted', () => {
  const field = (steep: number): Field => {
    const grid = { area: { x: 0, y: 0, width: 80, height: 80 }, step: 8, width: 10, height: 10 };
    const dx = Float32Array.from({ length: 100 }, (_, i) => (i % 10 === 5 ? -8 * steep : 0));
    return { ...grid, dx, dy: new Float32Array(100) };
  };
  expect(folds(field(0.9))).toBe(0);
  expect(folds(field(1.2))).toBeGreaterThan(0);
});

describe('the look', () => {
  /** Skin with wide soft blotches and fine pores. */
  const skin = (): Photo =>
    painted(greyPhoto({}), (x, y) => {
      const level = 1 + 0.08 * sin(x / 9) * sin(y / 9) + 0.03 * (((x * 7 + y * 13) % 3) - 1);
      return [200 * level, 150 * level, 125 * level];
    });

  test('evens out blotches and keeps the pores', async () => {
    const photo = skin();
    const { picture } = await applyEffect(only({ look: { smooth: 1 } }), {}, [photo]);
    // Over the left cheek: the spread of means of 4 × 4, and the mean difference of neighbours.
    const measure = (of: Pixels): readonly [blotches: number, pores: number] => {
      const means: number[] = [];
      let fine = 0;
      for (let y = 385; y < 417; y += 4) {
        for (let x = 215; x < 247; x += 4) {
          let sum = 0;
          for (let v = 0; v < 4; v++) {
            for (let u = 0; u < 4; u++) {
              const at = ((y + v) * of.width + x + u) * 3;
              sum += of.data[at] ?? 0;
              fine += abs((of.data[at] ?? 0) - (of.data[at + 3] ?? 0));
            }
          }
          means.push(sum / 16);
        }
      }
      const mean = means.reduce((a, b) => a + b, 0) / means.length;
      return [means.reduce((sum, value) => sum + (value - mean) ** 2, 0), fine];
    };
    const [before, after] = [measure(photo.picture), measure(picture)];
    expect(after[0]).toBeLessThan(before[0] * 0.5);
    expect(after[1]).toBeGreaterThan(before[1] * 0.5);
    expect(after[1]).toBeLessThan(before[1]);
  });

  test('paints lips and cheeks with what the tint lacks, not the forehead and not the background', async () => {
    const photo = skin();
    const made = await applyEffect(
      only({ look: { lips: { colour: '#c0304a', amount: 0.6 }, cheeks: { colour: '#e05060', amount: 0.4 } } }),
      {},
      [photo],
    );
    const change = (x: number, y: number): readonly number[] =>
      [0, 1, 2].map((k) => (made.picture.data[(y * 600 + x) * 3 + k] ?? 0) - (photo.picture.data[(y * 600 + x) * 3 + k] ?? 0));
    const lip = change(300, 446);
    expect(abs(lip[0] ?? 9)).toBeLessThan(3);
    expect(lip[1]).toBeLessThan(-30);
    expect(change(228, 398)[1]).toBeLessThan(-10);
    expect(change(300, 290)).toEqual([0, 0, 0]);
    expect(change(40, 40)).toEqual([0, 0, 0]);
  });

  test('leaves alone what lies before the skin', async () => {
    const bar = (x: number): boolean => x > 215 && x < 245;
    const photo = painted(greyPhoto({}), (x) => (bar(x) ? [20, 60, 30] : [200, 150, 125]));
    const made = await applyEffect(only({ look: { beard: 1, cheeks: { colour: '#e05060', amount: 1 } } }), {}, [photo]);
    expect(differences(photo.picture, made.picture, (x) => !(x > 222 && x < 238)).outside).toBe(0);
    expect(differences(photo.picture, made.picture, (x) => !bar(x)).inside).toBeGreaterThan(20);
  });
});

describe('two people', () => {
  test('of whom one is chosen: the other keeps every byte', async () => {
    const both = pair(person);
    const half = person.picture.width;
    const { picture, touches } = await reshaped('feminine', { faces: [1] }, both);
    expect(touches).toHaveLength(1);
    const found = differences(both.picture, picture, (x) => x < half);
    expect(found.inside).toBe(0);
    expect(found.outside).toBeGreaterThan(20);
  });

  test('cheek to cheek never warp the same pixel', async () => {
    const one = greyPhoto({ scale: 80 });
    const [face] = one.faces;
    if (face?.mesh === undefined) throw new Error('Expected a face');
    const beside = (by: number) => ({
      ...face,
      landmarks: face.landmarks.map(([x, y]): Point => [x + by, y]),
      mesh: face.mesh?.map((value, i) => (i % 3 === 0 ? value + by : value)) ?? new Float32Array(),
    });
    const photo = { ...painted(one, (x, y) => [128 + 80 * sin(x / 3), 128 + 80 * sin(y / 3), 128]), faces: [beside(-80), beside(90)] };
    const both = await applyEffect(only({ shape: { face: 1, jaw: 1 } }), {}, [photo]);
    const each = await Promise.all([0, 1].map((index) => applyEffect(only({ shape: { face: 1, jaw: 1 } }), { faces: [index] }, [photo])));
    let shared = 0;
    for (let i = 0; i < both.picture.data.length; i++) {
      const [first, second] = each.map(({ picture }) => abs((picture.data[i] ?? 0) - (photo.picture.data[i] ?? 0)));
      if ((first ?? 0) > 0 && (second ?? 0) > 0) shared++;
    }
    expect(shared).toBe(0);
  });
});

/** The middle of what is light in a dark picture. */
function middleOfLight({ width, height, data }: Pixels): Point {
  let [sx, sy, sum] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const weight = max(0, (data[(y * width + x) * 3] ?? 0) - 20);
      sx += weight * (x + 0.5);
      sy += weight * (y + 0.5);
      sum += weight;
    }
  }
  return [sx / sum, sy / sum];
}
