import sharp from 'sharp';
import { expose, type Found, findFaces, type Plate } from '../../src/darkroom/expose.ts';
import { samplePeople } from '../../src/effects/preview.ts';
import { toLab } from '../../src/effects/raster/colour.ts';
import type { Detector } from '../../src/faces/detector.ts';
import type { Point } from '../../src/faces/face.ts';
import { at, centre, interocular, leftEye, rightEye } from '../../src/faces/landmarks.ts';
import { byProminence, judge } from '../../src/faces/limits.ts';
import { decode } from '../../src/image/decode.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { samplePhoto } from '../../test/kit/photos.ts';
import { median } from '../stats.ts';
import { withSpectacles } from './spectacles.ts';

/** A face of the run as a selfie: alone in its picture as far as the group photo allows, head and shoulders. */
export interface Subject {
  readonly name: string;
  /** PNG, as it would be uploaded. */
  readonly encoded: Buffer;
  readonly plate: Plate;
  readonly found: Found;
  /** Class of the individual typology angle (Chardon et al. 1991), measured in the light of the photo; 'drawn' for a drawing. */
  readonly tone: Tone;
  readonly drawn: boolean;
  /** Whether spectacles were drawn on; who it is without them is a subject too. */
  readonly spectacles: boolean;
}

/** How many people get spectacles. */
const bespectacled = 4;

export const tones = ['very light', 'light', 'intermediate', 'tan', 'brown', 'dark', 'drawn'] as const;
export type Tone = (typeof tones)[number];

/** Least angle of each class, degrees. */
const angles: readonly (readonly [Tone, number])[] = [
  ['very light', 55],
  ['light', 41],
  ['intermediate', 28],
  ['tan', 10],
  ['brown', -30],
  ['dark', -90],
];

/** Sides of a selfie over the box of its face; faces of the samples are small, so they are enlarged to it. */
const selfie = { width: 2.6, height: 3.4, above: 1, pixels: [810, 1080] } as const;

/**
 * The faces of the six sample photos that are good enough for everything, as selfies, then the drawn people, then a few of
 * the first again in spectacles.
 * @param most how many, without those in spectacles, whom a run of a few leaves out
 */
export async function subjectsOf(detector: Detector, most: number): Promise<readonly Subject[]> {
  const subjects: Subject[] = [];
  for (const number of [6, 3, 5, 4, 1, 2] as const) {
    const group = await sharp(samplePhoto(number)).png().toBuffer();
    const picture = await decode(group, { maxPixels: 50_000_000 });
    for (const [index, { box }] of (await detector.detect(picture)).entries()) {
      const encoded = await cut(group, picture, box);
      const subject = await portray(detector, `${number}.${index}`, encoded, false);
      if (subject !== undefined) subjects.push(subject);
    }
  }
  for (const [index, photo] of (await samplePeople('templates')).entries()) {
    const { width, height, channels, data } = photo.picture;
    const encoded = await sharp(data, { raw: { width, height, channels } }).flatten({ background: '#ffffff' }).png().toBuffer();
    const subject = await portray(detector, `drawn ${index}`, encoded, true);
    if (subject !== undefined) subjects.push(subject);
  }
  const people = spread(subjects, most);
  const bare = people.filter(({ drawn }) => !drawn);
  for (const { name, encoded, found } of most > bespectacled ? spread(bare, bespectacled) : []) {
    const subject = await portray(detector, `${name} in spectacles`, await withSpectacles(encoded, found.face.landmarks), false, true);
    if (subject !== undefined) people.push(subject);
  }
  return people;
}

function cut(group: Buffer, { width, height }: Pixels, box: { x: number; y: number; width: number; height: number }): Promise<Buffer> {
  const [w, h] = [Math.min(width, box.width * selfie.width), Math.min(height, box.width * selfie.height)];
  const left = Math.round(Math.min(width - w, Math.max(0, box.x + box.width / 2 - w / 2)));
  const top = Math.round(Math.min(height - h, Math.max(0, box.y - box.width * (selfie.above - 0.2))));
  return sharp(group)
    .extract({ left, top, width: Math.floor(w), height: Math.floor(h) })
    .resize(selfie.pixels[0], selfie.pixels[1], { kernel: 'cubic', fit: 'cover' })
    .png()
    .toBuffer();
}

/** @returns nothing where the face is not found, or not good enough for a fusion */
async function portray(
  detector: Detector,
  name: string,
  encoded: Buffer,
  drawn: boolean,
  spectacles = false,
): Promise<Subject | undefined> {
  const plate = await expose(Buffer.from(encoded), 50_000_000);
  const [found] = byProminence(await findFaces(detector, plate));
  if (found === undefined || judge(found, 'fusion') !== undefined) return undefined;
  return { name, encoded, plate, found, tone: drawn ? 'drawn' : toneOf(plate.picture, found.face.landmarks), drawn, spectacles };
}

/** Every so many, so that a few are from all photos. */
function spread<T>(all: readonly T[], most: number): T[] {
  if (most >= all.length) return [...all];
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]).filter((each) => each !== undefined);
}

/** From the median colour of both cheeks and the back of the nose. */
function toneOf({ width, height, channels, data }: Pixels, landmarks: readonly Point[]): Tone {
  const unit = interocular(landmarks);
  const below = ([x, y]: Point): Point => [x, y + unit / 2];
  const red: number[] = [];
  const green: number[] = [];
  const blue: number[] = [];
  for (const [x, y] of [below(centre(landmarks, leftEye)), below(centre(landmarks, rightEye)), at(landmarks, 29)]) {
    for (let place = 0; place < 121; place += 1) {
      const px = Math.min(width - 1, Math.max(0, Math.round(x + ((place % 11) - 5) * 0.02 * unit)));
      const py = Math.min(height - 1, Math.max(0, Math.round(y + (Math.floor(place / 11) - 5) * 0.02 * unit)));
      const from = (py * width + px) * channels;
      red.push(data[from] ?? 0);
      green.push(data[from + 1] ?? 0);
      blue.push(data[from + 2] ?? 0);
    }
  }
  const [l, , b] = toLab([median(red), median(green), median(blue)]);
  const angle = (Math.atan2(l - 50, b) * 180) / Math.PI;
  return angles.find(([, least]) => angle > least)?.[0] ?? 'dark';
}
