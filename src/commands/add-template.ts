import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { readConfig } from '../config.ts';
import { type Found, findFaces } from '../darkroom/expose.ts';
import { portraitArt, portraitOf } from '../effects/fusion/portrait.ts';
import { byProminence, judge } from '../faces/limits.ts';
import { decodeWithHeader } from '../image/decode.ts';
import { encode } from '../image/encode.ts';
import { openKit } from '../kit.ts';
import { Problem } from '../problems.ts';
import { checkTemplate } from '../templates/check.ts';
import { templateId } from '../templates/kinds/common.ts';
import { UsageError } from './usage.ts';

/** Long side of a portrait, pixels: that of every result made with it. */
const longestSide = 1350;

/** As many faces of a portrait become slots at most. */
const mostSlots = 6;

/** What a template's face has to be beyond what a user's has: it is looked at as closely, by everybody, and all are turned as it is. */
const stricter = { interocular: 48, yaw: 30, pitch: 25 } as const;

/**
 * Makes a pack of an operator's own portrait.
 * @param out folder of packs
 * @returns exit code
 */
export async function addTemplate(photo: string, id: string, out: string, title = nameOf(photo)): Promise<number> {
  if (!templateId.safeParse(id).success) throw new UsageError('--id: lower-case letters, digits and single hyphens');
  const config = readConfig(process.env);
  try {
    const { header, picture } = await decodeWithHeader(await readFile(photo), { maxPixels: config.maxPixels, maxSide: longestSide });
    const kit = await openKit(config);
    const found = await findFaces(kit.detector, { header, picture, enlargement: 1 });
    const good = fitFaces(found);
    const { manifest, cover } = portraitOf(
      picture,
      good.map(({ face }) => face),
      { id, title },
    );
    const folder = join(out, id);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, portraitArt.portrait), await encode(picture, 'image/webp', 95));
    await writeFile(join(folder, portraitArt.cover), await encode(cover, 'image/png'));
    await writeFile(join(folder, 'template.json'), `${JSON.stringify(manifest)}\n`);
    for (const mistake of await checkTemplate(out, id)) process.stderr.write(`${id}: ${mistake}\n`);
    process.stdout.write(`${folder}: ${manifest.size.width} × ${manifest.size.height}, ${manifest.slots} of ${found.length} faces\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return 1;
  }
}

/**
 * The faces that are good enough for a slot, the most prominent ones, left to right.
 * @throws Problem saying what is wrong with the most prominent face where none is
 */
export function fitFaces(found: readonly Found[]): readonly Found[] {
  const ordered = byProminence(found);
  const good = ordered.filter((face) => unfit(face) === undefined).slice(0, mostSlots);
  const [first] = ordered;
  if (first === undefined) throw new Problem('no-face');
  if (good.length === 0) throw unfit(first) ?? new Problem('no-face');
  return found.filter((face) => good.includes(face));
}

function unfit(face: Found): Problem | undefined {
  const problem = judge(face, 'fusion');
  if (problem !== undefined) return problem;
  const { interocular, yaw, pitch } = face.measures;
  if (interocular < stricter.interocular) {
    const detail = `The eyes are ${interocular.toFixed(0)} pixels apart at ${longestSide} pixels; a template needs at least ${stricter.interocular}.`;
    return new Problem('face-too-small', detail, { value: interocular, limit: stricter.interocular });
  }
  for (const [name, value, limit] of [
    ['turned', Math.abs(yaw), stricter.yaw],
    ['tilted', Math.abs(pitch), stricter.pitch],
  ] as const) {
    if (value <= limit) continue;
    return new Problem('side-face', `The face is ${name} by ${value.toFixed(0)} degrees; a template allows at most ${limit}.`, {
      value,
      limit,
    });
  }
  return undefined;
}

function nameOf(photo: string): string {
  return basename(photo, extname(photo)).slice(0, 60) || 'Portrait';
}
