import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openWeights, type Weights } from '../../../src/faces/face-api/weights.ts';

const manifest = [
  {
    paths: ['net.bin'],
    weights: [
      { name: 'a', shape: [2, 2], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
      { name: 'b', shape: [2], dtype: 'float32' },
      { name: 'c', shape: [], dtype: 'int32', quantization: { dtype: 'uint8', scale: 1, min: 3 } },
    ],
  },
];
const bytes = Buffer.concat([Buffer.of(0, 1, 2, 255), Buffer.from(Float32Array.of(0.25, -8).buffer), Buffer.of(4)]);

let folder: string;
let weights: Weights | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weights-'));
  writeFileSync(join(folder, 'net-weights_manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'net.bin'), bytes);
});
afterEach(() => {
  weights?.close();
  rmSync(folder, { recursive: true });
});

test.each([true, false])('values and shapes by name, quantized or not (lent: %s)', (lend) => {
  weights = openWeights(folder, 'net', lend);
  expect([...weights.get('c').values]).toEqual([7]);
  expect(weights.get('a')).toEqual({ values: Float32Array.of(-1, -0.5, 0, 126.5), shape: [2, 2] });
  expect([...weights.get('b').values]).toEqual([0.25, -8]);
});

test('values that are not lent stay', () => {
  weights = openWeights(folder, 'net', false);
  const { values } = weights.get('a');
  weights.get('b');
  expect([...values]).toEqual([-1, -0.5, 0, 126.5]);
});

test('a name that is not there', () => {
  weights = openWeights(folder, 'net', true);
  expect(() => weights?.get('d')).toThrow('no weight called d');
});

test('a file that ends early', () => {
  writeFileSync(join(folder, 'net.bin'), bytes.subarray(0, 10));
  weights = openWeights(folder, 'net', true);
  expect(() => weights?.get('b')).toThrow('ends before b');
});
