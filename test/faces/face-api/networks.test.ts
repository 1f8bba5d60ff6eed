import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { crop } from '../../../src/faces/crop.ts';
import { packageFolder, startBackend } from '../../../src/faces/face-api/backend.ts';
import { buildPointsNet, type PointsNet, pointsSide } from '../../../src/faces/face-api/points.ts';
import { buildSsd, type Ssd, ssdSide } from '../../../src/faces/face-api/ssd.ts';
import { tf } from '../../../src/faces/face-api/tensorflow.ts';
import { openWeights } from '../../../src/faces/face-api/weights.ts';
import { decode } from '../../../src/image/decode.ts';
import { sample } from '../../image/samples.ts';

// The library's own code is the judge of ours: the same input has to give the same boxes, scores and points.
const library: typeof import('@vladmandic/face-api') = createRequire(import.meta.url)('@vladmandic/face-api/dist/face-api.node-wasm.js');
const models = join(packageFolder('@vladmandic/face-api') ?? '', 'model');

let ssd: Ssd;
let net: PointsNet;

beforeAll(async () => {
  await startBackend('wasm');
  ssd = buildSsd(openWeights(models, 'ssd_mobilenetv1_model', true));
  net = buildPointsNet(openWeights(models, 'face_landmark_68_model', false));
  await library.nets.ssdMobilenetv1.loadFromDisk(models);
  await library.nets.faceLandmark68Net.loadFromDisk(models);
});
afterAll(() => {
  ssd.dispose();
  net.dispose();
});

async function square(number: 1 | 4, side: number): Promise<Float32Array> {
  const picture = await decode(sample(number), { maxPixels: 50_000_000 });
  const into = new Float32Array(side * side * 3);
  crop(picture, { x: picture.width / 2, y: picture.height / 2, width: picture.width, height: picture.height, roll: 0 }, side, into);
  return into.map(Math.round);
}

test.each([1, 4] as const)('the SSD agrees with the library on sample %i', async (number) => {
  const input = await square(number, ssdSide);
  const tensor = tf.tensor3d(Int32Array.from(input), [ssdSide, ssdSide, 3], 'int32');
  // Two copies of TensorFlow.js's types describe the same tensor.
  const theirs = await library.nets.ssdMobilenetv1.locateFaces(tensor as never, { minConfidence: 0.5 });
  const ours = ssd.find(input, ssdSide, 0.5);
  expect(ours).toHaveLength(theirs.length);
  expect(ours.length).toBeGreaterThan(0);
  theirs.forEach((face, i) => {
    const { x = 0, y = 0, width = 0, height = 0 } = ours[i]?.box ?? {};
    expect(ours[i]?.score).toBeCloseTo(face.score, 3);
    // The library cuts its boxes at the edge of the picture.
    expect(Math.max(0, x) * ssdSide).toBeCloseTo(face.box.x, 0);
    expect(Math.max(0, y) * ssdSide).toBeCloseTo(face.box.y, 0);
    expect(Math.min(1, x + width) * ssdSide).toBeCloseTo(face.box.right, 0);
    expect(Math.min(1, y + height) * ssdSide).toBeCloseTo(face.box.bottom, 0);
  });
  tensor.dispose();
});

test.each([1, 4] as const)('the points agree with the library on sample %i', async (number) => {
  const input = await square(number, pointsSide);
  const tensor = tf.tensor3d(Int32Array.from(input), [pointsSide, pointsSide, 3], 'int32');
  const theirs = await library.nets.faceLandmark68Net.detectLandmarks(tensor as never);
  const ours = net.locate(input);
  const positions = Array.isArray(theirs) ? [] : theirs.relativePositions;
  expect(positions).toHaveLength(68);
  positions.forEach(({ x, y }, i) => {
    expect(ours[2 * i]).toBeCloseTo(x, 4);
    expect(ours[2 * i + 1]).toBeCloseTo(y, 4);
  });
  tensor.dispose();
});
