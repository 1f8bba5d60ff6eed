import { describe, expect, test } from '@jest/globals';
import type { Frame } from '../../../src/faces/crop.ts';
import { blend, type Candidate, distinct, readCandidates } from '../../../src/faces/mediapipe/candidates.ts';

const candidate = (x: number, y: number, side: number, score: number): Candidate => ({
  x,
  y,
  side,
  score,
  eyes: [
    [x - side / 4, y],
    [x + side / 4, y],
  ],
});

describe('reading', () => {
  /** Two cells a side with one anchor, then one with two: six anchors of a square of 100 pixels. */
  const grids = [
    { cells: 2, anchors: 1 },
    { cells: 1, anchors: 2 },
  ];
  const frame: Frame = { x: 500, y: 300, width: 200, height: 200, roll: 0 };

  function read(anchor: number, logit: number, box: readonly number[], from = frame): readonly Candidate[] {
    const faces = new Float32Array(6 * 17).fill(-50);
    faces.set([logit, ...box, -10, -5, 10, -5], 17 * anchor);
    return readCandidates(faces, grids, 100, from, 0.5);
  }

  test('a box is a shift from the middle of its cell, in pixels of the square', () => {
    expect(read(1, 0, [5, -5, 30, 40])).toEqual([{ x: 560, y: 240, side: 80, score: 0.5, eyes: [expect.anything(), expect.anything()] }]);
    expect(read(2, 2, [0, 0, 10, 10])).toMatchObject([{ x: 450, y: 350, side: 20 }]);
    expect(read(5, 2, [0, 0, 10, 10])).toMatchObject([{ x: 500, y: 300, side: 20 }]);
  });

  test('eyes are too', () => {
    expect(read(4, 0, [0, 0, 10, 10])[0]?.eyes).toEqual([
      [480, 290],
      [520, 290],
    ]);
  });

  test('a turned frame turns them', () => {
    const [found] = read(1, 0, [0, 0, 10, 10], { ...frame, roll: Math.PI / 2 });
    expect(found?.x).toBeCloseTo(550, 9);
    expect(found?.y).toBeCloseTo(350, 9);
  });

  test('what scores less does not count', () => {
    expect(read(1, -0.01, [0, 0, 10, 10])).toEqual([]);
    expect(read(1, 1000, [0, 0, 10, 10])).toMatchObject([{ score: 1 }]);
  });
});

describe('blending', () => {
  test('neighbours become one, weighted by their scores, with the best score', () => {
    const [one, ...others] = blend([candidate(100, 100, 40, 0.9), candidate(106, 100, 40, 0.3)]);
    expect(others).toEqual([]);
    expect(one?.x).toBeCloseTo(101.5, 9);
    expect(one).toMatchObject({ y: 100, side: 40, score: 0.9 });
  });

  test('two faces stay two, the better one first', () => {
    expect(blend([candidate(100, 100, 40, 0.5), candidate(160, 100, 40, 0.8)]).map(({ x }) => x)).toEqual([160, 100]);
  });
});

describe('telling apart', () => {
  test('a nose found as a face is none', () => {
    expect(distinct([candidate(100, 100, 60, 0.6), candidate(105, 108, 15, 0.5)])).toHaveLength(1);
  });

  test('nothing is averaged', () => {
    expect(distinct([candidate(100, 100, 40, 0.9), candidate(106, 100, 40, 0.3)])).toEqual([candidate(100, 100, 40, 0.9)]);
  });

  test('a child before its mother is another face', () => {
    expect(distinct([candidate(100, 100, 60, 0.6), candidate(130, 130, 40, 0.5)])).toHaveLength(2);
  });
});
