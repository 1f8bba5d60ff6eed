import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Pixels } from '../image/pixels.ts';
import { rasterize } from '../image/rasterize.ts';
import { resize } from '../image/resize.ts';
import type { Template } from '../templates/template.ts';
import { applyEffect } from './apply.ts';
import type { Photo } from './effect.ts';

/** Width of a preview in pixels: what a list shows at twice the density of a plain screen. */
export const previewWidth = 540;

/** The drawn people of `_sample/`, beside the packs: their faces are written down, not found, so a preview needs no engine. */
const samplesSchema = z.strictObject({
  people: z
    .array(
      z.strictObject({
        art: z.string().regex(/^[a-z-]+\.svg$/),
        size: z.strictObject({ width: z.int().positive(), height: z.int().positive() }),
        /** 68 points, iBUG order. */
        landmarks: z.array(z.tuple([z.number(), z.number()])).length(68),
      }),
    )
    .min(1),
});

const drawn = new Map<string, Promise<readonly Photo[]>>();

/**
 * The drawn people, each as a photo with one face; drawn once, since effects never change a photo.
 * @param dir folder of all packs
 */
export function samplePeople(dir: string): Promise<readonly Photo[]> {
  const known = drawn.get(dir);
  if (known !== undefined) return known;
  const people = drawPeople(dir);
  drawn.set(dir, people);
  return people;
}

async function drawPeople(dir: string): Promise<readonly Photo[]> {
  const folder = join(dir, '_sample');
  const { people } = samplesSchema.parse(JSON.parse(await readFile(join(folder, 'sample.json'), 'utf8')));
  return Promise.all(
    people.map(async ({ art, size, landmarks }): Promise<Photo> => {
      const picture = await rasterize(await readFile(join(folder, art)), size.width, size.height);
      const xs = landmarks.map(([x]) => x);
      const ys = landmarks.map(([, y]) => y);
      const [x, y] = [Math.min(...xs), Math.min(...ys)];
      const box = { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
      return { picture, faces: [{ box, score: 1, pose: { yaw: 0, pitch: 0, roll: 0 }, landmarks }] };
    }),
  );
}

/** The first of the drawn people. @param dir folder of all packs */
export async function sampleFace(dir: string): Promise<Photo> {
  const [first] = await samplePeople(dir);
  if (first === undefined) throw new Error('Expected at least one drawn person');
  return first;
}

/** What a template makes of the drawn people with the usual parameters, a small picture `previewWidth` wide. */
export async function renderPreview(template: Template): Promise<Pixels> {
  const people = await samplePeople(dirname(template.folder));
  const params = template.kind === 'conceal' ? { style: 'cover' } : {};
  const photos = Array.from({ length: template.slots }).flatMap((_, slot) => people[slot % people.length] ?? []);
  const { picture } = await applyEffect(template, params, photos);
  return resize(picture, previewWidth, Math.round((picture.height * previewWidth) / picture.width));
}
