import { Problem } from '../problems.ts';
import type { ParamsOf } from '../templates/params.ts';
import type { TemplateOf } from '../templates/template.ts';
import { faceAt, prominence } from './choose.ts';
import { type Effect, type Made, onlyPhoto, type Photo } from './effect.ts';
import { drawFacets } from './mesh/facets.ts';

/**
 * Renders a face from its own geometry.
 * @throws Problem `no-face`, `invalid-params`
 */
async function apply(template: TemplateOf<'mesh'>, params: ParamsOf<'mesh'>, photos: readonly Photo[]): Promise<Made> {
  const { picture, faces } = onlyPhoto(photos);
  const [most] = [...faces].sort((a, b) => prominence(b) - prominence(a));
  if (most === undefined) throw new Problem('no-face');
  const face = params.face === undefined ? most : faceAt(faces, params.face);
  const { look } = template;
  return { picture: drawFacets(picture, faces, face, look), touches: [], measures: {} };
}

export const mesh: Effect<'mesh'> = { apply, art: () => [], warm: () => Promise.resolve() };
