import { z } from 'zod';
import { bystanders, chosenFaces, percent, single } from './common.ts';
import { defineKind } from './kind.ts';

const manifest = z.strictObject({ ...single, kind: z.literal('reshape') });

const params = z.strictObject({
  strength: percent.default(100).describe('0 = the photo as it is, 100 = as far as the template goes'),
  faces: chosenFaces.default('all'),
  bystanders,
});

export const reshape = defineKind({ manifest, params, art: () => [] });
