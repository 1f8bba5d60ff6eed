import type { Face } from '../faces/face.ts';
import type { Pixels } from '../image/pixels.ts';
import { rasterizeOpaque } from '../image/rasterize.ts';
import type { ParamsOf } from '../templates/params.ts';
import type { TemplateOf } from '../templates/template.ts';
import { drawChibi } from './avatar/draw/chibi.ts';
import { drawPortrait } from './avatar/draw/portrait.ts';
import type { Style } from './avatar/draw/style.ts';
import { groundOf } from './avatar/ground.ts';
import { measureFace } from './avatar/measure/measure.ts';
import type { AvatarSpec } from './avatar/spec.ts';
import { chooseFaces, faceAt, prominence } from './choose.ts';
import { type Effect, type Made, onlyPhoto } from './effect.ts';

/** Sides of the picture, pixels. */
export const avatarSide = 1080;

/** Styles by the name a pack calls them. */
const styles: Readonly<Record<TemplateOf<'avatar'>['style'], Style>> = { portrait: drawPortrait, chibi: drawChibi };

/**
 * A drawn character from a face: measured into a spec (avatar/measure), corrected by what the client knows better, drawn as SVG (avatar/draw). Not a
 * pixel of the photo is in the picture.
 * @throws Problem `no-face`, `invalid-params`, `malformed-request`
 */
async function apply(...[template, params, photos]: Parameters<Effect<'avatar'>['apply']>): Promise<Made> {
  const { picture, faces } = onlyPhoto(photos);
  const spec = corrected(measureFace(picture, chosenFace(faces, params.face)), params);
  return { picture: await paint(drawAvatar(spec, template, params.background), avatarSide), touches: [], measures: {} };
}

export const avatar: Effect<'avatar'> = { apply, art: () => [] };

/** The drawing of a spec in a pack's style: the same every time. */
export function drawAvatar(spec: AvatarSpec, template: TemplateOf<'avatar'>, background: ParamsOf<'avatar'>['background']): string {
  return styles[template.style](spec, template, groundOf(spec, template, background));
}

/** @throws Problem `no-face`, `invalid-params` */
function chosenFace(faces: readonly Face[], index: number | undefined): Face {
  if (index !== undefined) return faceAt(faces, index);
  return chooseFaces(faces, 'all').reduce((best, face) => (prominence(face) > prominence(best) ? face : best));
}

/** A measured spec with what the client said instead. */
function corrected(spec: AvatarSpec, params: ParamsOf<'avatar'>): AvatarSpec {
  const { hair, eyes } = spec;
  return {
    ...spec,
    skin: params.skin ?? spec.skin,
    hair: {
      ...hair,
      length: params.hair ?? hair.length,
      colour: params.hairColour ?? hair.colour,
      texture: params.texture ?? hair.texture,
      fringe: params.fringe ?? hair.fringe,
    },
    eyes: { ...eyes, colour: params.eyes ?? eyes.colour },
    beard: params.beard ?? spec.beard,
    glasses: params.glasses ?? spec.glasses,
    clothes: params.clothes ?? spec.clothes,
  };
}

function paint(svg: string, side: number): Promise<Pixels> {
  return rasterizeOpaque(Buffer.from(svg), side, side);
}
