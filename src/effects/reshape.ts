import type { Face, Point } from '../faces/face.ts';
import { meshOf } from '../faces/mesh.ts';
import { landmarksOf } from '../faces/sixty-eight.ts';
import type { Pixels } from '../image/pixels.ts';
import type { TemplateOf } from '../templates/template.ts';
import { ambientLight } from './ambient.ts';
import { chooseFaces } from './choose.ts';
import { type Effect, type Made, onlyPhoto, type Touch } from './effect.ts';
import { type Head, headOf } from './head.ts';
import { opaqueCopy } from './raster/picture.ts';
import { apart } from './reshape/apart.ts';
import { drawOnSkin, type Warped } from './reshape/draw.ts';
import { displaced, type Field, fieldOf, folds, warpGrid } from './reshape/field.ts';
import { paintLook } from './reshape/look.ts';
import { displacementOf } from './reshape/shape.ts';
import { drawWarped } from './reshape/warp.ts';
import { sheetArt, sheetUses } from './sheet.ts';

const { max } = Math;

type ReshapeTemplate = TemplateOf<'reshape'>;

/** A person in a photo. */
interface Sitter {
  readonly face: Face;
  readonly mesh: Float32Array;
  readonly head: Head;
}

/** What is known of a face once it is warped. */
interface Reshaped extends Warped {
  readonly touch: Touch;
  readonly tearing: number;
}

/**
 * Changes faces by smooth warps and a painted look: the face stays the person's own, what lies around it gives way softly, the background stands
 * still.
 * @throws Problem `no-face`, `invalid-params`
 */
async function apply(...[template, params, photos]: Parameters<Effect<'reshape'>['apply']>): Promise<Made> {
  const { picture, faces, others = [] } = onlyPhoto(photos);
  const chosen = chooseFaces(faces, params.faces);
  const result = opaqueCopy(picture);
  const sitters = [...faces, ...others].map((face): Sitter => {
    const mesh = meshOf(face);
    return { face, mesh, head: headOf(mesh) };
  });
  const touches: Touch[] = [];
  let tearing = 0;
  for (const sitter of sitters) {
    if (params.strength === 0 || !chosen.includes(sitter.face)) continue;
    const rest = sitters.filter((other) => other !== sitter).map(({ head }) => head);
    const made = reshapeFace(result, picture, template, params.strength / 100, sitter, rest);
    for (const drawing of template.drawings) {
      const sheet = await sheetArt(template, drawing, sitter.head.scale * drawing.extent[0]);
      drawOnSkin(result, sheet, drawing, made, ambientLight(picture, sitter.face));
    }
    touches.push(made.touch);
    tearing = max(tearing, made.tearing);
  }
  return { picture: result, base: picture, touches, measures: { tearing } };
}

export const reshape: Effect<'reshape'> = {
  apply,
  art: ({ drawings }) => sheetUses(drawings),
};

function reshapeFace(
  target: Pixels,
  photo: Pixels,
  template: ReshapeTemplate,
  strength: number,
  { face, mesh, head }: Sitter,
  others: readonly Head[],
): Reshaped {
  const grid = warpGrid(mesh, head, photo);
  const { moved, field } = unfolded(strength, (share) => {
    const to = displaced(mesh, head, displacementOf(head, template, share));
    return { moved: to, field: fieldOf(grid, mesh, to, head, apart(head, others)) };
  });
  const colours = paintLook(photo, mesh, head, template.look, strength);
  const mask = { area: grid.area, data: new Uint8Array(grid.area.width * grid.area.height) };
  drawWarped(target, photo, field, colours, mask);
  return {
    touch: { mask, landmarks: movedLandmarks(face, mesh, moved) },
    tearing: folds(field),
    mesh: moved,
    head,
    field,
    colours,
  };
}

/** The warp at a strength, or at the greatest one below at which the picture does not fold over. */
function unfolded<W extends { readonly field: Field }>(strength: number, at: (share: number) => W): W {
  let share = strength;
  let warp = at(share);
  for (let tries = 0; tries < 8 && folds(warp.field) > 0; tries++) {
    share *= 0.8;
    warp = at(share);
  }
  return warp;
}

/** The 68 points, each moved as the mesh beside it is. */
function movedLandmarks({ landmarks }: Face, before: Float32Array, after: Float32Array): readonly Point[] {
  const [from, to] = [landmarksOf(before), landmarksOf(after)];
  return landmarks.map(([x, y], i): Point => [x + (to[i]?.[0] ?? 0) - (from[i]?.[0] ?? 0), y + (to[i]?.[1] ?? 0) - (from[i]?.[1] ?? 0)]);
}
