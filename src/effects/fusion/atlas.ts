import { leftEyeTriangles, meanFace, mouthTriangles, rightEyeTriangles, skinTriangles } from '../../faces/mean-face.ts';
import { meshSize } from '../../faces/mesh.ts';
import { faceOval, leftBrow, leftEyeRing, lipsOuter, rightBrow, rightEyeRing } from '../../faces/topology.ts';
import { smoothstep } from '../raster/picture.ts';

const { abs, hypot, max, min } = Math;

/** All triangles of the mesh. */
export const triangles: Uint16Array = Uint16Array.of(...skinTriangles, ...mouthTriangles, ...leftEyeTriangles, ...rightEyeTriangles);

/** What lies where on every face: a number for each of the 468 points, 0 to 1, read off the mean face. */
export interface Atlas {
  /** 1 on the outline, falling to 0 at `rim` inside of it. */
  readonly edge: Float32Array;
  /** 1 on eyes, brows and lips, 0 on bare skin. */
  readonly feature: Float32Array;
  /** The same of the lips alone. */
  readonly lips: Float32Array;
  /** Where hair or a hand may come in from outside and hide the face: forehead, temples and cheeks; a chin is dark because it has a beard. */
  readonly hidden: Float32Array;
  /** The same, as far as hair ever reaches: all but the middle of the face and the inner halves of eyes and brows. */
  readonly outer: Float32Array;
  /** Above 0 on the sides of the jaw, which hair hides or a beard grows on; below 0 on the chin, which tells the one from the other. */
  readonly jaw: Float32Array;
  /** Above 0 beside the eyes, which hair hides or the frame of spectacles crosses; below 0 on the bridge of the nose, which tells the one from the other. */
  readonly temple: Float32Array;
}

/** Distances between the eyes over which the edge falls off. */
export const rim = 0.36;

/** How far features are grown, same unit: what lies between is half feature, half skin. */
const eyes = [0.06, 0.2] as const;
const brows = [0.03, 0.1] as const;
const mouth = [0.02, 0.09] as const;

export const atlas: Atlas = (() => {
  const edge = new Float32Array(meshSize);
  const feature = new Float32Array(meshSize);
  const lips = new Float32Array(meshSize);
  const hidden = new Float32Array(meshSize);
  const outer = new Float32Array(meshSize);
  const jaw = new Float32Array(meshSize);
  const temple = new Float32Array(meshSize);
  for (let i = 0; i < meshSize; i++) {
    const x = meanFace[3 * i] ?? 0;
    const y = meanFace[3 * i + 1] ?? 0;
    const inward = distanceTo(faceOval, x, y, false);
    edge[i] = 1 - min(1, inward / rim);
    lips[i] = near(lipsOuter, x, y, mouth);
    feature[i] = max(
      lips[i] ?? 0,
      near(leftEyeRing, x, y, eyes),
      near(rightEyeRing, x, y, eyes),
      near(leftBrow, x, y, brows),
      near(rightBrow, x, y, brows),
    );
    const forehead = 1 - smoothstep(-0.42, -0.3, y);
    const level = smoothstep(0.05, 0.25, y);
    const side = smoothstep(0.68 - 0.26 * level, 0.78 - 0.2 * level, abs(x)) * (1 - smoothstep(0.6, 0.85, y));
    const border = (1 - smoothstep(0.05, 0.22, inward)) * (1 - smoothstep(0.6, 0.85, y));
    hidden[i] = max(forehead, side, border);
    outer[i] = max(hidden[i] ?? 0, smoothstep(0.5, 0.62, abs(x)) * (1 - smoothstep(0.85, 1.05, y)));
    const low = smoothstep(0.5, 0.7, y);
    jaw[i] = low * smoothstep(0.42, 0.58, abs(x)) - (1 - smoothstep(0.25, 0.4, abs(x))) * smoothstep(0.98, 1.1, y);
    const atEyes = smoothstep(-0.5, -0.36, y) * (1 - smoothstep(0.3, 0.45, y));
    temple[i] = atEyes * (smoothstep(0.4, 0.5, abs(x)) - (1 - smoothstep(0.1, 0.2, abs(x))) * (1 - smoothstep(0.2, 0.3, y)));
  }
  return { edge, feature, lips, hidden, outer, jaw, temple };
})();

function near(ring: readonly number[], x: number, y: number, [full, none]: readonly [number, number]): number {
  return 1 - smoothstep(full, none, distanceTo(ring, x, y, true));
}

/** Distance of a place on the mean face from a ring of its points. @param solid whether what it encloses counts as the ring itself */
function distanceTo(ring: readonly number[], x: number, y: number, solid: boolean): number {
  let nearest = Number.POSITIVE_INFINITY;
  let inside = false;
  let from = ring[ring.length - 1] ?? 0;
  for (const to of ring) {
    const ax = meanFace[3 * from] ?? 0;
    const ay = meanFace[3 * from + 1] ?? 0;
    const dx = (meanFace[3 * to] ?? 0) - ax;
    const dy = (meanFace[3 * to + 1] ?? 0) - ay;
    const along = max(0, min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    nearest = min(nearest, hypot(x - ax - along * dx, y - ay - along * dy));
    if (ay > y !== ay + dy > y && x < ax + ((y - ay) / dy) * dx) inside = !inside;
    from = to;
  }
  return solid && inside ? 0 : nearest;
}
