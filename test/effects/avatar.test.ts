import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { applyEffect } from '../../src/effects/apply.ts';
import { measureFace } from '../../src/effects/avatar/measure/measure.ts';
import { hairPalette, hex, moved, skinPalette, typologyAngle } from '../../src/effects/avatar/palette.ts';
import { type AvatarSpec, avatarSpec } from '../../src/effects/avatar/spec.ts';
import { avatarSide, drawAvatar } from '../../src/effects/avatar.ts';
import type { Photo } from '../../src/effects/effect.ts';
import { samplePeople } from '../../src/effects/preview.ts';
import { fromHex, type Lab, toLab } from '../../src/effects/raster/colour.ts';
import type { Detector } from '../../src/faces/detector.ts';
import type { Point } from '../../src/faces/face.ts';
import { createMediapipeDetector } from '../../src/faces/mediapipe/detector.ts';
import { poseOf } from '../../src/faces/pose.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { rasterize } from '../../src/image/rasterize.ts';
import { backgrounds, hairLengths } from '../../src/templates/kinds/avatar.ts';
import { loadTemplate } from '../../src/templates/load.ts';
import type { TemplateOf } from '../../src/templates/template.ts';
import { packs, turned } from './people.ts';

const ids = ['portrait', 'chibi'] as const;

async function pack(id: (typeof ids)[number]): Promise<TemplateOf<'avatar'>> {
  const template = await loadTemplate(packs, id);
  if (template.kind !== 'avatar') throw new Error(`Expected an avatar but received ${template.kind}`);
  return template;
}

function measured({ picture, faces }: Photo): AvatarSpec {
  const [face] = faces;
  if (face === undefined) throw new Error('Expected a face');
  return measureFace(picture, face);
}

let ada: Photo;
let ben: Photo;
let engine: Detector;
beforeAll(async () => {
  const [first, second] = await samplePeople(packs);
  if (first === undefined || second === undefined) throw new Error('Expected two drawn people');
  [ada, ben] = [first, second];
  engine = await createMediapipeDetector();
});
afterAll(() => engine.close());

describe.each(ids)('%s', (id) => {
  test('is the same every time, a square without a hole', async () => {
    const template = await pack(id);
    const [one, other] = [await applyEffect(template, {}, [ada]), await applyEffect(template, {}, [ada])];
    expect(one.picture).toMatchObject({ width: avatarSide, height: avatarSide, channels: 3 });
    expect(same(one.picture, other.picture)).toBe(true);
    expect(one.touches).toEqual([]);
  });

  test('draws two people differently', async () => {
    const template = await pack(id);
    const drawn = await Promise.all(
      [ada, ben].map(async (photo) => (await applyEffect(template, { background: 'mint' }, [photo])).picture),
    );
    let differs = 0;
    for (let i = 0; i < avatarSide * avatarSide * 3; i += 3) if (drawn[0]?.data[i] !== drawn[1]?.data[i]) differs++;
    expect(differs).toBeGreaterThan(0.1 * avatarSide * avatarSide);
  });

  test('holds nothing that a pack may not hold, and shows every correction of a client', async () => {
    const template = await pack(id);
    const plain = measured(ada);
    const drawings = [
      plain,
      ...hairLengths.filter((length) => length !== plain.hair.length).map((length) => ({ ...plain, hair: { ...plain.hair, length } })),
      ...(['stubble', 'moustache', 'goatee', 'full'] as const).map((beard) => ({ ...plain, beard })),
      ...(['round', 'square'] as const).map((glasses) => ({ ...plain, glasses })),
      { ...plain, skin: 12 },
    ].map((spec) => drawAvatar(avatarSpec.parse(spec), template, 'sky'));
    drawings.push(...backgrounds.filter((name) => name !== 'sky').map((name) => drawAvatar(plain, template, name)));
    expect(new Set(drawings).size).toBe(drawings.length);
    for (const svg of drawings) expect(svg).not.toMatch(/NaN|undefined|Infinity|<script|<image|<text|http:(?!\/\/www\.w3\.org\/2000\/svg)/);
  });
});

describe('a measured face', () => {
  test('is what was drawn', () => {
    expect(measured(ada)).toMatchObject({
      hair: { length: 'long', colour: expect.stringMatching(/^(dark-)?brown$/), fringe: 'centre' },
      eyes: { colour: 'brown', lids: 'open' },
      mouth: { shows: 'lips', colour: 'natural' },
      beard: 'none',
      glasses: 'none',
      clothes: 'teal',
    });
    expect(measured(ben)).toMatchObject({
      hair: { length: 'short', colour: 'brown', fringe: 'back' },
      eyes: { colour: 'blue', lids: 'open' },
      beard: 'full',
      glasses: 'none',
      clothes: 'navy',
    });
    expect(measured(ben).skin).toBeLessThan(measured(ada).skin);
  });

  test('is a handful of words and small whole numbers', () => {
    for (const photo of [ada, ben]) {
      const spec = avatarSpec.parse(measured(photo));
      const numbers = JSON.stringify(spec).match(/-?[\d.]+/g) ?? [];
      expect(numbers.every((number) => Number.isInteger(Number(number)) && Math.abs(Number(number)) <= 12)).toBe(true);
    }
  });

  const changes: readonly (readonly [string, (photo: Photo) => Photo])[] = [
    ['a tenth more light', (photo) => lit(photo, 1.1)],
    ['a tenth less light', (photo) => lit(photo, 0.9)],
    ['a roll of 10 degrees', (photo) => turned(photo, 10)],
    ['a roll of -10 degrees', (photo) => turned(photo, -10)],
    ['half the size', (photo) => turned(photo, 0, 0.5)],
  ];
  test.each(changes)('stays the same with %s', (_name, change) => {
    for (const photo of [ada, ben]) {
      const [before, after] = [measured(posed(photo)), measured(posed(change(photo)))];
      expect(words(after)).toEqual(words(before));
      // Between two neighbours of the palette a shade of light may decide.
      expect(apart(hairPalette[after.hair.colour], hairPalette[before.hair.colour])).toBeLessThan(16);
      expect(Math.abs(after.skin - before.skin)).toBeLessThanOrEqual(1);
      for (const [name, value] of steps(before)) expect([name, Math.abs((steps(after).get(name) ?? 9) - value) <= 1]).toEqual([name, true]);
    }
  });

  test('darker skin is never measured lighter, from the lightest tone to the darkest', async () => {
    const art = await readFile(`${packs}/_sample/ada.svg`, 'utf8');
    const [width, height] = [ada.picture.width / 2, Math.round(ada.picture.height / 2)];
    const faces = ada.faces.map((face) => ({ ...face, landmarks: face.landmarks.map(([x, y]): Point => [x / 2, y / 2]) }));
    const tones: number[] = [];
    for (const tone of skinPalette)
      tones.push(measured({ picture: await rasterize(Buffer.from(toned(art, tone)), width, height), faces }).skin);
    expect(tones).toEqual([...tones].sort((a, b) => a - b));
    tones.forEach((tone, i) => {
      expect(Math.abs(tone - (i + 1))).toBeLessThanOrEqual(2);
    });
    expect(new Set(tones).size).toBeGreaterThanOrEqual(9);
  });
});

describe('a drawing that is measured again', () => {
  const people: readonly Partial<AvatarSpec>[] = [
    { skin: 4, hair: { length: 'shoulder', colour: 'brown', texture: 'straight', fringe: 'centre', volume: 1 } },
    { skin: 2, hair: { length: 'short', colour: 'dark-blonde', texture: 'straight', fringe: 'left', volume: 2 } },
    {
      skin: 12,
      hair: { length: 'none', colour: 'brown', texture: 'straight', fringe: 'back', volume: 0 },
      beard: 'full',
      glasses: 'round',
    },
    { skin: 1, hair: { length: 'chin', colour: 'red', texture: 'straight', fringe: 'full', volume: 1 }, glasses: 'square' },
    { skin: 5, hair: { length: 'cropped', colour: 'brown', texture: 'straight', fringe: 'back', volume: 0 } },
    { skin: 8, hair: { length: 'shoulder', colour: 'dark-brown', texture: 'wavy', fringe: 'centre', volume: 2 } },
    { skin: 3, hair: { length: 'short', colour: 'grey', texture: 'straight', fringe: 'right', volume: 1 }, glasses: 'round' },
  ];
  test.each(people)('is the same person: $hair.length $hair.colour hair, skin $skin', async (known) => {
    const template = await pack('portrait');
    const spec = avatarSpec.parse({ ...anybody, ...known });
    const picture = await rasterize(Buffer.from(drawAvatar(spec, template, 'sky')), avatarSide, avatarSide);
    const faces = await engine.detect(picture);
    expect(faces).toHaveLength(1);
    const found = measured({ picture, faces });
    const { length, colour, fringe } = spec.hair;
    expect(found).toMatchObject({ hair: length === 'none' ? { length } : { length, fringe }, beard: spec.beard, glasses: spec.glasses });
    if (length !== 'none') expect(apart(hairPalette[found.hair.colour], hairPalette[colour])).toBeLessThan(16);
    expect(Math.abs(found.skin - spec.skin)).toBeLessThanOrEqual(1);
  });

  const anybody: AvatarSpec = {
    skin: 4,
    outline: { length: 0, jaw: 0, chin: 0 },
    hair: { length: 'short', colour: 'brown', texture: 'straight', fringe: 'back', volume: 1 },
    brows: { thickness: 0, height: 0, tilt: 0, colour: 'dark-brown' },
    eyes: { colour: 'brown', size: 0, spacing: 0, tilt: 0, lids: 'open', lashes: 1 },
    nose: { width: 0, length: 0 },
    mouth: { width: 0, lips: 0, smile: 1, shows: 'lips', colour: 'natural' },
    beard: 'none',
    glasses: 'none',
  };
});

describe('which face', () => {
  test('the most prominent one, or the one that is asked for', async () => {
    const template = await pack('portrait');
    const [face] = ada.faces;
    if (face === undefined) throw new Error('Expected a face');
    // A second face is claimed where there is none: larger, but the engine is hardly sure of it.
    const doubtful = {
      ...face,
      box: { ...face.box, width: face.box.width * 2 },
      score: 0.1,
      landmarks: face.landmarks.map(([x, y]): Point => [x / 2, y / 2]),
    };
    const photo = { ...ada, faces: [doubtful, face] };
    const drawn = async (params: object): Promise<Pixels> => (await applyEffect(template, params, [photo])).picture;
    expect(same(await drawn({ face: 1 }), await drawn({}))).toBe(true);
    expect(same(await drawn({ face: 0 }), await drawn({}))).toBe(false);
    await expect(applyEffect(template, { face: 2 }, [photo])).rejects.toMatchObject({ code: 'invalid-params' });
    await expect(applyEffect(template, {}, [{ ...ada, faces: [] }])).rejects.toMatchObject({ code: 'no-face' });
  });
});

test('two tones of the palette lie in each class of skin, from very light to dark', () => {
  const limits = [55, 41, 28, 10, -30];
  const classes = skinPalette.map((tone) => limits.filter((limit) => typologyAngle(tone) <= limit).length);
  expect(classes).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});

function same(one: Pixels, other: Pixels): boolean {
  return Buffer.from(one.data.buffer).equals(Buffer.from(other.data.buffer));
}

/** What a spec says in words, but for the colour of the hair. */
function words({ hair, eyes, beard, glasses, clothes, mouth }: AvatarSpec) {
  const { length, fringe } = hair;
  return { length, fringe, eyes: eyes.colour, lids: eyes.lids, mouth: mouth.shows, beard, glasses, clothes };
}

/** What it says in steps. */
function steps({ outline, brows, eyes, nose, mouth }: AvatarSpec): Map<string, number> {
  const all = {
    ...outline,
    browHeight: brows.height,
    browTilt: brows.tilt,
    eyes: eyes.size,
    spacing: eyes.spacing,
    nose: nose.width,
    mouth: mouth.width,
  };
  return new Map(Object.entries(all));
}

function apart(one: Lab, other: Lab): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** With the pose that an engine would give. */
function posed({ picture, faces }: Photo): Photo {
  return { picture, faces: faces.map((face) => ({ ...face, pose: poseOf(face.landmarks) })) };
}

function lit({ picture, faces }: Photo, by: number): Photo {
  return { picture: { ...picture, data: picture.data.map((value) => value * by) }, faces };
}

/** The drawn woman's skin in another tone: every colour of it moved by as much as its middle one. */
function toned(art: string, tone: readonly [number, number, number]): string {
  const skin = ['#ffe9d2', '#f4c79c', '#dfa87c', '#cb8f64', '#a76a43', '#733e25', '#c86f52'];
  const middle = toLab(fromHex('#cb8f64'));
  const scale = (tone[0] + 16) / (middle[0] + 16);
  return skin.reduce((drawn, colour) => {
    const [l, a, b] = toLab(fromHex(colour));
    return drawn.replaceAll(colour, hex(moved([tone[0] + (l - middle[0]) * scale, tone[1], tone[2]], [0, a - middle[1], b - middle[2]])));
  }, art);
}
