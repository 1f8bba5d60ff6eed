import type { Point } from '../faces/face.ts';
import type { ParamsOf } from '../templates/params.ts';
import type { TemplateOf } from '../templates/template.ts';
import { chooseFaces } from './choose.ts';
import { type Effect, type Made, onlyPhoto, type Photo, type Touch } from './effect.ts';
import { areaAround, opaqueCopy } from './raster/picture.ts';
import { draw } from './toon/draw.ts';

/**
 * Draws the photo anew: flat tones, clean lines, and where the template has them faces with large eyes drawn from the mesh.
 * @throws Problem `no-face`, `invalid-params`
 */
async function apply(template: TemplateOf<'toon'>, params: ParamsOf<'toon'>, photos: readonly Photo[]): Promise<Made> {
  const { picture, faces } = onlyPhoto(photos);
  const chosen = chooseFaces(faces, params.faces);
  const result = opaqueCopy(picture);
  if (params.strength > 0) draw(result, picture, chosen, template, params);
  return { picture: result, touches: chosen.map(({ landmarks }) => touched(landmarks, result)), measures: {} };
}

/** Eyes grow about their middles and all else stays, so the features are found again where they were. */
function touched(landmarks: readonly Point[], { width, height }: { width: number; height: number }): Touch {
  const area = areaAround(
    landmarks.map(([x]) => x),
    landmarks.map(([, y]) => y),
    0,
    width,
    height,
  );
  return { mask: { area, data: new Uint8Array(area.width * area.height).fill(255) }, landmarks };
}

export const toon: Effect<'toon'> = { apply, art: () => [], warm: () => Promise.resolve() };
