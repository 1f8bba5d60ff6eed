import { z } from 'zod';
import { faceIndex, single } from './common.ts';
import { defineKind } from './kind.ts';

const manifest = z.strictObject({ ...single, kind: z.literal('avatar') });

const params = z.strictObject({
  face: faceIndex.optional().describe('Which face, counted from the left, beginning with 0; left out: the most prominent one'),
});

export const avatar = defineKind({ manifest, params, art: () => [] });
