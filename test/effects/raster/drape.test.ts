import { expect, test } from '@jest/globals';
import { addDepth, emptyDepth, shareSeen } from '../../../src/effects/raster/depth.ts';
import { type Cloth, type Dye, drape } from '../../../src/effects/raster/drape.ts';
import type { Pixels } from '../../../src/image/pixels.ts';

const { abs, cos, sin } = Math;

const area = { x: 0, y: 0, width: 120, height: 120 };
const blank = (): Pixels => ({ ...area, channels: 3, data: new Uint8ClampedArray(area.width * area.height * 3) });
const mask = () => ({ area, data: new Uint8Array(area.width * area.height) });

/** A sheet of white, premultiplied with its alpha. */
const sheet = (alpha: number) => ({ width: 8, height: 8, data: new Uint8ClampedArray(8 * 8 * 4).fill(alpha) });

/** A grid of uneven triangles over the middle of the picture, turned by an angle. */
function cloth(angle: number, cells = 9): Cloth {
  const count = (cells + 1) ** 2;
  const at = {
    xs: new Float32Array(count),
    ys: new Float32Array(count),
    zs: new Float32Array(count),
    us: new Float32Array(count),
    vs: new Float32Array(count),
  };
  for (let i = 0; i < count; i++) {
    const [u, v] = [(i % (cells + 1)) / cells, Math.floor(i / (cells + 1)) / cells];
    const inner = u > 0 && u < 1 && v > 0 && v < 1 ? 0.04 : 0;
    const [x, y] = [(u - 0.5 + inner * sin(i * 7)) * 70, (v - 0.5 + inner * cos(i * 5)) * 70];
    at.xs[i] = 60 + x * cos(angle) - y * sin(angle);
    at.ys[i] = 60 + x * sin(angle) + y * cos(angle);
    at.us[i] = u;
    at.vs[i] = v;
  }
  const triangles: number[] = [];
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const a = row * (cells + 1) + column;
      triangles.push(a, a + 1, a + cells + 1, a + 1, a + cells + 2, a + cells + 1);
    }
  }
  return { ...at, triangles: Uint16Array.from(triangles) };
}

const plain: Dye = { tint: [1, 1, 1], opacity: 1, side: 'outer' };

test.each([0, 0.3, Math.PI / 4, 1.2])('half-clear art covers every pixel once, turned by %d radians', (angle) => {
  const picture = blank();
  drape(picture, sheet(100), cloth(angle), plain, mask());
  let covered = 0;
  for (let i = 0; i < picture.data.length; i += 3) {
    const value = picture.data[i] ?? 0;
    expect([0, 100]).toContain(value);
    covered += value === 100 ? 1 : 0;
  }
  expect(abs(covered - 70 * 70)).toBeLessThan(30);
});

test('the mask marks what is drawn and nothing else, and nothing is drawn outside its area', () => {
  const picture = blank();
  const part = { area: { x: 50, y: 40, width: 30, height: 20 }, data: new Uint8Array(30 * 20) };
  drape(picture, sheet(255), cloth(0.2), { ...plain, tint: [1, 0.4, 0.2] }, part);
  let drawn = 0;
  for (let y = 0; y < 120; y++) {
    for (let x = 0; x < 120; x++) {
      const [r, g, b] = picture.data.subarray((y * 120 + x) * 3);
      if (r === 0) continue;
      drawn++;
      expect([r, g, b]).toEqual([255, 102, 51]);
      expect(part.data[(y - 40) * 30 + x - 50]).toBe(255);
    }
  }
  expect(drawn).toBe(30 * 20);
});

test('a side that is turned away is not drawn', () => {
  const picture = blank();
  drape(picture, sheet(255), cloth(0.2), { ...plain, side: 'inner' }, mask());
  expect(picture.data.every((value) => value === 0)).toBe(true);
  const { xs, ...rest } = cloth(0.2);
  drape(picture, sheet(255), { ...rest, xs: xs.map((x) => 120 - x) }, { ...plain, side: 'inner' }, mask());
  expect(picture.data.some((value) => value > 0)).toBe(true);
});

test('a solid hides what lies deeper, with a soft edge', () => {
  const map = emptyDepth(area, 2);
  const wall = {
    xs: Float32Array.of(0, 60, 0, 60),
    ys: Float32Array.of(0, 0, 120, 120),
    zs: new Float32Array(4).fill(1),
    triangles: Uint16Array.of(0, 1, 2, 1, 3, 2),
  };
  addDepth(map, wall);
  expect(shareSeen(map, 30, 60, 0.9)).toBe(0);
  expect(shareSeen(map, 30, 60, 1.1)).toBe(1);
  expect(shareSeen(map, 90, 60, 0)).toBe(1);
  expect(shareSeen(map, 61, 60, 0)).toBeCloseTo(0.5, 3);
});
