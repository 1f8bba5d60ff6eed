import { prepare } from '../effects/apply.ts';
import type { Photo } from '../effects/effect.ts';
import type { Detector, Scheme } from '../faces/detector.ts';
import { byProminence } from '../faces/limits.ts';
import type { Task } from '../jobs/task.ts';
import type { MarkStyle } from '../labels/label.ts';
import { Problem } from '../problems.ts';
import { loadTemplate } from '../templates/load.ts';
import { parseParams } from '../templates/params.ts';
import { landmarksAnswer, type Points, pointsOf, qualityOf } from './answer.ts';
import { draw } from './draw.ts';
import { expose, type Found, findFaces, type Plate } from './expose.ts';
import { selectFaces } from './select.ts';
import { type Step, type Tray, withTray } from './tray.ts';

/** What a darkroom keeps ready before a photo comes. */
export interface Kit {
  readonly detector: Detector;
  /** Folder of template packs. */
  readonly templatesDir: string;
  /** Pixels (width × height) of the largest photo that is decoded. */
  readonly maxPixels: number;
  /** How synthesized pictures are marked; left out: not at all. */
  readonly mark?: MarkStyle | undefined;
}

export interface Developed {
  readonly body: Buffer;
  readonly mediaType: string;
  /** Milliseconds of each step, sent as Server-Timing. */
  readonly timings: Readonly<Record<Step, number>>;
  /** Measures of the result, sent as Mayfly-Quality. */
  readonly quality: Readonly<Record<string, number>>;
}

/**
 * The ordered steps from encoded photos to an encoded answer: decode, orient, faces, quality, effect, gate, label, encode.
 * @param photos encoded pictures as they were uploaded, in slot order; the callee may overwrite them once decoded
 * @param job its id, for the mark
 * @param tell called with the points of each photo in which there is a face, as soon as they are known and before they are judged
 * @throws Problem with one of the 422 codes, `unsupported-image-type`, `unknown-template` or `invalid-params`
 */
export type Develop = (kit: Kit, photos: readonly Buffer[], task: Task, job: string, tell?: (points: Points) => void) => Promise<Developed>;

type EffectTask = Extract<Task, { kind: 'effect' }>;
type LandmarksTask = Extract<Task, { kind: 'landmarks' }>;

/** Develops one job; see `Develop` for what it takes, gives and throws. */
export const develop: Develop = (kit, photos, task, job, tell = () => undefined) =>
  task.kind === 'effect' ? developEffect(kit, photos, task, job, tell) : developLandmarks(kit, photos, task, tell);

type Tell = (points: Points) => void;

async function developEffect(kit: Kit, photos: readonly Buffer[], task: EffectTask, job: string, tell: Tell): Promise<Developed> {
  // What can be refused without looking at a photo is refused first.
  const template = await loadTemplate(kit.templatesDir, task.template);
  const params = parseParams(template, task.params);
  return withTray(async (tray, watch) => {
    // Goes on beside the decoding, which is libvips's own thread. What fails is asked for again, and told, where it is drawn with.
    prepare(template).catch(() => undefined);
    const plates = await exposeAll(photos, kit, tray);
    watch.lap('decode');
    const found = await findAll(kit, plates, 'ibug-68', tell);
    const selected = selectFaces(template, params, found);
    watch.lap('faces');
    const subjects = plates.map(({ picture }, i): Photo => {
      const good = selected[i] ?? [];
      const others = (found[i] ?? []).filter((one) => !good.includes(one));
      return { picture, faces: good.map(({ face }) => face), others: others.map(({ face }) => face) };
    });
    const { mediaType } = task;
    const { measures, encoding } = await draw(kit, tray, { template, params, photos: subjects, mediaType, job });
    watch.lap('effect');
    const body = await encoding;
    watch.lap('encode');
    const [used] = byProminence(selected.flat());
    return { body, mediaType, timings: watch.laps, quality: qualityOf(found.flat(), used, measures) };
  });
}

async function developLandmarks(kit: Kit, photos: readonly Buffer[], { scheme }: LandmarksTask, tell: Tell): Promise<Developed> {
  const { name, schemes } = kit.detector;
  if (!schemes.includes(scheme)) {
    throw new Problem('invalid-params', 'The engine does not know this scheme', {
      reasons: [`scheme: ${name} knows ${schemes.join(', ')}`],
    });
  }
  return withTray(async (tray, watch) => {
    const [plate, ...more] = await exposeAll(photos, kit, tray);
    if (plate === undefined || more.length > 0) throw new Problem('malformed-request', `Expected one photo but received ${photos.length}`);
    watch.lap('decode');
    const [found = []] = await findAll(kit, [plate], scheme, tell);
    watch.lap('faces');
    const body = Buffer.from(JSON.stringify(landmarksAnswer(plate, found, scheme)));
    watch.lap('encode');
    const [most] = byProminence(found);
    return { body, mediaType: 'application/json', timings: watch.laps, quality: qualityOf(found, most) };
  });
}

/** One photo after the other: the peak of memory is that of one decode. */
async function exposeAll(photos: readonly Buffer[], kit: Kit, tray: Tray): Promise<readonly Plate[]> {
  const plates: Plate[] = [];
  for (const photo of photos) {
    const plate = await expose(photo, kit.maxPixels);
    tray.hold(plate.picture);
    plates.push(plate);
  }
  return plates;
}

async function findAll(kit: Kit, plates: readonly Plate[], scheme: Scheme, tell: Tell): Promise<readonly (readonly Found[])[]> {
  const all: (readonly Found[])[] = [];
  for (const plate of plates) {
    const found = await findFaces(kit.detector, plate);
    if (found.length > 0) tell(pointsOf(plate, found, scheme));
    all.push(found);
  }
  return all;
}
