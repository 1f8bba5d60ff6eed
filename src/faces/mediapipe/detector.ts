import type { Pixels } from '../../image/pixels.ts';
import { frameAround } from '../crop.ts';
import type { Detector } from '../detector.ts';
import type { Box, Face } from '../face.ts';
import { poseOf } from '../pose.ts';
import { landmarksOf } from '../sixty-eight.ts';
import { type Dense, frameOf, frameOfMesh, openDenseNet } from './dense.ts';

import { openSearch } from './search.ts';

/** Below this the mesh network sees no face in its frame. */
const minPresence = 0.5;

/** Sides of the frame over the box of the 68 points in it. */
const margin = 1.6;

/**
 * The engine `mediapipe`: Google's face detectors and face mesh (Apache-2.0) on ONNX Runtime. Warm when it resolves.
 * @throws Error when a model is missing or wrong
 */
export async function createMediapipeDetector(): Promise<Detector> {
  const [search, dense] = [await openSearch(), await openDenseNet()];
  const inTurn = queue();

  async function detect(picture: Pixels): Promise<readonly Face[]> {
    const faces: Face[] = [];
    for (const candidate of await search.find(picture)) {
      const first = await dense.look(picture, frameOf(candidate));
      if (first.presence < minPresence) continue;
      faces.push(faceOf(await dense.look(picture, frameOfMesh(first.mesh)), candidate.score));
    }
    return faces.sort((a, b) => a.box.x + a.box.width / 2 - (b.box.x + b.box.width / 2));
  }

  const detector: Detector = {
    name: 'mediapipe',
    schemes: ['ibug-68', 'mesh-468'],
    detect: (picture) => inTurn(() => detect(picture)),
    locate: (picture, near) =>
      inTurn(async () => {
        const found = await dense.look(picture, frameAround(near, margin));
        return found.presence < minPresence ? undefined : faceOf(found, found.presence);
      }),
    async close() {
      await search.close();
      await dense.close();
    },
  };
  const blank: Pixels = { width: 64, height: 64, channels: 3, data: new Uint8ClampedArray(64 * 64 * 3) };
  await detector.detect(blank);
  await dense.look(blank, { x: 32, y: 32, width: 64, height: 64, roll: 0 });
  return detector;
}

function faceOf({ mesh }: Dense, score: number): Face {
  const landmarks = landmarksOf(mesh);
  return { box: boxOf(mesh), score, landmarks, pose: poseOf(landmarks), mesh };
}

/** Brow to chin, ear to ear. */
function boxOf(mesh: Float32Array): Box {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < mesh.length; i += 3) {
    left = Math.min(left, mesh[i] ?? 0);
    right = Math.max(right, mesh[i] ?? 0);
    top = Math.min(top, mesh[i + 1] ?? 0);
    bottom = Math.max(bottom, mesh[i + 1] ?? 0);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** One picture after the other: the networks' inputs are shared. */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
