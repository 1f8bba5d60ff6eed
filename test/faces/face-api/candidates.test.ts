import { expect, test } from '@jest/globals';
import { candidates, overlap } from '../../../src/faces/face-api/candidates.ts';

const anchors = Float32Array.of(0.2, 0.2, 0.4, 0.4, 0.21, 0.2, 0.41, 0.4, 0.6, 0.6, 0.8, 0.9);
const still = new Float32Array(12);
const logits = (...scores: number[]) => Float32Array.from(scores.flatMap((score) => [0, Math.log(score / (1 - score)), 0]));

test('of boxes that mean the same face the better one is kept, by falling score', () => {
  const found = candidates([still], [logits(0.7, 0.9, 0.8)], anchors, 0.5);
  expect(found.map(({ score }) => Number(score.toFixed(3)))).toEqual([0.9, 0.8]);
  expect(found[0]?.box.y).toBeCloseTo(0.21, 5);
});

test('what does not reach the score is no face', () => {
  expect(candidates([still], [logits(0.4, 0.3, 0.49)], anchors, 0.5)).toEqual([]);
});

test('shifts move and scale the anchor', () => {
  // Half an anchor down and right, twice as high, as wide as before.
  const shifts = Float32Array.of(5, 5, 5 * Math.log(2), 0);
  const [face] = candidates([shifts], [logits(0.9)], anchors, 0.5);
  expect(face?.box.x).toBeCloseTo(0.3, 5);
  expect(face?.box.y).toBeCloseTo(0.2, 5);
  expect(face?.box.width).toBeCloseTo(0.2, 5);
  expect(face?.box.height).toBeCloseTo(0.4, 5);
});

test('anchors of the second map follow those of the first', () => {
  const found = candidates([still.subarray(0, 8), still.subarray(8)], [logits(0.1, 0.1), logits(0.9)], anchors, 0.5);
  expect(found[0]?.box.width).toBeCloseTo(0.3, 5);
});

test('overlap is 1 with itself, 0 beside, a third with half of it', () => {
  const box = { x: 0, y: 0, width: 2, height: 2 };
  expect(overlap(box, box)).toBe(1);
  expect(overlap(box, { ...box, x: 2 })).toBe(0);
  expect(overlap(box, { ...box, x: 1 })).toBeCloseTo(1 / 3, 9);
});
