import { z } from 'zod';
import { Problem } from '../problems.ts';
import { type Kind, kinds, type Template } from './template.ts';

/** What a client may ask of each kind. All strengths run one way: 0 = the template untouched, 100 = all of the user. */

export type ParamsOf<K extends Kind> = z.infer<(typeof kinds)[K]['params']>;
export type Params = ParamsOf<Kind>;

/**
 * Checks what a client sent against the template's kind and fills in the defaults.
 * @throws Problem `invalid-params` whose `reasons` name each fault
 */
export function parseParams<K extends Kind>(template: { readonly kind: K }, params: unknown): ParamsOf<K>;
export function parseParams(template: Pick<Template, 'kind'>, params: unknown): Params {
  const parsed = kinds[template.kind].params.safeParse(params ?? {});
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'params'}: ${issue.message}`);
  throw new Problem('invalid-params', `The parameters do not suit a ${template.kind} template`, { reasons });
}

/** The JSON Schema (draft 2020-12) of what a template accepts. */
export function paramsJsonSchema(template: Pick<Template, 'kind'>): Record<string, unknown> {
  return z.toJSONSchema(kinds[template.kind].params, { io: 'input' });
}

/** What the public list says of a template. */
export function describeTemplate(template: Template) {
  const { id, kind, title, description, slots, version } = template;
  return { id, kind, title, description, slots, version, parameters: paramsJsonSchema(template) };
}
