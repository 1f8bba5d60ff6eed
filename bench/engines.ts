import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { z } from 'zod';
import type { Detector } from '../src/faces/detector.ts';
import type { Face } from '../src/faces/face.ts';
import { createFaceApiDetector } from '../src/faces/face-api/detector.ts';
import { at, interocular } from '../src/faces/landmarks.ts';
import { createMediapipeDetector } from '../src/faces/mediapipe/detector.ts';
import { decode } from '../src/image/decode.ts';
import type { Pixels } from '../src/image/pixels.ts';
import { noses } from '../test/contract/noses.ts';
import { sample, sampleNumbers } from '../test/image/samples.ts';
import { median } from './stats.ts';

/** What one engine makes of the six group photos and of selfies cut from them, in pictures of darkroom size. */
export interface EngineResult {
  readonly engine: string;
  readonly people: number;
  /** People found in the group photos; everything found that is nobody. */
  readonly found: number;
  readonly others: number;
  /** The same for selfies: one face that takes half of the picture's height. */
  readonly selfies: number;
  readonly foundInSelfies: number;
  readonly othersInSelfies: number;
  /** Milliseconds a photo, medians. */
  readonly groupMs: number;
  readonly selfieMs: number;
  readonly locateMs: number;
  /** How far its inner 51 points lie from the other engine's, in distances of the eyes; median over people. */
  readonly apart: number;
  /** Milliseconds of a start, and of processor time in it; MiB that it adds to a process, with one photo seen. */
  readonly startMs: number;
  readonly startCpuMs: number;
  readonly residentMiB: number;
}

interface Case {
  readonly picture: Pixels;
  /** Tips of the noses, pixels. */
  readonly people: readonly (readonly [x: number, y: number])[];
}

const rounds = 5;

/** Both engines in turn, so that a machine that is not quiet disturbs both alike; face-api on WebAssembly, which runs everywhere. */
export async function measureEngines(say: (text: string) => void): Promise<readonly EngineResult[]> {
  const engines = [await createMediapipeDetector(), await createFaceApiDetector({ backend: 'wasm' })];
  try {
    const [groups, selfies] = [await groupPhotos(), await selfiePhotos()];
    say('groups');
    const group = await look(engines, groups);
    say('selfies');
    const selfie = await look(engines, selfies);
    say('starts');
    const apart = median(group.flatMap((photos) => photos.apart));
    const results: EngineResult[] = [];
    for (const [i, { name }] of engines.entries()) {
      const [g, s] = [group[i], selfie[i]];
      if (g === undefined || s === undefined) continue;
      results.push({
        engine: name,
        people: g.people,
        found: g.found,
        others: g.others,
        selfies: s.people,
        foundInSelfies: s.found,
        othersInSelfies: s.others,
        groupMs: median(g.ms),
        selfieMs: median(s.ms),
        locateMs: median(s.locateMs),
        apart,
        ...start(name),
      });
    }
    return results;
  } finally {
    for (const engine of engines) await engine.close();
  }
}

interface Looked {
  people: number;
  found: number;
  others: number;
  readonly ms: number[];
  readonly locateMs: number[];
  readonly apart: number[];
}

async function look(engines: readonly Detector[], cases: readonly Case[]): Promise<readonly Looked[]> {
  const all = engines.map((): Looked => ({ people: 0, found: 0, others: 0, ms: [], locateMs: [], apart: [] }));
  for (const { picture, people } of cases) {
    const seen: (readonly (Face | undefined)[])[] = [];
    for (const [i, engine] of engines.entries()) {
      const looked = all[i];
      if (looked === undefined) continue;
      const faces = await engine.detect(picture);
      const matched = people.map(([x, y]) => faces.find(({ box }) => holds(box, x, y)));
      seen.push(matched);
      const found = matched.filter((face) => face !== undefined);
      looked.people += people.length;
      looked.found += found.length;
      looked.others += faces.length - new Set(found).size;
      looked.ms.push(await time(() => engine.detect(picture)));
      const [face] = found;
      if (face !== undefined) looked.locateMs.push(await time(() => engine.locate(picture, face.landmarks)));
    }
    const [first = [], second = []] = seen;
    first.forEach((face, person) => {
      const other = second[person];
      if (face !== undefined && other !== undefined) all[0]?.apart.push(distance(face, other));
    });
  }
  return all;
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const from = performance.now();
    await work();
    taken.push(performance.now() - from);
  }
  return median(taken);
}

async function groupPhotos(): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const number of sampleNumbers) {
    const picture = await decode(sample(number), { maxPixels: 50_000_000, maxSide: 1080 });
    cases.push({ picture, people: noses[number].map(([x, y]) => [x * picture.width, y * picture.height]) });
  }
  return cases;
}

/** Upright, 3 : 4, cut so narrow that nobody else is in it, and as large as a darkroom makes a photo. */
async function selfiePhotos(): Promise<readonly Case[]> {
  const [width, height] = [810, 1080];
  const cases: Case[] = [];
  for (const number of [1, 3, 6] as const) {
    const group = await decode(sample(number), { maxPixels: 50_000_000, maxSide: 1080 });
    for (const [x, y] of noses[number]) {
      const [w, h] = [180, 240];
      const left = Math.round(Math.min(Math.max(0, x * group.width - w / 2), group.width - w));
      const top = Math.round(Math.min(Math.max(0, y * group.height - h / 2), group.height - h));
      const cut = sharp(group.data, { raw: { width: group.width, height: group.height, channels: 3 } }).extract({
        left,
        top,
        width: w,
        height: h,
      });
      const { data } = await cut.resize(width, height).raw().toBuffer({ resolveWithObject: true });
      const picture: Pixels = { width, height, channels: 3, data: new Uint8ClampedArray(data) };
      cases.push({ picture, people: [[((x * group.width - left) * width) / w, ((y * group.height - top) * height) / h]] });
    }
  }
  return cases;
}

const measured = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** Medians of fresh processes. */
function start(engine: string): Pick<EngineResult, 'startMs' | 'startCpuMs' | 'residentMiB'> {
  const script = fileURLToPath(new URL('./engine-start.js', import.meta.url));
  const runs = Array.from({ length: rounds }, () => {
    const { stdout } = spawnSync(process.execPath, [script, engine], { encoding: 'utf8' });
    return measured.parse(JSON.parse(stdout));
  });
  return {
    startMs: median(runs.map(([ms]) => ms)),
    startCpuMs: median(runs.map(([, ms]) => ms)),
    residentMiB: median(runs.map(([, , before, after]) => after - before)),
  };
}

function holds(box: Face['box'], x: number, y: number): boolean {
  return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}

function distance({ landmarks: a }: Face, { landmarks: b }: Face): number {
  let sum = 0;
  for (let i = 17; i < 68; i += 1) sum += Math.hypot(at(a, i)[0] - at(b, i)[0], at(a, i)[1] - at(b, i)[1]);
  return sum / 51 / interocular(a);
}

/** A Markdown table of them. */
export function engineTable(results: readonly EngineResult[]): string {
  const rows: readonly (readonly [string, (one: EngineResult) => string])[] = [
    ['people found in six group photos', (one) => `${one.found} of ${one.people}`],
    ['found that is nobody', (one) => `${one.others}`],
    ['people found in selfies', (one) => `${one.foundInSelfies} of ${one.selfies}`],
    ['found that is nobody', (one) => `${one.othersInSelfies}`],
    ['a group photo', (one) => `${one.groupMs.toFixed(1)} ms`],
    ['a selfie', (one) => `${one.selfieMs.toFixed(1)} ms`],
    ['a face found again', (one) => `${one.locateMs.toFixed(1)} ms`],
    ["points apart from the other engine's", (one) => one.apart.toFixed(3)],
    ['a start', (one) => `${one.startMs.toFixed(0)} ms, ${one.startCpuMs.toFixed(0)} ms of processor`],
    ['adds to a process', (one) => `${one.residentMiB.toFixed(0)} MiB`],
  ];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const head = line(['', ...results.map(({ engine }) => `\`${engine}\``)]) + line(['---', ...results.map(() => '---')]);
  return head + rows.map(([name, read]) => line([name, ...results.map(read)])).join('');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const results = await measureEngines((text) => process.stderr.write(`${text}\n`));
  process.stdout.write(engineTable(results));
}
