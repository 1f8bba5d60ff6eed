import { describe, expect, test } from '@jest/globals';
import { contourOf } from '../../../src/effects/measures/contour.ts';
import { disc } from './pictures.ts';

describe('the contour of a disc', () => {
  const contour = contourOf(disc(150.3, 140.8, 60), 300, 300);
  const points = Array.from({ length: contour.count }, (_, i) => [contour.xs[i] ?? 0, contour.ys[i] ?? 0] as const);

  test('is a circle, all the way round', () => {
    expect(contour.count).toBeGreaterThan(100);
    for (const [x, y] of points) expect(Math.abs(Math.hypot(x - 150.3, y - 140.8) - 60)).toBeLessThan(1);
    const sectors = new Set(points.map(([x, y]) => Math.floor((6 * Math.atan2(y - 140.8, x - 150.3)) / Math.PI)));
    expect(sectors.size).toBe(12);
  });

  test('its normals lead away from the middle', () => {
    points.forEach(([x, y], i) => {
      const [ux, uy] = [(x - 150.3) / 60, (y - 140.8) / 60];
      expect((contour.outX[i] ?? 0) * ux + (contour.outY[i] ?? 0) * uy).toBeGreaterThan(0.97);
    });
  });
});

test('the edge of the picture is no contour, the edge of an area is', () => {
  const full = { area: { x: 0, y: 0, width: 100, height: 60 }, data: new Uint8Array(6000).fill(255) };
  expect(contourOf(full, 100, 60).count).toBe(0);
  // One column and one row are free on the right and below.
  const contour = contourOf(full, 101, 61);
  expect(contour.count).toBe(160);
  expect([...contour.xs].filter((x) => x === 100)).toHaveLength(60);
});

test('an empty mask has none', () => {
  expect(contourOf({ area: { x: 5, y: 5, width: 0, height: 0 }, data: new Uint8Array(0) }, 50, 50).count).toBe(0);
});
