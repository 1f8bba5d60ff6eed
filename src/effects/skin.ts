import { skinTriangles } from '../faces/mean-face.ts';
import { meshSize } from '../faces/mesh.ts';
import { faceOval } from '../faces/topology.ts';
import { type Head, reference } from './head.ts';
import { lazy } from './lazy.ts';
import type { Solid } from './raster/depth.ts';

const { hypot } = Math;

/**
 * The skin of a face and a hem around it: the 468 points of the mesh, then rings of 36 that go on outwards from its oval, so that a beard may
 * hang over the chin and a mask reach past the temples.
 */

/** How far each ring of the hem lies outside the oval, head units. */
const rings = [0.16, 0.42, 0.8];
/** For one unit outwards the hem falls back by so much. */
const fall = 0.35;
/** What the hem runs away from: about the middle of the face. */
const middle = [0, 0.4] as const;

export const skinSize = meshSize + rings.length * faceOval.length;

/** The mean face with its hem, head units: 3 numbers a point. */
export const skinReference = lazy(() => {
  const out = new Float32Array(skinSize * 3);
  out.set(reference);
  rings.forEach((far, ring) => {
    faceOval.forEach((from, i) => {
      const x = reference[3 * from] ?? 0;
      const y = reference[3 * from + 1] ?? 0;
      const length = hypot(x - middle[0], y - middle[1]);
      const to = 3 * (meshSize + ring * faceOval.length + i);
      out[to] = x + ((x - middle[0]) / length) * far;
      out[to + 1] = y + ((y - middle[1]) / length) * far;
      out[to + 2] = (reference[3 * from + 2] ?? 0) - fall * far;
    });
  });
  return out;
});

/** The skin without eyes and mouth, then the hem; clockwise on the screen. */
const withHem = lazy(() => {
  const hem: number[] = [];
  const count = faceOval.length;
  const at = (ring: number, i: number): number => (ring < 0 ? (faceOval[i % count] ?? 0) : meshSize + ring * count + (i % count));
  rings.forEach((_, ring) => {
    for (let i = 0; i < count; i++) {
      const [a, b, c, d] = [at(ring - 1, i), at(ring - 1, i + 1), at(ring, i), at(ring, i + 1)];
      hem.push(c, d, a, d, b, a);
    }
  });
  return Uint16Array.of(...skinTriangles, ...hem);
});

/** Where each point of the mean skin faces: unit vectors, head units. */
export const normals = lazy(() => {
  const out = new Float32Array(skinSize * 3);
  const p = skinReference();
  const triangles = withHem();
  for (let t = 0; t < triangles.length; t += 3) {
    const [a = 0, b = 0, c = 0] = [triangles[t], triangles[t + 1], triangles[t + 2]].map((index) => 3 * (index ?? 0));
    const u = [0, 1, 2].map((k) => (p[b + k] ?? 0) - (p[a + k] ?? 0));
    const v = [0, 1, 2].map((k) => (p[c + k] ?? 0) - (p[a + k] ?? 0));
    const across = [0, 1, 2].map((k) => (u[(k + 1) % 3] ?? 0) * (v[(k + 2) % 3] ?? 0) - (u[(k + 2) % 3] ?? 0) * (v[(k + 1) % 3] ?? 0));
    for (const corner of [a, b, c]) {
      for (let k = 0; k < 3; k++) out[corner + k] = (out[corner + k] ?? 0) + (across[k] ?? 0);
    }
  }
  for (let i = 0; i < out.length; i += 3) {
    const length = hypot(out[i] ?? 0, out[i + 1] ?? 0, out[i + 2] ?? 0) || 1;
    for (let k = 0; k < 3; k++) out[i + k] = (out[i + k] ?? 0) / length;
  }
  return out;
});

/**
 * A person's own skin with its hem in the picture.
 * @param lift how far it stands off, head units
 */
export function skinOf(mesh: Float32Array, { scale, turn, depth }: Head, lift: number): Solid {
  const mean = skinReference();
  const out = normals();
  const xs = new Float32Array(skinSize);
  const ys = new Float32Array(skinSize);
  const zs = new Float32Array(skinSize);
  for (let i = 0; i < skinSize; i++) {
    const from = i < meshSize ? i : (faceOval[(i - meshSize) % faceOval.length] ?? 0);
    const x = (mean[3 * i] ?? 0) - (mean[3 * from] ?? 0) + lift * (out[3 * i] ?? 0);
    const y = (mean[3 * i + 1] ?? 0) - (mean[3 * from + 1] ?? 0) + lift * (out[3 * i + 1] ?? 0);
    const z = (mean[3 * i + 2] ?? 0) - (mean[3 * from + 2] ?? 0) + lift * (out[3 * i + 2] ?? 0);
    xs[i] = (mesh[3 * from] ?? 0) + scale * (turn[0][0] * x + turn[0][1] * y + turn[0][2] * z);
    ys[i] = (mesh[3 * from + 1] ?? 0) + scale * (turn[1][0] * x + turn[1][1] * y + turn[1][2] * z);
    zs[i] = depth(mesh[3 * from + 2] ?? 0) + turn[2][0] * x + turn[2][1] * y + turn[2][2] * z;
  }
  return { xs, ys, zs, triangles: withHem() };
}
