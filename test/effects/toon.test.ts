import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { applyEffect } from '../../src/effects/apply.ts';
import type { Made, Photo } from '../../src/effects/effect.ts';
import { ciede2000 } from '../../src/effects/measures/ciede2000.ts';
import { type Lab, toLab } from '../../src/effects/raster/colour.ts';
import type { Point } from '../../src/faces/face.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { loadTemplate } from '../../src/templates/load.ts';
import { manifestSchema, mistakesOf, type Template } from '../../src/templates/template.ts';
import { drawnPerson, interOcular, packs, pair } from './people.ts';

const { abs, hypot, max, min, round } = Math;

const ids = ['anime', 'ink'] as const;
const templates = new Map<string, Template>();
let person: Photo;

beforeAll(async () => {
  person = await drawnPerson();
  for (const id of ids) templates.set(id, await loadTemplate(packs, id));
});

const toon = (id: string, params: unknown, photo: Photo = person): Promise<Made> => {
  const template = templates.get(id);
  if (template === undefined) throw new Error(`Expected a pack ${id}`);
  return applyEffect(template, params, [photo]);
};

const hash = ({ data }: Pixels): string => createHash('sha256').update(data).digest('hex');

function rgb({ width, channels, data }: Pixels, x: number, y: number): readonly [number, number, number] {
  const at = (round(y) * width + round(x)) * channels;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

const light = (picture: Pixels, x: number, y: number): number => {
  const [r, g, b] = rgb(picture, x, y);
  return 0.299 * r + 0.587 * g + 0.114 * b;
};

/** The same person with other pixels. */
function painted({ picture, faces }: Photo, colour: (rgb: readonly [number, number, number], i: number) => readonly number[]): Photo {
  const { width, height } = picture;
  const data = new Uint8ClampedArray(width * height * 3);
  for (let i = 0; i < width * height; i++) data.set(colour(rgb(picture, i % width, (i / width) | 0), i), 3 * i);
  return { picture: { width, height, channels: 3, data }, faces };
}

function landmarks({ faces }: Photo, face = 0): readonly Point[] {
  return faces[face]?.landmarks ?? [];
}

const middle = (points: readonly Point[]): Point => [
  points.reduce((sum, [x]) => sum + x, 0) / points.length,
  points.reduce((sum, [, y]) => sum + y, 0) / points.length,
];

/** The person's left and right cheek, halfway between eye and corner of the mouth. */
function cheeks(photo: Photo): readonly Point[] {
  const points = landmarks(photo);
  return [middle([middle(points.slice(36, 42)), points[48] ?? [0, 0]]), middle([middle(points.slice(42, 48)), points[54] ?? [0, 0]])];
}

/** The middle colour around some places. */
function colourAround(picture: Pixels, places: readonly Point[], radius: number): Lab {
  const found: Lab[] = [];
  for (const [x, y] of places) {
    for (let dy = -radius; dy <= radius; dy += 2)
      for (let dx = -radius; dx <= radius; dx += 2) found.push(toLab(rgb(picture, x + dx, y + dy)));
  }
  const part = (k: 0 | 1 | 2): number => found.map((lab) => lab[k]).sort((a, b) => a - b)[found.length >> 1] ?? 0;
  return [part(0), part(1), part(2)];
}

/** The same numbers in every run. */
function numbers(): () => number {
  let state = 7;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

describe.each(ids)('a photo drawn as %s', (id) => {
  test('is untouched at strength 0', async () => {
    const { picture } = await toon(id, { strength: 0 });
    const photo = painted(person, (colour) => colour).picture;
    expect(hash(picture)).toBe(hash(photo));
  });

  test('comes nearer to the photo as the strength goes down', async () => {
    const difference = async (strength: number): Promise<number> => {
      const { picture } = await toon(id, { strength });
      let sum = 0;
      for (let i = 0; i < picture.width * picture.height; i += 7) {
        const [x, y] = [i % picture.width, (i / picture.width) | 0];
        sum += abs(light(picture, x, y) - light(person.picture, x, y));
      }
      return sum;
    };
    const [little, half, all] = [await difference(20), await difference(60), await difference(100)];
    expect(little).toBeLessThan(0.5 * half);
    expect(half).toBeLessThan(0.85 * all);
  });

  test('is the same every time, as large as the photo, and leaves the photo alone', async () => {
    const before = hash(person.picture);
    const [one, other] = [await toon(id, {}), await toon(id, {})];
    expect(hash(one.picture)).toBe(hash(other.picture));
    expect(one.picture).toMatchObject({ width: person.picture.width, height: person.picture.height, channels: 3 });
    expect(one.base).toBeUndefined();
    expect(hash(person.picture)).toBe(before);
  });

  test('is the same with and without an alpha channel', async () => {
    const three = painted(person, (colour) => colour);
    expect(person.picture.channels).toBe(4);
    expect(hash((await toon(id, {}, three)).picture)).toBe(hash((await toon(id, {})).picture));
  });

  test('is flat: the grain of a photo is gone', async () => {
    const random = numbers();
    const grainy = painted(person, (colour) => {
      const grain = 24 * (random() - 0.5);
      return colour.map((channel) => channel + grain);
    });
    const still = ({ width, height, channels, data }: Pixels): number => {
      let count = 0;
      for (let i = 0; i < width * height - 1; i++) if (abs((data[i * channels] ?? 0) - (data[(i + 1) * channels] ?? 0)) <= 1) count++;
      return count / (width * height);
    };
    expect(still(grainy.picture)).toBeLessThan(0.3);
    // Printed dots are not flat, so ink is asked for less.
    expect(still((await toon(id, { line: 0 }, grainy)).picture)).toBeGreaterThan(id === 'ink' ? 0.6 : 0.85);
  });

  test('draws its lines where the photo has edges', async () => {
    const [plain, lined] = [(await toon(id, { line: 0 })).picture, (await toon(id, { line: 100 })).picture];
    const { width, height } = plain;
    let [edge, edges, rest, rests] = [0, 0, 0, 0];
    for (let y = 4; y < height - 4; y += 2) {
      for (let x = 4; x < width - 4; x += 2) {
        let step = 0;
        for (const [dx, dy] of [
          [4, 0],
          [0, 4],
          [3, 3],
          [3, -3],
        ] as const) {
          step = max(step, abs(light(person.picture, x + dx, y + dy) - light(person.picture, x - dx, y - dy)));
        }
        const darker = light(plain, x, y) - light(lined, x, y);
        if (step > 50) [edge, edges] = [edge + darker, edges + 1];
        if (step < 5) [rest, rests] = [rest + darker, rests + 1];
      }
    }
    expect(edge / edges).toBeGreaterThan(8);
    expect(rest / rests).toBeLessThan(0.15 * (edge / edges));
  });

  test.each([
    ['light', [236, 196, 176]],
    ['olive', [198, 152, 112]],
    ['brown', [141, 92, 62]],
    ['dark', [84, 54, 42]],
  ] as const)('keeps %s skin what it is', async (_name, [r, g, b]) => {
    const skin = colourAround(person.picture, cheeks(person), 12);
    // The skin of the face takes the new hue and keeps its lights and shadows; the room stays as bright as it was.
    const [x0, y0] = middle(landmarks(person));
    const reach = interOcular(landmarks(person));
    const [baseR, baseG, baseB] = rgb(person.picture, ...(cheeks(person)[0] ?? [0, 0]));
    const photo = painted(person, (colour, i) => {
      const [x, y] = [i % person.picture.width, (i / person.picture.width) | 0];
      if (hypot((x - x0) / 1.25, (y - y0) / 1.7) > reach) return colour;
      const share = max(0, 1 - ciede2000(toLab(colour), skin) / 40);
      const other = [(colour[0] * r) / baseR, (colour[1] * g) / baseG, (colour[2] * b) / baseB];
      return colour.map((channel, k) => channel + min(1, 2 * share) * ((other[k] ?? 0) - channel));
    });
    const before = colourAround(photo.picture, cheeks(photo), 12);
    const after = colourAround((await toon(id, {}, photo)).picture, cheeks(photo), 12);
    expect(ciede2000(before, toLab([r, g, b]))).toBeLessThan(4);
    expect(ciede2000(before, after)).toBeLessThan(8);
  });

  test('draws everybody, and says where each face is', async () => {
    const two = pair(person);
    const { touches, picture } = await toon(id, {}, two);
    expect(touches).toHaveLength(2);
    expect(touches.every((touch) => touch.landmarks?.length === 68)).toBe(true);
    const [left, right] = [0, 1].map((face) => colourAround(picture, cheeks({ ...two, faces: two.faces.slice(face) }), 8));
    expect(ciede2000(left ?? [0, 0, 0], right ?? [99, 0, 0])).toBeLessThan(3);
  });

  test('refuses a photo without faces, and faces that are not there', async () => {
    await expect(toon(id, {}, { ...person, faces: [] })).rejects.toMatchObject({ code: 'no-face' });
    await expect(toon(id, { faces: [3] })).rejects.toMatchObject({ code: 'invalid-params' });
  });
});

describe('anime eyes', () => {
  /** How far from the middle of the left eye upwards and downwards it is no longer skin. */
  const opening = (picture: Pixels, photo: Photo): number => {
    const skin = colourAround(picture, cheeks(photo), 8);
    const [x, y] = middle(landmarks(photo).slice(36, 42));
    const far = (step: number): number => {
      let last = 0;
      for (let d = 0; d < 0.3 * interOcular(landmarks(photo)); d++)
        if (ciede2000(toLab(rgb(picture, x, y + step * d)), skin) > 15) last = d;
      return last;
    };
    return far(-1) + far(1);
  };

  test('are larger than the photo has them, by as much as is asked', async () => {
    const [small, large] = [(await toon('anime', { eyes: 0 })).picture, (await toon('anime', { eyes: 100 })).picture];
    expect(opening(large, person)).toBeGreaterThan(1.25 * opening(small, person));
  });

  test('have a white highlight each, and are expected a little larger about the same middles', async () => {
    const { picture, touches } = await toon('anime', {});
    const expected = touches[0]?.landmarks ?? [];
    for (const from of [36, 42]) {
      const eye = landmarks(person).slice(from, from + 6);
      const [x, y] = middle(eye);
      const reach = 0.12 * interOcular(landmarks(person));
      let brightest = 0;
      for (let dy = -reach; dy <= reach; dy++)
        for (let dx = -reach; dx <= reach; dx++) brightest = max(brightest, light(picture, x + dx, y + dy));
      expect(brightest).toBeGreaterThan(250);
      const [ex, ey] = middle(expected.slice(from, from + 6));
      expect(hypot(ex - x, ey - y)).toBeLessThan(0.01);
      const height = (points: readonly Point[]): number => max(...points.map((p) => p[1])) - min(...points.map((p) => p[1]));
      expect(height(expected.slice(from, from + 6))).toBeGreaterThan(1.2 * height(eye));
    }
  });

  test('are drawn for the faces that are chosen only', async () => {
    const two = pair(person);
    const [all, first] = [(await toon('anime', {}, two)).picture, (await toon('anime', { faces: [0] }, two)).picture];
    const changed = (face: number): number => {
      const [x, y] = middle(landmarks(two, face).slice(36, 42));
      let sum = 0;
      for (let dy = -12; dy <= 12; dy++)
        for (let dx = -20; dx <= 20; dx++) sum += abs(light(all, x + dx, y + dy) - light(first, x + dx, y + dy));
      return sum / (25 * 41);
    };
    expect(changed(0)).toBeLessThan(4);
    expect(changed(1)).toBeGreaterThan(20);
  });

  test('stay shut where the person shuts them', async () => {
    const shut = landmarks(person).map(([x, y], i): Point => {
      if (i < 36 || i > 47) return [x, y];
      const [, level] = middle(landmarks(person).slice(i < 42 ? 36 : 42, i < 42 ? 42 : 48));
      return [x, level + 0.05 * (y - level)];
    });
    const asleep = { ...person, faces: person.faces.map((face) => ({ ...face, landmarks: shut })) };
    const [awake, sleeping] = [(await toon('anime', {})).picture, (await toon('anime', {}, asleep)).picture];
    expect(opening(sleeping, asleep)).toBeLessThan(0.4 * opening(awake, person));
  });
});

test('a pack whose lines end before they begin is named as broken', () => {
  const template = templates.get('anime');
  if (template?.kind !== 'toon') throw new Error('Expected a toon');
  const { folder: _, ...manifest } = template;
  const broken = manifestSchema.parse({ ...manifest, line: { ...manifest.line, from: 5, to: 2 } });
  expect(mistakesOf(manifest)).toEqual([]);
  expect(mistakesOf(broken)).toEqual(['line: begins at 5 levels but is full at 2']);
});
