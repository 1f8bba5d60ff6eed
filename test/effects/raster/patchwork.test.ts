import { describe, expect, test } from '@jest/globals';
import { delaunay } from '../../../src/effects/raster/delaunay.ts';
import { patchwork } from '../../../src/effects/raster/patchwork.ts';
import { signedArea } from '../../../src/effects/raster/triangulate.ts';

const { abs } = Math;

/** Points scattered over a rectangle, its corners among them; the same in every run. */
function scattered(count: number, width: number, height: number): { xs: number[]; ys: number[] } {
  const xs = [0, width, 0, width];
  const ys = [0, 0, height, height];
  let state = 11;
  const next = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  while (xs.length < count) {
    xs.push(width * next());
    ys.push(height * next());
  }
  return { xs, ys };
}

/** A grid: four points on every circle, three on many lines. */
function grid(columns: number, rows: number, step: number): { xs: number[]; ys: number[] } {
  const places = Array.from({ length: columns * rows }, (_, i) => [(i % columns) * step, ((i / columns) | 0) * step] as const);
  return { xs: places.map(([x]) => x), ys: places.map(([, y]) => y) };
}

const areaOf = ({ xs, ys }: { xs: number[]; ys: number[] }, corners: Uint16Array): number => {
  let sum = 0;
  for (let t = 0; t < corners.length; t += 3) sum += signedArea(xs, ys, corners[t] ?? 0, corners[t + 1] ?? 0, corners[t + 2] ?? 0) / 2;
  return sum;
};

describe('the triangulation', () => {
  test.each([
    ['scattered points', scattered(600, 300, 200), 300 * 200],
    ['a grid', grid(13, 9, 10), 120 * 80],
  ])('of %s covers everything once, clockwise', (_name, points, area) => {
    const corners = delaunay(points.xs, points.ys);
    for (let t = 0; t < corners.length; t += 3) {
      expect(signedArea(points.xs, points.ys, corners[t] ?? 0, corners[t + 1] ?? 0, corners[t + 2] ?? 0)).toBeGreaterThan(0);
    }
    expect(areaOf(points, corners)).toBeCloseTo(area, 3);
    expect(new Set(corners).size).toBe(points.xs.length);
  });

  test('leaves no point in the circle of a triangle', () => {
    const { xs, ys } = scattered(250, 300, 200);
    const corners = delaunay(xs, ys);
    let inside = 0;
    for (let t = 0; t < corners.length; t += 3) {
      const [a, b, c] = [corners[t] ?? 0, corners[t + 1] ?? 0, corners[t + 2] ?? 0];
      const [bx, by] = [(xs[b] ?? 0) - (xs[a] ?? 0), (ys[b] ?? 0) - (ys[a] ?? 0)];
      const [cx, cy] = [(xs[c] ?? 0) - (xs[a] ?? 0), (ys[c] ?? 0) - (ys[a] ?? 0)];
      const d = 2 * (bx * cy - by * cx);
      const ux = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / d;
      const uy = (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / d;
      const radius = ux * ux + uy * uy;
      for (let i = 0; i < xs.length; i++) {
        if (((xs[i] ?? 0) - (xs[a] ?? 0) - ux) ** 2 + ((ys[i] ?? 0) - (ys[a] ?? 0) - uy) ** 2 < radius - 1e-6) inside++;
      }
    }
    expect(inside).toBe(0);
  });
});

describe('patchwork', () => {
  test('has no seam: triangles of one colour make an even picture', () => {
    const { xs, ys } = scattered(500, 97, 61);
    const corners = delaunay(xs, ys);
    const { data } = patchwork(97, 61, xs, ys, corners, new Float32Array(corners.length).fill(180));
    expect(data.every((value) => abs(value - 180) <= 1)).toBe(true);
  });

  test('gives a pixel on an edge as much of each colour as lies in it', () => {
    // A slanted edge from (2, 0) to (4, 8) between black and white, in a picture 8 by 8.
    const xs = [0, 2, 8, 8, 4, 0];
    const ys = [0, 0, 0, 8, 8, 8];
    const corners = Uint16Array.of(0, 1, 4, 0, 4, 5, 1, 2, 3, 1, 3, 4);
    const colours = Float32Array.of(0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255);
    const { data } = patchwork(8, 8, xs, ys, corners, colours);
    for (let y = 0; y < 8; y++) {
      let white = 0;
      for (let x = 0; x < 8; x++) white += (data[(y * 8 + x) * 3] ?? 0) / 255;
      expect(white).toBeCloseTo(8 - (2 + (y + 0.5) / 4), 1);
      expect(data[y * 8 * 3]).toBe(0);
      expect(data[(y * 8 + 7) * 3]).toBe(255);
    }
  });

  test('cuts off what lies beyond the picture', () => {
    const { data } = patchwork(10, 10, [-30, 60, -30], [-30, -30, 60], Uint16Array.of(0, 1, 2), Float32Array.of(10, 20, 30));
    expect(Array.from(data.subarray(0, 3))).toEqual([10, 20, 30]);
    expect(Array.from(data.subarray(297, 300))).toEqual([10, 20, 30]);
  });
});
