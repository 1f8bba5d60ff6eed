import type { Face } from '../faces/face.ts';
import { meanFace } from '../faces/mean-face.ts';
import { landmarksOf } from '../faces/sixty-eight.ts';
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

export const avatar: Effect<'avatar'> = { apply, art: () => [], warm };

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

/** Goes the whole way once with the mean face on a blank picture: code is compiled and the renderer of SVG is loaded before a photo comes. */
async function warm(template: TemplateOf<'avatar'>): Promise<void> {
  const [side, unit] = [160, 30];
  const mesh = meanFace.map((value, i) => value * unit + (i % 3 === 2 ? 0 : side / 2));
  const landmarks = landmarksOf(mesh);
  const box = { x: side / 4, y: side / 4, width: side / 2, height: side / 2 };
  const blank: Pixels = { width: side, height: side, channels: 3, data: new Uint8ClampedArray(side * side * 3).fill(128) };
  const spec = measureFace(blank, { box, score: 1, pose: { yaw: 0, pitch: 0, roll: 0 }, landmarks, mesh });
  await paint(drawAvatar(spec, template, 'auto'), side);
}
