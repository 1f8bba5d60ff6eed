import { leftEyeTriangles, rightEyeTriangles, skinTriangles } from '../../faces/mean-face.ts';
import { meshSize } from '../../faces/mesh.ts';
import { leftBrow, leftEyeRing, lipsInner, lipsOuter, rightBrow, rightEyeRing } from '../../faces/topology.ts';
import { reference } from '../head.ts';
import { lazy } from '../lazy.ts';
import { rasterizeMesh } from '../raster/mesh.ts';
import { smoothstep } from '../raster/picture.ts';
import { spread } from '../raster/spread.ts';
import type { Grid } from './field.ts';

const { abs, max } = Math;

/** Parts of a face that are told for each point of the mesh and blended between them, and parts that are whole triangles. */
const blended = ['skin', 'cheeks', 'lids', 'lashes', 'brows', 'under', 'shade', 'light', 'beard'] as const;
type Region = (typeof blended)[number] | 'lips' | 'whites';

/** How much of each node of a grid belongs to a part, 0 to 1. */
export type Regions = (region: Region) => Float32Array;

const eyeRings = new Set<number>([...leftEyeRing, ...rightEyeRing]);
const upperLids = new Set([33, 246, 161, 160, 159, 158, 157, 384, 385, 386, 387, 388, 466, 263]);
const brows = new Set<number>([...leftBrow, ...rightBrow]);
const lips = new Set<number>([...lipsOuter, ...lipsInner]);

/** 1 at a place of the mean face and at its mirror image, 0 from the ellipse around it on. Head units. */
const bell = (x: number, y: number, atX: number, atY: number, reachX: number, reachY: number): number =>
  max(0, 1 - ((abs(x) - atX) / reachX) ** 2 - ((y - atY) / reachY) ** 2);

/** The upper edge of a beard on one half of the mean face: from under the nose over the cheek to the ear, x and y in turn. */
const beardLine = [0, 0.72, 0.3, 0.74, 0.46, 0.8, 0.56, 0.9, 0.66, 0.94, 0.8, 0.84, 0.92, 0.62, 1, 0.3, 1.2, 0.1];

function beardTop(x: number): number {
  for (let i = 2; i < beardLine.length; i += 2) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = beardLine.slice(i - 2, i + 2);
    if (x <= x1) return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
  }
  return 0.1;
}

/** How much a point of the mesh belongs to each part, from its place on the mean face. */
function sharesAt(x: number, y: number, index: number): { readonly [part in (typeof blended)[number]]: number } {
  const bare = bell(x, y, 0, -0.6, 0.5, 0.3);
  const ridge = bell(x, y, 0, 0.2, 0.1, 0.45);
  return {
    skin: eyeRings.has(index) || lips.has(index) ? 0 : brows.has(index) ? 0.35 : 1,
    cheeks: bell(x, y, 0.72, 0.48, 0.42, 0.36),
    lids: eyeRings.has(index) ? 0.7 : bell(x, y, 0.54, -0.12, 0.4, 0.18),
    lashes: upperLids.has(index) ? 1 : 0,
    brows: brows.has(index) ? 1 : 0,
    under: bell(x, y, 0.46, 0.2, 0.34, 0.16),
    shade: max(bell(x, y, 0.82, 0.78, 0.3, 0.34), bell(x, y, 1, 1.2, 0.35, 0.5), 0.7 * bell(x, y, 1.05, -0.5, 0.3, 0.45)),
    light: max(bare, ridge, bell(x, y, 0, 1.5, 0.26, 0.16), bell(x, y, 0.72, 0.3, 0.28, 0.14)),
    beard: lips.has(index) ? 0 : smoothstep(-0.1, 0.12, y - beardTop(abs(x))),
  };
}

/** The same for all points, in the order of `blended`. */
const weights = lazy(() =>
  Float32Array.from(
    Array.from({ length: meshSize }, (_, i) => {
      const shares = sharesAt(reference[3 * i] ?? 0, reference[3 * i + 1] ?? 0, i);
      return blended.map((part) => shares[part]);
    }).flat(),
  ),
);

/** The triangles of the lips: those whose middle lies inside their outer edge. */
const lipTriangles = lazy(() => {
  const at = (index: number, k: number): number => reference[3 * index + k] ?? 0;
  const inside = (x: number, y: number): boolean =>
    lipsOuter.reduce((odd, index, i) => {
      const next = lipsOuter[(i + 1) % lipsOuter.length] ?? index;
      if (at(index, 1) > y === at(next, 1) > y) return odd;
      const crossing = at(index, 0) + ((at(next, 0) - at(index, 0)) * (y - at(index, 1))) / (at(next, 1) - at(index, 1));
      return x < crossing ? !odd : odd;
    }, false);
  const kept: number[] = [];
  for (let t = 0; t < skinTriangles.length; t += 3) {
    const three = [...skinTriangles.subarray(t, t + 3)];
    const mean = (k: number): number => three.reduce((sum, index) => sum + at(index, k) / 3, 0);
    if (inside(mean(0), mean(1))) kept.push(...three);
  }
  return Uint16Array.from(kept);
});

const eyeTriangles = lazy(() => Uint16Array.of(...leftEyeTriangles, ...rightEyeTriangles));

/** Where the parts of a face lie on a grid. @param mesh pixels of the picture */
export function regionsOf(mesh: Float32Array, { area, step, width, height }: Grid): Regions {
  const xs = new Float32Array(meshSize);
  const ys = new Float32Array(meshSize);
  for (let i = 0; i < meshSize; i++) {
    xs[i] = ((mesh[3 * i] ?? 0) - area.x) / step;
    ys[i] = ((mesh[3 * i + 1] ?? 0) - area.y) / step;
  }
  const whole = { x: 0, y: 0, width, height };
  const raster = (triangles: Uint16Array, values: Float32Array, count: number): Float32Array =>
    rasterizeMesh({ xs, ys, triangles, values, count }, whole).data;
  const shares = raster(skinTriangles, weights(), blended.length);
  const ones = new Float32Array(meshSize).fill(1);
  return (region) => {
    if (region === 'lips' || region === 'whites') {
      const filled = raster(region === 'lips' ? lipTriangles() : eyeTriangles(), ones, 1);
      for (let i = 0; i < filled.length; i++) filled[i] = filled[i] === 1 ? 1 : 0;
      return spread(filled, width, height, 1);
    }
    const plane = new Float32Array(width * height);
    const k = blended.indexOf(region);
    for (let i = 0, from = k; i < plane.length; i++, from += blended.length) {
      const share = shares[from] ?? 0;
      // Outside the face it is no number.
      if (share > 0) plane[i] = share;
    }
    return spread(plane, width, height, 1);
  };
}
