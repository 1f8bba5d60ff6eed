import type { Pixels } from '../../image/pixels.ts';
import type { Detector } from '../detector.ts';
import type { Box, Face } from '../face.ts';
import { poseOfMesh } from '../mesh-pose.ts';
import { landmarksOf } from '../sixty-eight.ts';
import type { Candidate } from './candidates.ts';
import { type Care, confirm, sure } from './confirm.ts';
import { frameOfPoints, openDenseNet } from './dense.ts';
import { openSearch } from './search.ts';

/** Below this the mesh network sees no face in its frame. */
const minPresence = 0.5;

/**
 * Where the smallest face is smaller than this part of the picture, there may be others that are smaller still: then it is looked at again in parts, the
 * more the smaller they are. The first look is sure down to 0.08, so a selfie is never looked at again.
 */
const smallFace = 0.16;
const tinyFace = 0.09;

/** So many faces are each looked at twice; in a crowd time matters more. */
const few = 3;

/** A photo without a word on its orientation lies on its side where faces then look so much more like faces. */
const clearly = 0.1;

/**
 * The engine `mediapipe`: Google's face detectors and face mesh (Apache-2.0) on ONNX Runtime. Warm when it resolves.
 * @throws Error when a model is missing or wrong
 */
export async function createMediapipeDetector(): Promise<Detector> {
  const [search, dense] = [await openSearch(), await openDenseNet()];
  const inTurn = queue();

  async function add(faces: Face[], picture: Pixels, candidates: readonly Candidate[], suspicious = false): Promise<void> {
    const care: Care = { suspicious, twice: faces.length + candidates.length <= few };
    for (const candidate of candidates) {
      if (faces.some(({ box }) => covers(box, candidate))) continue;
      const found = await confirm(search, dense, picture, candidate, care);
      if (found === undefined) continue;
      const face = faceOf(found.mesh, candidate.score);
      // The mesh may have wandered to a neighbour.
      if (!faces.some(({ box }) => covers(box, middleOf(face.box)))) faces.push(face);
    }
  }

  async function detect(picture: Pixels): Promise<readonly Face[]> {
    const faces: Face[] = [];
    const upright = await search.glance(picture);
    const turned = bestScore(upright) < sure ? await search.turn(picture) : [];
    if (bestScore(turned) > bestScore(upright) + clearly) await add(faces, picture, turned, true);
    if (faces.length === 0) await add(faces, picture, upright);
    const longer = Math.max(picture.width, picture.height);
    const smallest = () => Math.min(...faces.map(({ box }) => box.height)) / longer;
    if (faces.length > 0 && smallest() < smallFace) await add(faces, picture, await search.comb(picture, 2));
    if (faces.length === 0 || smallest() < tinyFace) await add(faces, picture, await search.comb(picture, 6));
    return faces.sort((a, b) => a.box.x + a.box.width / 2 - (b.box.x + b.box.width / 2));
  }

  const detector: Detector = {
    name: 'mediapipe',
    schemes: ['ibug-68', 'mesh-468'],
    detect: (picture) => inTurn(() => detect(picture)),
    locate: (picture, near) =>
      inTurn(async () => {
        const found = await dense.study(picture, frameOfPoints(near), true);
        return found.presence < minPresence ? undefined : faceOf(found.mesh, found.presence);
      }),
    async close() {
      await search.close();
      await dense.close();
    },
  };
  const blank: Pixels = { width: 64, height: 64, channels: 3, data: new Uint8ClampedArray(64 * 64 * 3) };
  await search.glance(blank);
  await dense.study(blank, { x: 32, y: 32, width: 64, height: 64, roll: 0 }, true);
  return detector;
}

function bestScore([best]: readonly Candidate[]): number {
  return best?.score ?? 0;
}

/** Whether the middle of a candidate lies in the inner part of a face that was found. */
function covers(box: Box, { x, y }: { readonly x: number; readonly y: number }): boolean {
  const middle = middleOf(box);
  return Math.abs(x - middle.x) < 0.4 * box.width && Math.abs(y - middle.y) < 0.4 * box.height;
}

function middleOf({ x, y, width, height }: Box): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

function faceOf(mesh: Float32Array, score: number): Face {
  return { box: boxOf(mesh), score, landmarks: landmarksOf(mesh), pose: poseOfMesh(mesh), mesh };
}

/** Forehead to chin, ear to ear. */
function boxOf(mesh: Float32Array): Box {
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
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
