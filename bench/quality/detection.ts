import type { Detector } from '../../src/faces/detector.ts';
import type { Face } from '../../src/faces/face.ts';
import { createFaceApiDetector } from '../../src/faces/face-api/detector.ts';
import { at, interocular } from '../../src/faces/landmarks.ts';
import { decode } from '../../src/image/decode.ts';
import { noses } from '../../test/contract/noses.ts';
import { sample, sampleNumbers } from '../../test/image/samples.ts';
import { median } from '../stats.ts';
import type { Detection } from './results.ts';

/** Both engines on the six group photos, at their default settings. */
export async function compareEngines(mediapipe: Detector, say: (text: string) => void): Promise<readonly Detection[]> {
  const faceApi = await createFaceApiDetector();
  try {
    const engines = [mediapipe, faceApi];
    const tallies = engines.map(({ name }) => ({ engine: name, people: 0, found: 0, others: 0 }));
    const apart: number[] = [];
    for (const number of sampleNumbers) {
      say(`engines: sample ${number}`);
      const picture = await decode(sample(number), { maxPixels: 50_000_000, maxSide: 1080 });
      const faces: (readonly Face[])[] = [];
      for (const engine of engines) faces.push(await engine.detect(picture));
      const people = noses[number].map(([x, y]) => faces.map((found) => faceAt(found, x * picture.width, y * picture.height)));
      tallies.forEach((tally, i) => {
        const seen = people.filter((person) => person[i] !== undefined).length;
        tally.people += people.length;
        tally.found += seen;
        tally.others += (faces[i]?.length ?? 0) - seen;
      });
      for (const [a, b] of people) if (a !== undefined && b !== undefined) apart.push(distance(a, b));
    }
    return tallies.map((tally) => ({ ...tally, apart: median(apart) }));
  } finally {
    await faceApi.close();
  }
}

function faceAt(faces: readonly Face[], x: number, y: number): Face | undefined {
  return faces.find(({ box }) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height);
}

function distance({ landmarks: a }: Face, { landmarks: b }: Face): number {
  let sum = 0;
  for (let i = 17; i < 68; i += 1) sum += Math.hypot(at(a, i)[0] - at(b, i)[0], at(a, i)[1] - at(b, i)[1]);
  return sum / 51 / interocular(a);
}
