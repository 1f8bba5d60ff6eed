import { describe, expect, test } from '@jest/globals';
import { halve, resample } from '../../../src/effects/raster/enlarge.ts';
import { flatten } from '../../../src/effects/raster/flatten.ts';
import { type Planes, reduce, reducePlanes } from '../../../src/effects/raster/planes.ts';
import { binomial, soften } from '../../../src/effects/raster/soften.ts';

const { abs, exp, max, PI, sin } = Math;

const total = (data: Float32Array): number => data.reduce((sum, value) => sum + value, 0);

describe('planes', () => {
  test('hold the mean colour of each square, whatever the channels', () => {
    const data = new Uint8ClampedArray(6 * 4 * 4);
    for (let i = 0; i < 24; i++) data.set([i % 6 < 3 ? 200 : 40, 100, 20, 255], 4 * i);
    const planes = reduce({ width: 6, height: 4, channels: 4, data }, 3);
    expect([planes.width, planes.height, planes.factor]).toEqual([2, 1, 3]);
    const back = (i: number) => {
      const [l, r, b] = [planes.light[i] ?? 0, planes.red[i] ?? 0, planes.blue[i] ?? 0];
      return [l + r, l - (0.299 * r + 0.114 * b) / 0.587, l + b].map((channel) => Math.round(channel));
    };
    expect(back(0)).toEqual([200, 100, 20]);
    expect(back(1)).toEqual([40, 100, 20]);
  });

  test('reduced twice are reduced once', () => {
    const picture = {
      width: 24,
      height: 12,
      channels: 3,
      data: Uint8ClampedArray.from({ length: 24 * 12 * 3 }, (_, i) => (i * 37) % 251),
    } as const;
    const [once, twice] = [reduce(picture, 6), reducePlanes(reduce(picture, 2), 3)];
    expect(twice.factor).toBe(6);
    for (const [i, value] of once.light.entries()) expect(twice.light[i]).toBeCloseTo(value, 3);
  });
});

describe('softening', () => {
  test.each([1, 2.5, 6])('by %d pixels spreads a point as a Gaussian does, and loses nothing', (sigma) => {
    const size = 101;
    const plane = new Float32Array(size * size);
    plane[50 * size + 50] = 1;
    soften(plane, size, size, sigma);
    expect(total(plane)).toBeCloseTo(1, 2);
    let [spread, tilt] = [0, 0];
    plane.forEach((value, i) => {
      spread += value * ((i % size) - 50) ** 2;
      tilt += value * ((i % size) - 50);
    });
    expect(tilt).toBeCloseTo(0, 2);
    expect(spread / (2 * sigma ** 2)).toBeGreaterThan(0.8);
    expect(spread / (2 * sigma ** 2)).toBeLessThan(1.2);
  });

  test('leaves an even plane even, at its edges and in rows that are left over by fours', () => {
    for (const plane of [soften(new Float32Array(70).fill(9), 10, 7, 3), binomial(new Float32Array(70).fill(9), 10, 7)]) {
      for (const value of plane) expect(value).toBeCloseTo(9, 4);
    }
  });
});

describe('flattening', () => {
  const width = 64;
  /** Two halves, 60 and 190, with a grain on both. */
  const planes = (): Planes => {
    const light = Float32Array.from(
      { length: width * width },
      (_, i) => (i % width < 32 ? 60 : 190) + 10 * sin(i * 12.9898) * sin(i * 78.233),
    );
    return { width, height: width, factor: 1, light, red: new Float32Array(light.length), blue: new Float32Array(light.length) };
  };
  const grain = (light: Float32Array, from: number): number => {
    let sum = 0;
    for (let y = 8; y < 56; y++)
      for (let x = from; x < from + 16; x++) sum += abs((light[y * width + x] ?? 0) - (light[y * width + x + 1] ?? 0));
    return sum / (48 * 16);
  };

  test('takes the grain and leaves the edge', () => {
    const before = planes();
    const after = flatten(before, 12, 60, new Float32Array(width * width).fill(1));
    expect(grain(after.light, 8)).toBeLessThan(0.15 * grain(before.light, 8));
    expect((after.light[30 * width + 33] ?? 0) - (after.light[30 * width + 30] ?? 0)).toBeGreaterThan(115);
  });

  test('gives up edges where nobody cares for them', () => {
    const after = flatten(planes(), 12, 60, new Float32Array(width * width).fill(0.02));
    expect((after.light[30 * width + 33] ?? 0) - (after.light[30 * width + 30] ?? 0)).toBeLessThan(60);
  });
});

describe('resampling', () => {
  const plane = { width: 20, height: 12, data: Float32Array.from({ length: 240 }, (_, i) => 3 * (i % 20) - 2 * ((i / 20) | 0)) };

  test('keeps a slope a slope, at any scale', () => {
    const { data } = resample(plane, 40, 24, 0.5);
    expect(data[10 * 40 + 15]).toBeCloseTo(3 * (15.5 / 2 - 0.5) - 2 * (10.5 / 2 - 0.5), 4);
    expect(resample(plane, 20, 12, 1).data).toEqual(plane.data);
  });

  test('goes on with the last pixel beyond the edge', () => {
    const { data } = resample(plane, 4, 1, 10, -20, 3);
    expect(data[0]).toBe(plane.data[3 * 20]);
    expect(data[3]).toBeCloseTo(3 * 10 - 6, 4);
  });

  test('halving takes means', () => {
    const { width, height, data } = halve(plane);
    expect([width, height]).toEqual([10, 6]);
    expect(data[0]).toBeCloseTo((0 + 3 - 2 + 1) / 4, 5);
    expect(max(...data) <= max(...plane.data)).toBe(true);
  });

  test('a wave that is resampled stays where it was', () => {
    const wave = {
      width: 80,
      height: 2,
      data: Float32Array.from({ length: 160 }, (_, i) => exp(-(((i % 80) - 40) ** 2) / 50) * sin(((i % 80) * PI) / 20)),
    };
    const { data } = resample(wave, 160, 4, 0.5);
    for (let x = 10; x < 70; x++) expect(((data[160 + 2 * x] ?? 0) + (data[160 + 2 * x + 1] ?? 0)) / 2).toBeCloseTo(wave.data[x] ?? 0, 1);
  });
});
