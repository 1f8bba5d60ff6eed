import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { expose, type Found, findFaces, type Plate } from '../../src/darkroom/expose.ts';
import { inspect } from '../../src/darkroom/gate.ts';
import { selectFaces } from '../../src/darkroom/select.ts';
import { applyEffect } from '../../src/effects/apply.ts';
import type { Made } from '../../src/effects/effect.ts';
import type { Detector } from '../../src/faces/detector.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { Problem } from '../../src/problems.ts';
import { parseParams } from '../../src/templates/params.ts';
import type { Template } from '../../src/templates/template.ts';

/** What a darkroom does between the upload and the marks, kept for looking at. */
export interface Outcome {
  /** Left out where the photo was refused. */
  readonly made?: Made;
  readonly measures: Readonly<Record<string, number>>;
  /** Code of a refusal, of the photo or of the result. */
  readonly refused?: string;
}

/** @param photos encoded, in slot order; they are left as they are */
export async function make(
  detector: Detector,
  template: Template,
  params: Readonly<Record<string, unknown>>,
  photos: readonly Buffer[],
): Promise<Outcome> {
  let made: Made | undefined;
  try {
    const parsed = parseParams(template, params);
    const plates: Plate[] = [];
    for (const photo of photos) plates.push(await expose(Buffer.from(photo), 50_000_000));
    const found: (readonly Found[])[] = [];
    for (const plate of plates) found.push(await findFaces(detector, plate));
    const selected = selectFaces(template, parsed, found);
    const works = plates.map(({ picture }, i) => ({ picture, faces: (selected[i] ?? []).map(({ face }) => face) }));
    made = await applyEffect(template, parsed, works);
    return { made, measures: await inspect(detector, template.kind, made) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ...(made !== undefined && { made }), measures: { ...(made?.measures ?? {}) }, refused: error.code };
  }
}

/** Of all bytes of a picture. */
export function digest({ width, height, data }: Pixels): string {
  return createHash('sha256').update(`${width}x${height}`).update(data).digest('hex');
}

/** The largest difference of two pictures of one size; 255 for two sizes. */
export function largestDifference(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) return 255;
  let most = 0;
  for (let i = 0; i < a.data.length; i += 1) most = Math.max(most, Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0)));
  return most;
}

/** The same photo as the eight EXIF orientations tell it; lossless, so that only the orientation differs. */
export async function orientations(photo: Buffer): Promise<readonly Buffer[]> {
  // How each is stored: the inverse of what its number asks for. Sharp mirrors before it turns, whatever the order of the calls.
  const stored: readonly ((upright: Sharp) => Sharp)[] = [
    (upright) => upright,
    (upright) => upright.flop(),
    (upright) => upright.rotate(180),
    (upright) => upright.flip(),
    (upright) => upright.flop().rotate(270),
    (upright) => upright.rotate(270),
    (upright) => upright.flop().rotate(90),
    (upright) => upright.rotate(90),
  ];
  const all: Buffer[] = [];
  for (const [index, store] of stored.entries()) {
    const pixels = await store(sharp(photo)).png().toBuffer();
    all.push(
      await sharp(pixels)
        .withMetadata({ orientation: index + 1 })
        .png()
        .toBuffer(),
    );
  }
  return all;
}
