import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { crop, type Frame, frameAround, intoCrop, uncrop } from '../../src/faces/crop.ts';
import type { Point } from '../../src/faces/face.ts';
import type { Pixels } from '../../src/image/pixels.ts';

const frames = fc.record({
  x: fc.double({ min: -500, max: 500, noNaN: true }),
  y: fc.double({ min: -500, max: 500, noNaN: true }),
  width: fc.double({ min: 1, max: 500, noNaN: true }),
  height: fc.double({ min: 1, max: 500, noNaN: true }),
  roll: fc.double({ min: -3, max: 3, noNaN: true }),
});

/** Red grows to the right, green downwards; a pixel's centre lies at a half. */
const gradient: Pixels = (() => {
  const data = new Uint8ClampedArray(200 * 200 * 3);
  for (let i = 0; i < 200 * 200; i += 1) data.set([i % 200, Math.floor(i / 200), 77], 3 * i);
  return { width: 200, height: 200, channels: 3, data };
})();

function cut(frame: Frame, side: number): Float32Array {
  const square = new Float32Array(side * side * 3);
  crop(gradient, frame, side, square);
  return square;
}

test('into a frame and back is the same point', () => {
  fc.assert(
    fc.property(frames, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (frame, u, v) => {
      const [again, and] = intoCrop(frame, uncrop(frame, u, v));
      expect(again).toBeCloseTo(u, 9);
      expect(and).toBeCloseTo(v, 9);
    }),
  );
});

describe('crop', () => {
  test.each([0, 0.4, -1.2, Math.PI / 2])('shows at every pixel what lies at its place in the picture, turned by %f', (roll) => {
    const frame = { x: 100, y: 100, width: 60, height: 60, roll };
    const square = cut(frame, 40);
    for (const [u, v] of [
      [2, 3],
      [20, 20],
      [38, 5],
      [11, 33],
    ] as const) {
      const [x, y] = uncrop(frame, (u + 0.5) / 40, (v + 0.5) / 40);
      expect(square[3 * (v * 40 + u)]).toBeCloseTo(x - 0.5, 1);
      expect(square[3 * (v * 40 + u) + 1]).toBeCloseTo(y - 0.5, 1);
      expect(square[3 * (v * 40 + u) + 2]).toBeCloseTo(77, 3);
    }
  });

  test('is black outside the picture and beside a frame that is no square', () => {
    const corner = cut({ x: 0, y: 0, width: 40, height: 40, roll: 0 }, 20);
    expect([...corner.slice(0, 3)]).toEqual([0, 0, 0]);
    expect(corner[3 * (15 * 20 + 15) + 2]).toBeCloseTo(77, 3);
    const tall = cut({ x: 100, y: 100, width: 20, height: 40, roll: 0 }, 20);
    expect(tall[3 * (10 * 20 + 2) + 2]).toBe(0);
    expect(tall[3 * (10 * 20 + 10) + 2]).toBeCloseTo(77, 3);
  });

  test('averages what it shrinks', () => {
    const stripes: Pixels = { width: 64, height: 64, channels: 3, data: new Uint8ClampedArray(64 * 64 * 3) };
    for (let i = 0; i < 64 * 64; i += 1) stripes.data.fill(i % 2 === 0 ? 200 : 0, 3 * i, 3 * i + 3);
    const square = new Float32Array(16 * 16 * 3);
    crop(stripes, { x: 32, y: 32, width: 48, height: 48, roll: 0 }, 16, square);
    for (const value of square) expect(Math.abs(value - 100)).toBeLessThan(35);
  });
});

describe('crop as a network wants it', () => {
  const frame: Frame = { x: 90, y: 110, width: 70, height: 70, roll: 0.3 };

  test('one colour after the other, in its own range', () => {
    const [together, apart] = [new Float32Array(30 * 30 * 3), new Float32Array(30 * 30 * 3)];
    crop(gradient, frame, 30, together);
    crop(gradient, frame, 30, apart, { most: 6, planar: true, range: [-1, 1] });
    together.forEach((value, i) => {
      const colour = i % 3;
      expect(apart[colour * 900 + (i - colour) / 3]).toBeCloseTo(value / 127.5 - 1, 5);
    });
  });

  test('what lies outside is black in that range', () => {
    const square = new Float32Array(30 * 30 * 3);
    crop(gradient, { ...frame, x: -500 }, 30, square, { most: 1, planar: true, range: [-1, 1] });
    expect(new Set(square)).toEqual(new Set([-1]));
  });

  test('one sample a pixel is that of its middle', () => {
    const square = new Float32Array(10 * 10 * 3);
    crop(gradient, { x: 100, y: 100, width: 100, height: 100, roll: 0 }, 10, square, { most: 1, planar: false, range: [0, 255] });
    expect(square[0]).toBeCloseTo(54.5, 4);
    expect(square[1]).toBeCloseTo(54.5, 4);
  });
});

test('the frame around a face stands as its eyes do and holds every point', () => {
  const upright = Array.from({ length: 68 }, (_, i): Point => [Math.cos(i) * 40, Math.sin(i) * 50]);
  for (const i of [36, 37, 38, 39, 40, 41]) upright[i] = [-20, -10];
  for (const i of [42, 43, 44, 45, 46, 47]) upright[i] = [20, -10];
  const [cos, sin] = [Math.cos(0.5), Math.sin(0.5)];
  const points = upright.map(([x, y]): Point => [300 + x * cos - y * sin, 200 + x * sin + y * cos]);
  const frame = frameAround(points, 1.2);
  expect(frame.roll).toBeCloseTo(0.5, 9);
  for (const point of points) {
    const [u, v] = intoCrop(frame, point);
    expect(Math.min(u, v)).toBeGreaterThan(0);
    expect(Math.max(u, v)).toBeLessThan(1);
  }
});
