import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { applyEffect } from '../../src/effects/apply.ts';
import type { Photo } from '../../src/effects/effect.ts';
import { ciede2000 } from '../../src/effects/measures/ciede2000.ts';
import { art } from '../../src/effects/raster/art.ts';
import { type Lab, toLab } from '../../src/effects/raster/colour.ts';
import type { Point } from '../../src/faces/face.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { loadTemplate } from '../../src/templates/load.ts';
import type { Template, TemplateOf } from '../../src/templates/template.ts';
import { drawnPerson, packs, pair } from './people.ts';

const { abs, hypot, max, round, sqrt } = Math;

const ids = ['low-poly', 'medallion', 'hologram'] as const;
const templates = new Map<string, Template>();
let person: Photo;

beforeAll(async () => {
  person = await drawnPerson();
  for (const id of ids) templates.set(id, await loadTemplate(packs, id));
});

function template(id: string): TemplateOf<'mesh'> {
  const found = templates.get(id);
  if (found?.kind !== 'mesh') throw new Error(`Expected a mesh pack ${id}`);
  return found;
}

const rendered = async (id: string, photo: Photo = person, params: unknown = {}): Promise<Pixels> =>
  (await applyEffect(template(id), params, [photo])).picture;

const hash = ({ data }: Pixels): string => createHash('sha256').update(data).digest('hex');

function rgb({ width, channels, data }: Pixels, x: number, y: number): readonly [number, number, number] {
  const at = (round(y) * width + round(x)) * channels;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

const light = (picture: Pixels, x: number, y: number): number => {
  const [r, g, b] = rgb(picture, x, y);
  return 0.299 * r + 0.587 * g + 0.114 * b;
};

/** The same person, each colour changed. */
function recoloured({ picture, faces }: Photo, colour: (rgb: readonly [number, number, number]) => readonly number[]): Photo {
  const { width, height } = picture;
  const data = new Uint8ClampedArray(width * height * 3);
  for (let i = 0; i < width * height; i++) data.set(colour(rgb(picture, i % width, (i / width) | 0)), 3 * i);
  return { picture: { width, height, channels: 3, data }, faces };
}

const middle = (points: readonly Point[]): Point => [
  points.reduce((sum, [x]) => sum + x, 0) / points.length,
  points.reduce((sum, [, y]) => sum + y, 0) / points.length,
];

/** From a place of the photo to one of a staged picture: the middle of the face and its length are known to the manifest. */
function staged(id: string, [x, y]: Point): Point {
  const { look } = template(id);
  if (look.style === 'facets') return [x, y];
  const landmarks = person.faces[0]?.landmarks ?? [];
  const eyes = middle(landmarks.slice(36, 48));
  const chin = landmarks[8] ?? [0, 0];
  // The eyes lie 0.38 of the way from the top of the forehead to the chin on the mean face.
  const scale = (look.place.length * 0.62) / hypot(chin[0] - eyes[0], chin[1] - eyes[1]);
  const chinTo: Point = [look.place.x, look.place.y + look.place.length / 2];
  return [chinTo[0] + (x - chin[0]) * scale, chinTo[1] + (y - chin[1]) * scale];
}

/** Lightness on a grid over the face, in the photo and in what was made of it. */
function overFace(id: string, picture: Pixels): { before: number[]; after: number[] } {
  const landmarks = person.faces[0]?.landmarks ?? [];
  const [x0, y0] = middle(landmarks);
  const width = (landmarks[16]?.[0] ?? 0) - (landmarks[0]?.[0] ?? 0);
  const { before, after }: { before: number[]; after: number[] } = { before: [], after: [] };
  const mean = (of: Pixels, [x, y]: Point, radius: number): number => {
    let sum = 0;
    for (let dy = -radius; dy <= radius; dy++) for (let dx = -radius; dx <= radius; dx++) sum += light(of, x + dx, y + dy);
    return sum / (2 * radius + 1) ** 2;
  };
  for (let v = -0.45; v <= 0.45; v += 0.05) {
    for (let u = -0.4; u <= 0.4; u += 0.05) {
      const at: Point = [x0 + u * width, y0 + v * width];
      before.push(mean(person.picture, at, 8));
      after.push(mean(picture, staged(id, at), 8));
    }
  }
  return { before, after };
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    const other = (b[i] ?? 0) - mb;
    ab += (value - ma) * other;
    aa += (value - ma) ** 2;
    bb += other ** 2;
  });
  return ab / sqrt(aa * bb);
}

describe.each(ids)('%s', (id) => {
  test('is the same every time and leaves the photo alone', async () => {
    const before = hash(person.picture);
    expect(hash(await rendered(id))).toBe(hash(await rendered(id)));
    expect(hash(person.picture)).toBe(before);
  });

  test('is the same with and without an alpha channel', async () => {
    expect(
      hash(
        await rendered(
          id,
          recoloured(person, (colour) => colour),
        ),
      ),
    ).toBe(hash(await rendered(id)));
  });

  test('has the size that its template says, or that of the photo', async () => {
    const { look } = template(id);
    const { width, height } = look.style === 'facets' ? person.picture : look.size;
    expect(await rendered(id)).toMatchObject({ width, height, channels: 3 });
  });

  test('refuses a photo without faces, and a face that is not there', async () => {
    await expect(rendered(id, { ...person, faces: [] })).rejects.toMatchObject({ code: 'no-face' });
    await expect(rendered(id, person, { face: 4 })).rejects.toMatchObject({ code: 'invalid-params' });
  });

  test('takes a face at the edge of the photo', async () => {
    const faces = person.faces.map((face) => ({
      ...face,
      landmarks: face.landmarks.map(([x, y]): Point => [x - 260, y - 330]),
    }));
    const { data } = await rendered(id, { ...person, faces });
    expect(data.some((value) => value > 40)).toBe(true);
  });
});

test.each(['medallion', 'hologram'])('%s shows the face that is chosen, or else the most prominent one', async (id) => {
  const two = pair(person);
  const faint = { ...two, faces: two.faces.map((face, i) => (i === 0 ? face : { ...face, score: 0.5 })) };
  const first = hash(await rendered(id, faint, { face: 0 }));
  expect(hash(await rendered(id, faint))).toBe(first);
  expect(hash(await rendered(id, faint, { face: 1 }))).not.toBe(first);
});

describe('facets', () => {
  test('are flat: far fewer colours than pixels, each over many of them', async () => {
    const { width, height, data } = await rendered('low-poly');
    const counts = new Map<number, number>();
    for (let i = 0; i < data.length; i += 3) {
      const key = ((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const most = [...counts.values()].sort((a, b) => b - a).slice(0, 4000);
    expect(most.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.85 * width * height);
  });

  test("have the person's own colours", async () => {
    const picture = await rendered('low-poly');
    const landmarks = person.faces[0]?.landmarks ?? [];
    const [x0, y0] = middle([middle(landmarks.slice(36, 42)), landmarks[48] ?? [0, 0]]);
    const mean = (of: Pixels): Lab => {
      const sum = [0, 0, 0];
      for (let dy = -25; dy <= 25; dy++)
        for (let dx = -25; dx <= 25; dx++)
          rgb(of, x0 + dx, y0 + dy).forEach((value, k) => {
            sum[k] = (sum[k] ?? 0) + value / 51 ** 2;
          });
      return toLab([sum[0] ?? 0, sum[1] ?? 0, sum[2] ?? 0]);
    };
    expect(ciede2000(mean(picture), mean(person.picture))).toBeLessThan(10);
  });

  test('resemble the person, and not what is not her', async () => {
    const { before, after } = overFace('low-poly', await rendered('low-poly'));
    expect(correlation(before, after)).toBeGreaterThan(0.8);
    expect(correlation(before, after.toReversed())).toBeLessThan(0.5);
  });
});

describe('stone', () => {
  test('has no skin: a darker person is carved alike', async () => {
    const dark = recoloured(person, (colour) => colour.map((channel) => 0.5 * channel));
    const [one, other] = [
      overFace('medallion', await rendered('medallion')).after,
      overFace('medallion', await rendered('medallion', dark)).after,
    ];
    expect(max(...one.map((value, i) => abs(value - (other[i] ?? 0))))).toBeLessThan(12);
  });

  test('has no colour but its own', async () => {
    const picture = await rendered(
      'medallion',
      recoloured(person, ([r, g, b]) => [0.2 * r, g, b]),
    );
    const { look } = template('medallion');
    if (look.style !== 'relief') throw new Error('Expected a relief');
    for (let d = -150; d <= 150; d += 10) {
      const [r, g, b] = rgb(picture, look.place.x + d, look.place.y + d);
      expect(max(r, g, b) - Math.min(r, g, b)).toBeLessThan(45);
    }
  });

  test('is lit from the left, as its frame is', async () => {
    const picture = await rendered('medallion');
    const landmarks = person.faces[0]?.landmarks ?? [];
    const [tip = [0, 0], left = [0, 0], right = [0, 0]] = [landmarks[30], landmarks[31], landmarks[35]];
    const between = (a: Point, b: Point): number => {
      const [x, y] = staged('medallion', [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
      return light(picture, x, y);
    };
    expect(between(tip, left)).toBeGreaterThan(between(tip, right) + 15);
  });

  test('lies in its frame, which nothing of the photo touches', async () => {
    const picture = await rendered('medallion');
    const { look } = template('medallion');
    if (look.style !== 'relief') throw new Error('Expected a relief');
    const frame = await art(template('medallion'), look.frame, look.size.width, look.size.height);
    let [covered, changed] = [0, 0];
    for (let i = 0; i < look.size.width * look.size.height; i++) {
      if (frame.data[4 * i + 3] !== 255) continue;
      covered++;
      if (picture.data[3 * i] !== frame.data[4 * i] || picture.data[3 * i + 2] !== frame.data[4 * i + 2]) changed++;
    }
    expect(covered).toBeGreaterThan(100_000);
    expect(changed).toBe(0);
  });
});

describe('a hologram', () => {
  test('resembles the person', async () => {
    const { before, after } = overFace('hologram', await rendered('hologram'));
    expect(correlation(before, after)).toBeGreaterThan(0.55);
    expect(correlation(before, after.toReversed())).toBeLessThan(0.4);
  });

  test('is made of lines as far apart as its template says', async () => {
    const { look, ...rest } = template('hologram');
    if (look.style !== 'hologram') throw new Error('Expected a hologram');
    const level: Template = { ...rest, look: { ...look, bend: 0, slip: 0, wire: { ...look.wire, share: 0 } } };
    const { picture } = await applyEffect(level, {}, [person]);
    // Light one line apart is alike, half a line apart it is not.
    let [same, half] = [0, 0];
    for (let x = look.place.x - 60; x <= look.place.x + 60; x += 5) {
      for (let y = look.place.y - 130; y <= look.place.y + 130; y++) {
        const here = light(picture, x, y);
        same += abs(here - light(picture, x, y + look.line));
        half += abs(here - light(picture, x, y + round(look.line / 2)));
      }
    }
    expect(half).toBeGreaterThan(2 * same);
  });

  test('shines before its backdrop, which stays dark beside it', async () => {
    const picture = await rendered('hologram');
    const { look } = template('hologram');
    if (look.style !== 'hologram') throw new Error('Expected a hologram');
    const stage = await art(template('hologram'), look.backdrop, look.size.width, look.size.height);
    for (const [x, y] of [
      [8, 8],
      [880, 20],
      [20, 1110],
      [890, 1100],
    ] as const) {
      const at = 4 * (y * look.size.width + x);
      expect(abs((stage.data[at + 2] ?? 0) - rgb(picture, x, y)[2])).toBeLessThanOrEqual(6);
    }
    expect(light(picture, look.place.x, look.place.y)).toBeGreaterThan(90);
  });
});
