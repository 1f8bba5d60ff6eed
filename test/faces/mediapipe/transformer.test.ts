import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { back, cutOf, sample } from '../../../src/faces/mediapipe/transformer.ts';

/** A mesh of which only four points count: a box of 40 × 20 pixels around a middle, turned. */
function box(x: number, y: number, roll: number): Float32Array {
  const corners = [
    [-20, 0],
    [20, 0],
    [0, -10],
    [0, 10],
  ] as const;
  const turned = corners.flatMap(([u, v]) => [x + u * Math.cos(roll) - v * Math.sin(roll), y + u * Math.sin(roll) + v * Math.cos(roll), 0]);
  return Float32Array.from(turned);
}

const points = [0, 1, 2, 3];
const turns = fc.double({ min: -3, max: 3, noNaN: true });

test('the middle of what was cut out is the middle of the points, however they are turned', () => {
  fc.assert(
    fc.property(turns, (roll) => {
      const [x, y] = back(cutOf(box(100, 80, roll), points, [0, 1]), 32, 32);
      expect(x).toBeCloseTo(100, 3);
      expect(y).toBeCloseTo(80, 3);
    }),
  );
});

test('it is half as large again as the box of the points, and upright', () => {
  const cut = cutOf(box(100, 80, 0), points, [0, 1]);
  expect(back(cut, 0, 32)[0]).toBeCloseTo(70, 4);
  expect(back(cut, 64, 32)[0]).toBeCloseTo(130, 4);
  expect(back(cut, 32, 0)[1]).toBeCloseTo(65, 4);
  const turned = cutOf(box(100, 80, Math.PI / 2), points, [0, 1]);
  expect(back(turned, 64, 32)[1]).toBeCloseTo(110, 3);
});

/** Features that grow by 1 a cell to the right in the even channels and downwards in the odd ones. */
const slopes = Float32Array.from({ length: 32 * 48 * 48 }, (_, i) => {
  const [channel, row, column] = [Math.floor(i / (48 * 48)), Math.floor(i / 48) % 48, i % 48];
  return channel % 2 === 0 ? column : row;
});

test('samples are interpolated between the cells', () => {
  const into = new Float32Array(32 * 16 * 16);
  const cut = cutOf(box(100, 80, 0.3), points, [0, 1]);
  sample(slopes, cut, into);
  for (const [row, column] of [
    [0, 0],
    [5, 11],
    [15, 15],
  ] as const) {
    const [x, y] = back(cut, 4 * column, 4 * row);
    expect(into[row * 16 + column]).toBeCloseTo(x / 4, 4);
    expect(into[256 + row * 16 + column]).toBeCloseTo(y / 4, 4);
  }
});

test('beyond the edge the last cell goes on', () => {
  const into = new Float32Array(32 * 16 * 16);
  sample(slopes, cutOf(box(-300, 700, 0), points, [0, 1]), into);
  expect(new Set(into.subarray(0, 256))).toEqual(new Set([0]));
  expect(new Set(into.subarray(256, 512))).toEqual(new Set([47]));
});

test('points that all lie in one place are cut out too', () => {
  const cut = cutOf(new Float32Array(12), points, [0, 1]);
  expect(back(cut, 10, 10)).toEqual([0, 0]);
});
