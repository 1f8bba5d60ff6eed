import { describe, expect, test } from '@jest/globals';
import { candidates, overlap } from '../../../src/faces/face-api/candidates.ts';

const cells = [32, 16, 8, 4, 2, 1];
const perCell = [3, 6, 6, 6, 6, 6];

/** One box an anchor: `0.2` square at the middle of its cell, so that a result says where it came from. */
const anchors = Float32Array.from(
  cells.flatMap((side, map) =>
    Array.from({ length: side * side * (perCell[map] ?? 0) }, (_, i) => {
      const cell = Math.floor(i / (perCell[map] ?? 1));
      const [x, y] = [((cell % side) + 0.5) / side, (Math.floor(cell / side) + 0.5) / side];
      return [y - 0.1, x - 0.1, y + 0.1, x + 0.1];
    }).flat(),
  ),
);

interface Spot {
  readonly map: number;
  readonly x: number;
  readonly y: number;
  readonly score: number;
  readonly shift?: readonly [dy: number, dx: number, dh: number, dw: number];
}

/** What the heads would say if they saw faces in these cells and nothing elsewhere. */
function find(spots: readonly Spot[], part = 1) {
  const sides = cells.map((side) => Math.max(1, side * part));
  const count = (map: number) => (sides[map] ?? 0) ** 2 * (perCell[map] ?? 0);
  const classes = cells.map((_, map) => new Float32Array(3 * count(map)).fill(-20));
  const boxes = cells.map((_, map) => new Float32Array(4 * count(map)));
  for (const { map, x, y, score, shift } of spots) {
    const anchor = (y * (sides[map] ?? 0) + x) * (perCell[map] ?? 0);
    classes[map]?.set([0, Math.log(score / (1 - score)), 0], 3 * anchor);
    if (shift) boxes[map]?.set(shift, 4 * anchor);
  }
  return candidates(boxes, classes, anchors, part, 0.5);
}

const middleOf = ({ box }: ReturnType<typeof find>[number]) => [box.x + box.width / 2, box.y + box.height / 2];

describe('candidates', () => {
  test('of boxes that mean the same face the better one is kept, by falling score', () => {
    const found = find([
      { map: 0, x: 10, y: 10, score: 0.7 },
      { map: 0, x: 11, y: 10, score: 0.9 },
      { map: 1, x: 14, y: 3, score: 0.8 },
    ]);
    expect(found.map(({ score }) => Number(score.toFixed(3)))).toEqual([0.9, 0.8]);
    expect(found.flatMap(middleOf)).toEqual([11.5 / 32, 10.5 / 32, 14.5 / 16, 3.5 / 16].map((value) => expect.closeTo(value, 5)));
  });

  test('what does not reach the score is no face', () => {
    expect(find([{ map: 2, x: 1, y: 1, score: 0.49 }])).toEqual([]);
  });

  test('shifts move and scale the anchor', () => {
    // Half an anchor down and right, twice as high, as wide as before.
    const [face] = find([{ map: 3, x: 1, y: 2, score: 0.9, shift: [5, 5, 5 * Math.log(2), 0] }]);
    expect(face?.box.x).toBeCloseTo(1.5 / 4, 5);
    expect(face?.box.y).toBeCloseTo(2.5 / 4 - 0.1, 5);
    expect(face?.box.width).toBeCloseTo(0.2, 5);
    expect(face?.box.height).toBeCloseTo(0.4, 5);
  });

  test.each([0, 1, 2, 3, 4])('map %i of the upper left quarter has the anchors of that quarter', (map) => {
    const side = (cells[map] ?? 0) / 2;
    const [face] = find([{ map, x: side - 1, y: side - 1, score: 0.9 }], 0.5);
    expect(face && middleOf(face)).toEqual([0.5 - 0.25 / side, 0.5 - 0.25 / side].map((value) => expect.closeTo(value, 5)));
  });

  test('the coarsest map has no quarter', () => {
    expect(find([{ map: 5, x: 0, y: 0, score: 0.99 }], 0.5)).toEqual([]);
    expect(find([{ map: 5, x: 0, y: 0, score: 0.99 }])).toHaveLength(1);
  });
});

test('overlap is 1 with itself, 0 beside, a third with half of it', () => {
  const box = { x: 0, y: 0, width: 2, height: 2 };
  expect(overlap(box, box)).toBe(1);
  expect(overlap(box, { ...box, x: 2 })).toBe(0);
  expect(overlap(box, { ...box, x: 1 })).toBeCloseTo(1 / 3, 9);
});
