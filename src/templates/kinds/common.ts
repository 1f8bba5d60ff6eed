import { z } from 'zod';

/** What the manifests and the parameters of several kinds are built from. */

/** Ids are folder names, so they are kept to what can never be a path. A leading underscore marks a folder that is no template. */
export const templateId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** Art that is drawn at the size of the scene, or was painted or photographed at it. */
export const layerFile = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*\.(svg|png|webp)$/, 'art is an SVG, PNG or WebP file in the pack, named in lower case');
export const artFile = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*\.svg$/, 'art is an SVG file in the pack, named in lower case');
const side = z.int().min(16).max(4096);
export const size = z.strictObject({ width: side, height: side });
export const share = z.number().min(0).max(1);
export const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour is written #rrggbb');
export const point2 = z.tuple([z.number(), z.number()]);
export const point3 = z.tuple([z.number(), z.number(), z.number()]);

/** What every manifest says. */
export const common = {
  id: templateId,
  version: z.int().min(1),
  title: z.string().min(1).max(60),
  description: z.string().min(1).max(300),
  slots: z.int().min(1).max(6),
};

/** Of a kind that works on one photo. */
export const single = { ...common, slots: z.literal(1) };

export const percent = z.number().min(0).max(100);
export const faceIndex = z.int().min(0).max(99);
export const chosenFaces = z
  .union([z.literal('all'), z.array(faceIndex).min(1).max(100)])
  .describe('Which faces, counted from the left, beginning with 0');

export const bystanders = z
  .enum(['keep', 'conceal'])
  .default('keep')
  .describe('The faces that were not chosen: left as they are, or made unrecognisable');
