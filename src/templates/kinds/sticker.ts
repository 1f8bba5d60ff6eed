import { z } from 'zod';
import { artFile, bystanders, chosenFaces, percent, point2, point3, single, size } from './common.ts';
import { defineKind } from './kind.ts';

/**
 * Where a piece of a sticker lies on the head. Units: the distance between the eyes; origin midway between them; x to the picture's right,
 * y down, z out of the face towards the viewer. Pieces are seen from their outer side only.
 */
const surface = z.discriminatedUnion('shape', [
  z.strictObject({
    shape: z.literal('plane'),
    center: point3,
    size: point2,
    /** Degrees: positive turns the plane to face the picture's right. */
    turn: z.number().min(-180).max(180),
    /** Degrees: positive turns the plane to face upwards. */
    lean: z.number().min(-90).max(90),
  }),
  z.strictObject({
    shape: z.literal('band'),
    center: point3,
    /** Half axes of the ellipse seen from above: sideways and in depth. */
    radius: point2,
    height: z.number().positive(),
    /** Degrees around the head, 0 = front, positive to the picture's right; the art is stretched between them. */
    from: z.number().min(-180).max(0),
    to: z.number().min(0).max(180),
    /** Degrees: positive lifts the front of the band. */
    lean: z.number().min(-90).max(90),
  }),
]);

const piece = z.strictObject({ art: artFile, size, surface });

const manifest = z.strictObject({
  ...single,
  kind: z.literal('sticker'),
  /** Drawn in this order, first one lowest. */
  pieces: z.array(piece).min(1).max(12),
});

const params = z.strictObject({
  size: z.number().min(50).max(200).default(100).describe('Size in percent of the fitted size'),
  opacity: percent.default(100).describe('0 = invisible, 100 = as drawn'),
  faces: chosenFaces.default('all'),
  bystanders,
});

export const sticker = defineKind({ manifest, params, art: ({ pieces }) => pieces.map((each) => each.art) });

export type Surface = z.infer<typeof surface>;
