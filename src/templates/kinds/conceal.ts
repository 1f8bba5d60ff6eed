import { z } from 'zod';
import { artFile, chosenFaces, percent, single, size } from './common.ts';
import { defineKind } from './kind.ts';

const manifest = z.strictObject({
  ...single,
  kind: z.literal('conceal'),
  /** The drawn cover; it is stretched over the ellipse of the head, or where it is round put over the circle around that. */
  cover: z.strictObject({ art: artFile, size, round: z.boolean().default(false) }),
});

const params = z.strictObject({
  style: z.enum(['blur', 'pixelate', 'cover']).default('cover'),
  strength: percent.default(70).describe('How coarse the blur or the mosaic is; even 0 cannot be undone'),
  faces: chosenFaces.default('all'),
});

export const conceal = defineKind({ manifest, params, art: ({ cover }) => [cover.art] });
