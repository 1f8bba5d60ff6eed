import { z } from 'zod';
import { artFile, bystanders, chosenFaces, percent, point2, point3, single, size } from './common.ts';
import { defineKind } from './kind.ts';

/**
 * Where a piece of a sticker lies. Units: the distance between the eyes of a mean face; origin midway between them; x to the picture's right, y
 * down, z out of the face towards the viewer.
 */
const surface = z.discriminatedUnion('shape', [
  /** A flat board. */
  z.strictObject({
    shape: z.literal('plane'),
    center: point3,
    size: point2,
    /** Degrees: positive turns the plane to face the picture's right. */
    turn: z.number().min(-180).max(180),
    /** Degrees: positive turns the plane to face upwards. */
    lean: z.number().min(-90).max(90),
  }),
  /** A part of a ring around the head; the art is stretched over it. */
  z.strictObject({
    shape: z.literal('band'),
    center: point3,
    /** Half axes of the ellipse seen from above: sideways and in depth. */
    radius: point2,
    height: z.number().positive(),
    /** Degrees around the head, 0 = front, positive to the picture's right. */
    from: z.number().min(-180).max(180),
    to: z.number().min(-180).max(360),
    /** Degrees: positive lifts the front of the band. */
    lean: z.number().min(-90).max(90),
    /** How much wider the upper edge is than the lower one, in parts of the radius. */
    flare: z.number().min(-1).max(1).default(0),
  }),
  /** The skin itself, which follows every expression, and what surrounds it: the art is laid on the mean face as seen from the front. */
  z.strictObject({
    shape: z.literal('face'),
    center: point2,
    size: point2,
    /** How far it stands off the skin. */
    lift: z.number().min(0).max(0.5).default(0),
  }),
]);

const piece = z.strictObject({
  art: artFile,
  size,
  surface,
  /** Turns the art around, left for right. */
  mirror: z.boolean().default(false),
  /** Where the piece is held: this place of the face and its own place on the mean head are brought together. A `face` needs none. */
  anchor: z.enum(['eyes', 'forehead', 'nose', 'chin']).default('eyes'),
  /** The side of the surface that the art is on. */
  side: z.enum(['outer', 'inner']).default('outer'),
  /** The head hides what of the piece lies behind it. */
  behind: z.boolean().default(false),
});

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

export const sticker = defineKind({
  manifest,
  params,
  art: ({ pieces }) => pieces.map((each) => each.art),
  mistakes: ({ pieces }) =>
    pieces.flatMap(({ surface: on }, index) =>
      on.shape === 'band' && on.from >= on.to ? [`pieces.${index}.surface: from ${on.from} to ${on.to} is no part of a ring`] : [],
    ),
});

export type Surface = z.infer<typeof surface>;
export type Piece = z.infer<typeof piece>;
