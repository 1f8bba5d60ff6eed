import { z } from 'zod';
import { bystanders, chosenFaces, colour, percent, share, single } from './common.ts';
import { defineKind } from './kind.ts';

/** Flat colours. Lengths are in units: the distance between the outer corners of the eyes. */
const flat = z.strictObject({
  /** How far what is alike flows together. */
  reach: z.number().min(0.05).max(1),
  /** Levels of difference that are an edge and stay. */
  contrast: z.number().min(10).max(200),
  /** Levels of light the whole picture is drawn in. */
  tones: z.int().min(3).max(9),
  /** Strength of the colours, 1 = as they are. */
  vivid: z.number().min(0).max(2),
  /** How much of the strokes' own light and dark stays: strands of hair, folds of cloth. */
  strands: z.number().min(0).max(20),
  /** Levels by which light and dark tones are lifted. */
  lift: z.number().min(-40).max(40),
});

const line = z.strictObject({
  colour,
  /** How much of the line is its own colour; the rest is that of what it runs over. */
  own: share,
  opacity: share,
  /** Levels of difference at which a line begins and at which it is full. */
  from: z.number().min(0).max(20),
  to: z.number().min(0).max(20),
  /** How far dots are gathered to strokes, in units. */
  length: z.number().min(0).max(1),
  /** How much a busy place raises the bar, 0 = not at all. */
  calm: z.number().min(0).max(2),
  /** Levels by which the bar is higher at twice the lightness: with a tilt dark places fill with ink. */
  tilt: z.number().min(0).max(30),
  /** Lightness at which the bar is as said, as a share of the skin's. */
  pivot: share,
});

const manifest = z.strictObject({
  ...single,
  kind: z.literal('toon'),
  /** Pixels to the unit on which the picture is worked out: more is finer and slower. */
  detail: z.int().min(30).max(160),
  flat,
  line,
  /** Faces drawn anew from the mesh, with eyes so much larger; left out: they are traced like the rest. */
  eyes: z.strictObject({ wide: z.number().min(1).max(1.5), tall: z.number().min(1).max(2.5) }).optional(),
  /** What people stand before fades into this colour. */
  backdrop: z.strictObject({ colour, share }),
  /** Printed dots in the shadows. */
  dots: z.strictObject({ size: z.number().min(0.02).max(0.2), share, colour }).optional(),
  paper: colour,
});

const params = z.strictObject({
  strength: percent.default(100).describe('0 = the photo as it is, 100 = wholly drawn'),
  line: percent.default(100).describe('How strong the lines are'),
  eyes: percent.default(100).describe('How much larger the eyes are drawn: 0 = as they are, 100 = as far as the template goes'),
  faces: chosenFaces.default('all'),
  bystanders,
});

export const toon = defineKind({
  manifest,
  params,
  art: () => [],
  mistakes: ({ line: { from, to } }) => (from < to ? [] : [`line: begins at ${from} levels but is full at ${to}`]),
});

export type ToonLine = z.infer<typeof line>;
export type ToonDots = NonNullable<z.infer<typeof manifest>['dots']>;
