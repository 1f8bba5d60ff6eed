import { expect, test } from '@jest/globals';
import { openDenseNet } from '../../../src/faces/mediapipe/dense.ts';
import { openNetwork } from '../../../src/faces/mediapipe/network.ts';
import { decode } from '../../../src/image/decode.ts';
import { noses } from '../../contract/noses.ts';
import { sample } from '../../image/samples.ts';

test('nothing of a photo stays in the input', async () => {
  const network = await openNetwork('faces-near');
  const input = network.input('picture').fill(0.5);
  const seen = await network.run();
  expect(input.every((value) => value === 0)).toBe(true);
  expect(seen('faces').some((value) => value !== 0)).toBe(true);
  await network.close();
});

test('what one run gave is not changed by the next', async () => {
  const network = await openNetwork('faces-near');
  network.input('picture').fill(0.5);
  const first = (await network.run())('faces');
  const copy = first.slice();
  network.input('picture').fill(-1);
  const second = (await network.run())('faces');
  expect(first).toEqual(copy);
  expect(second).not.toEqual(copy);
  await network.close();
});

test('a name that it does not know', async () => {
  const network = await openNetwork('faces-near');
  expect(() => network.input('sound')).toThrow('The network faces-near has no input called sound');
  const seen = await network.run();
  expect(() => seen('hands')).toThrow('The network faces-near has no output called hands');
  await network.close();
});

test('a face studied in a mirror is the mirror image', async () => {
  const dense = await openDenseNet();
  const picture = await decode(sample(3), { maxPixels: 50_000_000, maxSide: 1080 });
  const [x, y] = (noses[3][1] ?? [0, 0]).map((share, axis) => share * (axis === 0 ? picture.width : picture.height));
  const flipped = { ...picture, data: picture.data.slice() };
  for (let i = 0; i < picture.width * picture.height; i += 1) {
    const column = i % picture.width;
    flipped.data.set(picture.data.subarray(3 * (i + picture.width - 1 - 2 * column), 3 * (i + picture.width - 2 * column)), 3 * i);
  }
  const frame = { x: x ?? 0, y: y ?? 0, width: 230, height: 230, roll: 0.1 };
  const { mesh, presence } = await dense.study(picture, frame, true);
  const other = await dense.study(flipped, { ...frame, x: picture.width - frame.x, roll: -0.1 }, true);
  expect(presence).toBeGreaterThan(0.9);
  expect(other.presence).toBeCloseTo(presence, 3);
  // The tip of the nose is its own counterpart, the outer corners of the eyes are each other's.
  for (const [from, to] of [
    [4, 4],
    [33, 263],
  ] as const) {
    expect(other.mesh[3 * to]).toBeCloseTo(picture.width - (mesh[3 * from] ?? 0), 1);
    expect(other.mesh[3 * to + 1]).toBeCloseTo(mesh[3 * from + 1] ?? 0, 1);
    expect(other.mesh[3 * to + 2]).toBeCloseTo(mesh[3 * from + 2] ?? 0, 1);
  }
  await dense.close();
});
