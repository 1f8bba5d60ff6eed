import { z } from 'zod';
import { Problem } from '../problems.ts';
import type { Kind, Template } from './template.ts';

/** What a client may ask of each kind. All strengths run one way: 0 = the template untouched, 100 = all of the user. */

const percent = z.number().min(0).max(100);
const faceIndex = z.int().min(0).max(99);
const chosenFaces = z
  .union([z.literal('all'), z.array(faceIndex).min(1).max(100)])
  .describe('Which faces, counted from the left, beginning with 0');

const fusion = z.strictObject({
  strength: percent.default(100).describe("Features and texture: 0 = the template's, 100 = the user's"),
  shape: percent.default(70).describe("Outline of the face: 0 = the template's, 100 = the user's"),
  faces: z
    .array(z.strictObject({ from: faceIndex, to: z.int().min(0).max(5) }))
    .min(1)
    .max(6)
    .optional()
    .describe('Which face (from the left, over all photos) goes to which slot; left out: the most prominent faces, left to right'),
});

const sticker = z.strictObject({
  size: z.number().min(50).max(200).default(100).describe('Size in percent of the fitted size'),
  opacity: percent.default(100).describe('0 = invisible, 100 = as drawn'),
  faces: chosenFaces.default('all'),
});

const conceal = z.strictObject({
  style: z.enum(['blur', 'pixelate', 'cover']).default('cover'),
  strength: percent.default(70).describe('How coarse the blur or the mosaic is; even 0 cannot be undone'),
  faces: chosenFaces.default('all'),
});

/** The one table: kind -> schema. */
export const paramSchemas = { fusion, sticker, conceal } as const satisfies Record<Kind, z.ZodType>;

export type ParamsOf<K extends Kind> = z.infer<(typeof paramSchemas)[K]>;
export type Params = ParamsOf<Kind>;

/**
 * Checks what a client sent against the template's kind and fills in the defaults.
 * @throws Problem `invalid-params` whose `reasons` name each fault
 */
export function parseParams<K extends Kind>(template: { readonly kind: K }, params: unknown): ParamsOf<K>;
export function parseParams(template: Pick<Template, 'kind'>, params: unknown): Params {
  const parsed = paramSchemas[template.kind].safeParse(params ?? {});
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'params'}: ${issue.message}`);
  throw new Problem('invalid-params', `The parameters do not suit a ${template.kind} template`, { reasons });
}

/** The JSON Schema (draft 2020-12) of what a template accepts. */
export function paramsJsonSchema(template: Pick<Template, 'kind'>): Record<string, unknown> {
  return z.toJSONSchema(paramSchemas[template.kind], { io: 'input' });
}

/** What the public list says of a template. */
export function describeTemplate(template: Template) {
  const { id, kind, title, description, slots, version } = template;
  return { id, kind, title, description, slots, version, parameters: paramsJsonSchema(template) };
}
