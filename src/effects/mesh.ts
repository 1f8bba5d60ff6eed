import { Problem } from '../problems.ts';
import type { ParamsOf } from '../templates/params.ts';
import type { TemplateOf } from '../templates/template.ts';
import { faceAt, prominence } from './choose.ts';
import { type ArtUse, type Effect, type Made, onlyPhoto, type Photo } from './effect.ts';
import { drawFacets } from './mesh/facets.ts';
import { project } from './mesh/hologram.ts';
import { carve } from './mesh/relief.ts';
import { art } from './raster/art.ts';

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
  if (look.style === 'facets') return { picture: drawFacets(picture, faces, face, look), touches: [], measures: {} };
  const [first, second] = await Promise.all(drawings(template).map(({ name, width, height }) => art(template, name, width, height)));
  if (first === undefined) throw new Problem('internal');
  if (look.style === 'hologram') return { picture: project(picture, face, look, first).picture, touches: [], measures: {} };
  if (second === undefined) throw new Problem('internal');
  return { picture: carve(picture, face, look, first, second).picture, touches: [], measures: {} };
}

function drawings({ look }: TemplateOf<'mesh'>): readonly ArtUse[] {
  if (look.style === 'facets') return [];
  return (look.style === 'relief' ? [look.stone, look.frame] : [look.backdrop]).map((name) => ({ name, ...look.size }));
}

export const mesh: Effect<'mesh'> = { apply, art: drawings, warm: () => Promise.resolve() };
