import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Pixels } from '../image/pixels.ts';
import { rasterize } from '../image/rasterize.ts';
import type { Template } from '../templates/template.ts';
import { applyEffect } from './apply.ts';
import type { Photo } from './effect.ts';

/** The drawn person of `_sample/`, beside the packs: the face is written down, not found, so a preview needs no engine. */
const sampleSchema = z.strictObject({
  art: z.string().regex(/^[a-z-]+\.svg$/),
  size: z.strictObject({ width: z.int().positive(), height: z.int().positive() }),
  /** 68 points, iBUG order. */
  landmarks: z.array(z.tuple([z.number(), z.number()])).length(68),
});

/** The drawn sample face as a photo with its face. @param dir folder of all packs */
export async function sampleFace(dir: string): Promise<Photo> {
  const folder = join(dir, '_sample');
  const { art, size, landmarks } = sampleSchema.parse(JSON.parse(await readFile(join(folder, 'sample.json'), 'utf8')));
  const picture = await rasterize(await readFile(join(folder, art)), size.width, size.height);
  const xs = landmarks.map(([x]) => x);
  const ys = landmarks.map(([, y]) => y);
  const box = {
    x: Math.min(...xs),
    y: Math.min(...ys),
    width: Math.max(...xs) - Math.min(...xs),
    height: Math.max(...ys) - Math.min(...ys),
  };
  return { picture, faces: [{ box, score: 1, pose: { yaw: 0, pitch: 0, roll: 0 }, landmarks }] };
}

/** What a template makes of the drawn sample face, with the usual parameters. */
export async function renderPreview(template: Template): Promise<Pixels> {
  const sample = await sampleFace(dirname(template.folder));
  const params = template.kind === 'conceal' ? { style: 'cover' } : {};
  const photos = Array.from({ length: template.slots }, () => sample);
  return (await applyEffect(template, params, photos)).picture;
}
