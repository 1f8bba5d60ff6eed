import type { Pixels } from '../../image/pixels.ts';
import { frameAround } from '../crop.ts';
import type { Detector } from '../detector.ts';
import type { Box, Face } from '../face.ts';
import { poseOf } from '../pose.ts';
import { landmarksOf } from '../sixty-eight.ts';
import type { Candidate } from './candidates.ts';
import { frameOf, frameOfMesh, openDenseNet } from './dense.ts';

import { openSearch } from './search.ts';

/** Below this the mesh network sees no face in its frame. */
const minPresence = 0.5;

/** A detector this sure was never wrong. */
const sure = 0.75;

/** Together the score of the detector, what the near network says from close by, and half of what the mesh network says must make this much. */
const minEvidence = 1.55;

/** Faces larger than this part of the picture cannot be looked at from further away; they need this much of score and presence. */
const largeFace = 0.5;
const minEvidenceOfLarge = 1.4;

/** Where a face is smaller than this part of the picture, there may be others that are smaller still. */
const smallFace = 0.16;

/** Sides of the frame over the box of the 68 points in it. */
const margin = 1.6;

/**
 * The engine `mediapipe`: Google's face detectors and face mesh (Apache-2.0) on ONNX Runtime. Warm when it resolves.
 * @throws Error when a model is missing or wrong
 */
export async function createMediapipeDetector(): Promise<Detector> {
  const [search, dense] = [await openSearch(), await openDenseNet()];
  const inTurn = queue();

  async function confirm(picture: Pixels, candidate: Candidate): Promise<Face | undefined> {
    const { score, side } = candidate;
    const large = side > largeFace * Math.max(picture.width, picture.height);
    const close = score >= sure || large ? 0 : await search.inspect(picture, candidate);
    const first = await dense.look(picture, frameOf(candidate), false);
    const { mesh, presence } = await dense.look(picture, frameOfMesh(first.mesh), true);
    const evident = score >= sure || (large ? score + presence >= minEvidenceOfLarge : score + close + presence / 2 >= minEvidence);
    return evident ? faceOf(mesh, score) : undefined;
  }

  async function confirmAll(picture: Pixels, candidates: readonly Candidate[], faces: Face[]): Promise<void> {
    for (const candidate of candidates) {
      if (faces.some(({ box }) => covers(box, candidate))) continue;
      const face = await confirm(picture, candidate);
      if (face !== undefined && !faces.some(({ box }) => covers(box, middleOf(face.box)))) faces.push(face);
    }
  }

  async function detect(picture: Pixels): Promise<readonly Face[]> {
    const faces: Face[] = [];
    await confirmAll(picture, await search.glance(picture), faces);
    const least = smallFace * Math.max(picture.width, picture.height);
    if (faces.every(({ box }) => box.height < least) || faces.some(({ box }) => box.height < least)) {
      await confirmAll(picture, await search.comb(picture), faces);
    }
    if (faces.length === 0) await confirmAll(picture, await search.turn(picture), faces);
    return faces.sort((a, b) => a.box.x + a.box.width / 2 - (b.box.x + b.box.width / 2));
  }

  const detector: Detector = {
    name: 'mediapipe',
    schemes: ['ibug-68', 'mesh-468'],
    detect: (picture) => inTurn(() => detect(picture)),
    locate: (picture, near) =>
      inTurn(async () => {
        const found = await dense.look(picture, frameAround(near, margin), true);
        return found.presence < minPresence ? undefined : faceOf(found.mesh, found.presence);
      }),
    async close() {
      await search.close();
      await dense.close();
    },
  };
  const blank: Pixels = { width: 64, height: 64, channels: 3, data: new Uint8ClampedArray(64 * 64 * 3) };
  await detector.detect(blank);
  await dense.look(blank, { x: 32, y: 32, width: 64, height: 64, roll: 0 }, true);
  return detector;
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
