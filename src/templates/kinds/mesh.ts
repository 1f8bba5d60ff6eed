import { z } from 'zod';
import { artFile, colour, faceIndex, point3, share, single, size } from './common.ts';
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

/** Where the middle of the face goes and how long the face becomes from the forehead to the chin, pixels of the picture. */
const place = z.strictObject({ x: z.number(), y: z.number(), length: z.number().min(100).max(2000) });

/** A relief carved in stone, in a drawn frame. */
const relief = z.strictObject({
  style: z.literal('relief'),
  size,
  place,
  light,
  /** How far the head stands out of the ground, 1 = as it is. */
  depth: z.number().min(0.1).max(1.5),
  /** How deep the lines of the photo are cut. */
  detail: z.number().min(0).max(20),
  /** The plain stone, and what lies over it. */
  stone: artFile,
  frame: artFile,
});

/** A projection: scan lines, wires and a glow before a dark backdrop. Lengths in pixels of the picture. */
const hologram = z.strictObject({
  style: z.literal('hologram'),
  size,
  place,
  colour,
  /** From one scan line to the next. */
  line: z.number().min(2).max(40),
  /** How far the lines are moved up by the depth of the face, 1 = as far as it stands out. */
  bend: z.number().min(0).max(2),
  /** How far the colours part. */
  apart: z.int().min(0).max(16),
  /** How far a band of lines slips sideways. */
  slip: z.number().min(0).max(40),
  /** Where the person fades into the beam. */
  fade: z.strictObject({ from: z.number(), to: z.number() }),
  wire: z.strictObject({ colour, share }),
  backdrop: artFile,
});

const manifest = z.strictObject({ ...single, kind: z.literal('mesh'), look: z.discriminatedUnion('style', [facets, relief, hologram]) });

const params = z.strictObject({
  face: faceIndex.optional().describe('Which face, counted from the left, beginning with 0; left out: the most prominent one'),
});

export const mesh = defineKind({ manifest, params, art: ({ look }) => drawings(look) });

function drawings(look: z.infer<typeof manifest>['look']): readonly string[] {
  if (look.style === 'facets') return [];
  return look.style === 'relief' ? [look.stone, look.frame] : [look.backdrop];
}

export type Facets = z.infer<typeof facets>;
export type Relief = z.infer<typeof relief>;
export type Place = z.infer<typeof place>;
export type Hologram = z.infer<typeof hologram>;
