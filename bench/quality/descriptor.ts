import { createRequire } from 'node:module';
import { join } from 'node:path';
import { crop, type Frame } from '../../src/faces/crop.ts';
import type { Point } from '../../src/faces/face.ts';
import { packageFolder, startBackend } from '../../src/faces/face-api/backend.ts';
import { centre, eyeLine, leftEye, rightEye } from '../../src/faces/landmarks.ts';
import type { Pixels } from '../../src/image/pixels.ts';

/** Whose face it is, to a network that was trained to tell people apart: face-api's recognition net (a ResNet-34 after dlib's), in the bench only. */
export interface Recogniser {
  /** @param landmarks 68 points of the face in the picture */
  describe(picture: Pixels, landmarks: readonly Point[]): Promise<Float32Array>;
  close(): void;
}

/** Side of the picture that the network takes. */
const side = 150;

export async function openRecogniser(): Promise<Recogniser> {
  await startBackend('wasm');
  const library: typeof import('@vladmandic/face-api') = createRequire(import.meta.url)('@vladmandic/face-api/dist/face-api.node-wasm.js');
  const net = library.nets.faceRecognitionNet;
  await net.loadFromDisk(join(packageFolder('@vladmandic/face-api') ?? '', 'model'));
  const input = new Float32Array(side * side * 3);
  return {
    async describe(picture, landmarks) {
      crop(picture, aligned(landmarks), side, input);
      const tensor = library.tf.tensor3d(input, [side, side, 3]);
      try {
        // Two copies of TensorFlow.js's types describe the same tensor.
        const found = await net.computeFaceDescriptor(tensor as never);
        return Array.isArray(found) ? (found[0] ?? new Float32Array(0)) : found;
      } finally {
        (tensor as { dispose(): void }).dispose();
      }
    },
    close: () => net.dispose(),
  };
}

/** Euclidean; the library's own threshold for "the same person" is 0.6. */
export function distance(a: Float32Array, b: Float32Array): number {
  return Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)));
}

/**
 * The square that face-api cuts for this net: eyes and mouth in the middle, their distance 0.45 of its side (`FaceLandmarks.alignDlib`). It is turned
 * upright as well, as dlib does, whose pictures the net was trained on: a tilted head is the same person.
 */
function aligned(landmarks: readonly Point[]): Frame {
  const eyes = [centre(landmarks, leftEye), centre(landmarks, rightEye)] as const;
  const mouth = centre(landmarks, [48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67]);
  const reach = eyes.reduce((sum, eye) => sum + Math.hypot(eye[0] - mouth[0], eye[1] - mouth[1]) / 2, 0);
  const [size, roll] = [Math.floor(reach / 0.45), eyeLine(landmarks)];
  const [x, y] = [(eyes[0][0] + eyes[1][0] + mouth[0]) / 3, (eyes[0][1] + eyes[1][1] + mouth[1]) / 3];
  return { x: x - 0.07 * size * Math.sin(roll), y: y + 0.07 * size * Math.cos(roll), width: size, height: size, roll };
}
