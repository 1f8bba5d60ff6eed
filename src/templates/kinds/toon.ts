import { z } from 'zod';
import { bystanders, chosenFaces, percent, single } from './common.ts';
import { defineKind } from './kind.ts';

const manifest = z.strictObject({ ...single, kind: z.literal('toon') });

const params = z.strictObject({
  strength: percent.default(100).describe('0 = the photo as it is, 100 = wholly drawn'),
  faces: chosenFaces.default('all'),
  bystanders,
});

export const toon = defineKind({ manifest, params, art: () => [] });
