import type { Face } from '../faces/face.ts';
import type { Pixels } from '../image/pixels.ts';
import { Problem } from '../problems.ts';
import type { ParamsOf } from '../templates/params.ts';
import type { TemplateOf } from '../templates/template.ts';
import { faceAt, prominence } from './choose.ts';
import { type ArtUse, type Effect, type Made, onlyPhoto, type Photo } from './effect.ts';
import { drawFacets } from './mesh/facets.ts';
import { project } from './mesh/hologram.ts';
import { carve } from './mesh/relief.ts';
import { type Art, art } from './raster/art.ts';

type MeshTemplate = TemplateOf<'mesh'>;

/**
 * Renders a face from its own geometry: facets, stone or light. Nothing is said of where features should be found again, because what a finder
 * makes of facets or scan lines says more of the finder than of the picture.
 * @throws Problem `no-face`, `invalid-params`
 */
async function apply(template: MeshTemplate, params: ParamsOf<'mesh'>, photos: readonly Photo[]): Promise<Made> {
  const photo = onlyPhoto(photos);
  const [most] = [...photo.faces].sort((a, b) => prominence(b) - prominence(a));
  if (most === undefined) throw new Problem('no-face');
  const face = params.face === undefined ? most : faceAt(photo.faces, params.face);
  return { picture: await render(template, photo, face), touches: [], measures: {} };
}

async function render(template: MeshTemplate, { picture, faces, others = [] }: Photo, face: Face): Promise<Pixels> {
  const { look } = template;
  switch (look.style) {
    case 'facets':
      return drawFacets(picture, [...faces, ...others], face, look);
    case 'relief':
      return carve(picture, face, look, await drawing(template, look.stone, look.size), await drawing(template, look.frame, look.size));
    case 'hologram':
      return project(picture, face, look, await drawing(template, look.backdrop, look.size));
  }
}

function drawing(template: MeshTemplate, name: string, { width, height }: { width: number; height: number }): Promise<Art> {
  return art(template, name, width, height);
}

/** Every drawing at the one size it is used at. */
function drawings({ look }: MeshTemplate): readonly ArtUse[] {
  if (look.style === 'facets') return [];
  return (look.style === 'relief' ? [look.stone, look.frame] : [look.backdrop]).map((name) => ({ name, ...look.size }));
}

export const mesh: Effect<'mesh'> = {
  apply,
  art: drawings,
  async prepare(template) {
    for (const { name, width, height } of drawings(template)) await art(template, name, width, height);
  },
};
