import { z } from 'zod';
import { readTable } from './models.ts';

/** Points of the mesh. */
const vertices = z.array(z.int().min(0).max(467)).transform((list) => Uint16Array.from(list));
const triangles = vertices.refine(({ length }) => length % 3 === 0);

/** Measured by scripts/models/mean-face.mjs. */
const table = readTable(
  'mean-face',
  z.object({
    points: z
      .array(z.number())
      .length(3 * 468)
      .transform((list) => Float32Array.from(list)),
    mirrored: vertices,
    triangles: z.object({ skin: triangles, mouth: triangles, leftEye: triangles, rightEye: triangles }),
  }),
);

/**
 * The mean face: 468 points, x to the right, y down, z away from the viewer, with the eyes 1 apart and the middle between them at x = y = 0. It is the
 * mean of the faces on the six photos of @vladmandic/face-api and their mirror images, aligned in space (generalised Procrustes analysis).
 */
export const meanFace: Float32Array = table.points;

/** Which point each becomes when the face is seen in a mirror. */
export const meshMirrored: Uint16Array = table.mirrored;

/** Three points a triangle, clockwise in the picture: all of the face but what the lids and the lips enclose. */
export const skinTriangles: Uint16Array = table.triangles.skin;

/** Between the lips. */
export const mouthTriangles: Uint16Array = table.triangles.mouth;

/** Between the lids of the left eye in the picture. */
export const leftEyeTriangles: Uint16Array = table.triangles.leftEye;

/** Between the lids of the right eye in the picture. */
export const rightEyeTriangles: Uint16Array = table.triangles.rightEye;
