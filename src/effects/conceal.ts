import type { TemplateOf } from '../templates/template.ts';
import { ambientLight } from './ambient.ts';
import { chooseFaces } from './choose.ts';
import { type Effect, type Made, onlyPhoto, type Touch } from './effect.ts';
import { headEllipse, roundHead } from './ellipse.ts';
import { type Art, art } from './raster/art.ts';
import { opaqueCopy } from './raster/picture.ts';
import { veilHead } from './veil.ts';

/**
 * Hides faces so that they cannot be brought back: softened past recognition, in a mosaic, or behind a drawing.
 * @throws Problem `no-face`, `invalid-params`
 */
async function apply(...[template, { style, strength, faces }, photos]: Parameters<Effect<'conceal'>['apply']>): Promise<Made> {
  const photo = onlyPhoto(photos);
  const chosen = chooseFaces(photo.faces, faces);
  const result = opaqueCopy(photo.picture);
  const touches: Touch[] = [];
  // Smaller heads are farther away, so they are hidden first.
  for (const face of [...chosen].sort((a, b) => a.box.height - b.box.height)) {
    const head = headEllipse(face);
    if (style !== 'cover') touches.push({ mask: veilHead(result, head, { style, strength }) });
    else {
      const cover = { sheet: await coverArt(template), tint: ambientLight(photo.picture, face) };
      touches.push({ mask: veilHead(result, template.cover.round ? roundHead(head) : head, { style: 'blur', strength }, cover) });
    }
  }
  return { picture: result, base: photo.picture, touches, measures: {} };
}

export const conceal: Effect<'conceal'> = {
  apply,
  art: ({ cover }) => [{ name: cover.art, ...cover.size }],
  prepare: async (template) => void (await coverArt(template)),
};

function coverArt(template: TemplateOf<'conceal'>): Promise<Art> {
  return art(template, template.cover.art, template.cover.size.width, template.cover.size.height);
}
