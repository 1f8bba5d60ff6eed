import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { z } from 'zod';
import type { Points } from '../../src/darkroom/answer.ts';
import { develop as developJob, type Kit } from '../../src/darkroom/develop.ts';
import { createFaceApiDetector } from '../../src/faces/face-api/detector.ts';
import { createMediapipeDetector } from '../../src/faces/mediapipe/detector.ts';
import { outputTypes, type Task } from '../../src/jobs/task.ts';
import { loadTemplates } from '../../src/templates/load.ts';
import { bombPng } from '../image/headers.ts';
import { sample } from '../image/samples.ts';

const landmarks: Task = { kind: 'landmarks', scheme: 'ibug-68' };

const answerSchema = z.strictObject({
  image: z.strictObject({ width: z.int(), height: z.int() }),
  faces: z.array(
    z.strictObject({
      box: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
      score: z.number().min(0).max(1),
      pose: z.strictObject({ yaw: z.number(), pitch: z.number(), roll: z.number() }),
      quality: z.record(z.string(), z.number()),
      landmarks: z.strictObject({ scheme: z.literal('ibug-68'), points: z.array(z.tuple([z.number(), z.number()])).length(68) }),
    }),
  ),
});

const job = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
const develop = (from: Kit, photos: readonly Buffer[], task: Task) => developJob(from, photos, task, job);

let kit: Kit;
beforeAll(async () => {
  kit = {
    detector: await createFaceApiDetector({ backend: 'wasm' }),
    templatesDir: resolve(import.meta.dirname, '../../../templates'),
    maxPixels: 50_000_000,
  };
});
afterAll(() => kit.detector.close());

/** The first pack of each kind. */
async function templatesByKind(): Promise<Map<string, string>> {
  const templates = await loadTemplates(kit.templatesDir);
  return new Map(templates.filter(({ slots }) => slots === 1).map(({ kind, id }) => [kind, id]));
}

function effect(template: string, params: Record<string, unknown> = {}, mediaType: (typeof outputTypes)[number] = 'image/jpeg'): Task {
  return { kind: 'effect', template, params, mediaType };
}

/** The landmarks of sample 1 after an encoding; the points of its faces as one list. */
async function answerOf(photo: Buffer) {
  const { body, mediaType } = await develop(kit, [photo], landmarks);
  expect(mediaType).toBe('application/json');
  return answerSchema.parse(JSON.parse(body.toString()));
}

describe('landmarks', () => {
  test('are told of before anything is judged, the same as they are answered', async () => {
    const told: Points[] = [];
    const { body } = await developJob(kit, [sample(1)], landmarks, job, (points) => told.push(points));
    const { faces } = answerSchema.parse(JSON.parse(body.toString()));
    expect(told).toEqual([faces.map((face) => face.landmarks.points)]);
    // Refused for a face that looks aside, and told of it all the same; where nobody is, there is nothing to tell.
    const fusion = (await templatesByKind()).get('fusion') ?? '';
    const refused = developJob(kit, [sample(2)], effect(fusion, { faces: [{ from: 0, to: 0 }] }), job, (points) => told.push(points));
    await expect(refused).rejects.toMatchObject({ code: 'side-face' });
    expect(told).toHaveLength(2);
  });

  test('of every face, in pixels of the photo as it was uploaded, left to right', async () => {
    const { image, faces } = await answerOf(sample(1));
    expect(image).toEqual({ width: 1920, height: 1280 });
    expect(faces).toHaveLength(3);
    const xs = faces.map(({ box }) => box.x);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    // The tip of the nose of the woman on the left.
    const [x, y] = faces[0]?.landmarks.points[30] ?? [0, 0];
    expect(Math.hypot(x - 457, y - 513)).toBeLessThan(12);
  });

  test('a photo taken sideways gives the points of the upright one', async () => {
    const upright = await answerOf(await sharp(sample(1)).png().toBuffer());
    const sideways = await answerOf(await sharp(sample(1)).rotate(270).withMetadata({ orientation: 6 }).png().toBuffer());
    expect(sideways.image).toEqual(upright.image);
    expect(sideways.faces).toHaveLength(upright.faces.length);
    sideways.faces.forEach((face, i) => {
      face.landmarks.points.forEach(([x, y], n) => {
        const [ux, uy] = upright.faces[i]?.landmarks.points[n] ?? [0, 0];
        expect(Math.hypot(x - ux, y - uy)).toBeLessThan(2);
      });
    });
  });

  test('no face is an empty list', async () => {
    const wall = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#886644' } })
      .jpeg()
      .toBuffer();
    expect(await answerOf(wall)).toEqual({ image: { width: 800, height: 600 }, faces: [] });
  });

  test('the dense mesh where the engine knows it, and a refusal where it does not', async () => {
    const task: Task = { kind: 'landmarks', scheme: 'mesh-468' };
    await expect(develop(kit, [sample(1)], task)).rejects.toMatchObject({ code: 'invalid-params' });
    const detector = await createMediapipeDetector();
    const { body } = await develop({ ...kit, detector }, [sample(1)], task);
    await detector.close();
    const [face, ...others] = JSON.parse(body.toString()).faces;
    expect(others).toHaveLength(2);
    expect(face.landmarks.scheme).toBe('mesh-468');
    expect(face.landmarks.points).toHaveLength(468);
    // In pixels of the photo, like the box: the tip of the nose lies in its middle, nearer than the ear.
    const [[x, y, z], [, , ear]] = [face.landmarks.points[4], face.landmarks.points[234]];
    expect(Math.abs(x - face.box.x - face.box.width / 2)).toBeLessThan(0.4 * face.box.width);
    expect(Math.abs(y - face.box.y - face.box.height / 2)).toBeLessThan(0.3 * face.box.height);
    expect(z).toBeLessThan(ear);
  });
});

describe('effects', () => {
  test.each(['fusion', 'sticker', 'conceal'])('%s: a picture, its measures and the time of each step', async (kind) => {
    const template = (await templatesByKind()).get(kind) ?? '';
    const { body, mediaType, timings, quality } = await develop(kit, [sample(3)], effect(template));
    expect(mediaType).toBe('image/jpeg');
    const { width, height, format } = await sharp(body).metadata();
    expect(format).toBe('jpeg');
    if (kind !== 'fusion') expect([width, height]).toEqual([1080, 759]);
    for (const step of ['decode', 'faces', 'effect', 'encode'] as const) expect(timings[step]).toBeGreaterThan(0);
    expect(quality.faces).toBe(3);
    for (const name of Object.keys(quality)) expect(name).toMatch(/^[a-z][a-z0-9_.*-]*$/);
    for (const value of Object.values(quality)) expect(Number.isFinite(value)).toBe(true);
  });

  test.each(outputTypes)('as %s, the same bytes twice, without metadata', async (mediaType) => {
    const template = (await templatesByKind()).get('conceal') ?? '';
    const first = await develop(kit, [sample(1)], effect(template, {}, mediaType));
    const second = await develop(kit, [sample(1)], effect(template, {}, mediaType));
    expect(first.mediaType).toBe(mediaType);
    expect(first.body.equals(second.body)).toBe(true);
    const { exif, icc, xmp, iptc } = await sharp(first.body).metadata();
    expect({ exif, icc, xmp, iptc }).toEqual({});
  });

  test('faces named by number have to be good enough', async () => {
    const template = (await templatesByKind()).get('fusion') ?? '';
    // The leftmost of sample 2 is seen from the side.
    await expect(develop(kit, [sample(2)], effect(template, { faces: [{ from: 0, to: 0 }] }))).rejects.toMatchObject({ code: 'side-face' });
    await expect(develop(kit, [sample(2)], effect(template, { faces: [{ from: 9, to: 0 }] }))).rejects.toMatchObject({
      code: 'invalid-params',
    });
    const { body } = await develop(kit, [sample(3)], effect(template, { faces: [{ from: 2, to: 0 }] }));
    expect(body.length).toBeGreaterThan(1000);
  });
});

describe('refusals', () => {
  const wall = () =>
    sharp({ create: { width: 800, height: 600, channels: 3, background: '#886644' } })
      .jpeg()
      .toBuffer();
  const cases: readonly [code: string, make: () => Promise<Buffer> | Buffer][] = [
    ['no-face', wall],
    ['too-dark', () => sharp(sample(6)).linear(0.2, 0).jpeg().toBuffer()],
    ['overexposed', () => sharp(sample(6)).linear(2.2, 40).jpeg().toBuffer()],
    ['blurred', () => sharp(sample(6)).blur(5).jpeg().toBuffer()],
    ['face-too-small', () => sharp(sample(6)).resize(400).jpeg().toBuffer()],
    ['unreadable-image', () => sample(1).subarray(0, 60_000)],
    ['unsupported-image-type', () => Buffer.from('words')],
    ['image-too-large', () => bombPng(40_000, 40_000)],
  ];
  test.each(cases)('%s', async (code, make) => {
    const template = (await templatesByKind()).get('fusion') ?? '';
    await expect(develop(kit, [await make()], effect(template))).rejects.toMatchObject({ name: 'Problem', code });
  });

  test('a template that is not there', async () => {
    await expect(develop(kit, [sample(1)], effect('nothing-of-the-kind'))).rejects.toMatchObject({ code: 'unknown-template' });
    await expect(develop(kit, [sample(1)], effect('../templates'))).rejects.toMatchObject({ code: 'unknown-template' });
  });

  test('parameters that do not suit it', async () => {
    const template = (await templatesByKind()).get('fusion') ?? '';
    await expect(develop(kit, [sample(1)], effect(template, { strength: 101 }))).rejects.toMatchObject({ code: 'invalid-params' });
  });
});

describe('what is left behind', () => {
  test('the encoded photo is overwritten, after success and after a refusal', async () => {
    const good = sample(1);
    await develop(kit, [good], landmarks);
    expect(good.every((byte) => byte === 0)).toBe(true);
    const broken = Buffer.from(sample(1).subarray(0, 60_000));
    await expect(develop(kit, [broken], landmarks)).rejects.toMatchObject({ code: 'unreadable-image' });
    expect(broken.every((byte) => byte === 0)).toBe(true);
  });

  test('decoded pictures are overwritten', async () => {
    const seen: Uint8ClampedArray[] = [];
    const watching: Kit = {
      ...kit,
      detector: {
        ...kit.detector,
        detect(picture) {
          expect(picture.data.some((value) => value !== 0)).toBe(true);
          seen.push(picture.data);
          return kit.detector.detect(picture);
        },
      },
    };
    await develop(watching, [sample(1)], landmarks);
    expect(seen).toHaveLength(1);
    expect(seen.every((data) => data.every((value) => value === 0))).toBe(true);
  });

  test('the next photo of a process finds everything as the first one did', async () => {
    const mediapipe = { ...kit, detector: await createMediapipeDetector() };
    for (const [kind, id] of await templatesByKind()) {
      const once = async () => (await develop(mediapipe, [Buffer.from(sample(6))], effect(id, {}, 'image/png'))).body;
      const first = await once();
      expect([kind, (await once()).equals(first)]).toEqual([kind, true]);
    }
    await mediapipe.detector.close();
  }, 180_000);
});

describe('marks', () => {
  const marked = { text: 'AI generated', producer: 'Mayfly' };
  const rawOf = (body: Buffer) => sharp(body).raw().toBuffer();

  test('a synthesized picture says so, to people and to programs; a concealed one is none', async () => {
    const byKind = await templatesByKind();
    for (const [kind, says] of [
      ['fusion', 'compositeSynthetic'],
      ['conceal', undefined],
    ] as const) {
      const task = effect(byKind.get(kind) ?? '', {}, 'image/png');
      const plain = await develop(kit, [sample(3)], task);
      const { body } = await develop({ ...kit, mark: marked }, [sample(3)], task);
      expect(body.includes(`/digitalsourcetype/${says}`)).toBe(says !== undefined);
      expect(body.includes(job)).toBe(says !== undefined);
      expect(body.includes('AIGC')).toBe(says !== undefined);
      expect((await rawOf(body)).equals(await rawOf(plain.body))).toBe(says === undefined);
      expect(plain.body.includes('AIGC')).toBe(false);
    }
  });
});
