import { z } from 'zod';
import { colour, faceIndex, point3, share, single } from './common.ts';
import { defineKind } from './kind.ts';

/** Where the light comes from: x to the picture's right, y down, z to the viewer; its length does not count. */
const light = point3;

/** The whole photo as flat facets. Lengths are in units: the distance between the outer corners of the eyes. */
const facets = z.strictObject({
  style: z.literal('facets'),
  /** Distance of neighbouring corners on people and elsewhere. */
  fine: z.number().min(0.05).max(1),
  coarse: z.number().min(0.1).max(3),
  /** Strength of the colours, 1 = as they are. */
  vivid: z.number().min(0).max(2),
  light,
  /** How much the light plays on the facets of the face. */
  relief: share,
  /** What people stand before turns into these two colours, from top to bottom. */
  backdrop: z.strictObject({ top: colour, bottom: colour, share }),
});

export const manifestOfMesh = z.strictObject({ ...single, kind: z.literal('mesh'), look: z.discriminatedUnion('style', [facets]) });

const params = z.strictObject({
  face: faceIndex.optional().describe('Which face, counted from the left, beginning with 0; left out: the most prominent one'),
});

export const mesh = defineKind({ manifest: manifestOfMesh, params, art: () => [] });

export type Facets = z.infer<typeof facets>;
