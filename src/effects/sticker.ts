import type { Face } from '../faces/face.ts';
import { meshOf } from '../faces/mesh.ts';
import type { Pixels } from '../image/pixels.ts';
import type { ParamsOf } from '../templates/params.ts';
import type { TemplateOf } from '../templates/template.ts';
import { ambientLight } from './ambient.ts';
import { fitOf } from './anchor.ts';
import { chooseFaces } from './choose.ts';
import { areaOf, clothOf } from './cloth.ts';
import { type Effect, type Made, onlyPhoto, type Photo, type Touch } from './effect.ts';
import { type Head, headOf } from './head.ts';
import { type DepthMap, shareSeen } from './raster/depth.ts';
import { type Cloth, drape } from './raster/drape.ts';
import { opaqueCopy } from './raster/picture.ts';
import { sheetArt, sheetUses } from './sheet.ts';
import { headDepth } from './skull.ts';
import { lengthOf } from './surface.ts';

const { max } = Math;

type StickerTemplate = TemplateOf<'sticker'>;
type StickerParams = ParamsOf<'sticker'>;

/**
 * Lays a sticker on faces: each piece is a surface on the head, or the skin itself, so that it follows roll, scale, yaw, pitch and expression;
 * what is turned away from the viewer or lies behind the head is not drawn.
 * @throws Problem `no-face`, `invalid-params`
 */
async function apply(template: StickerTemplate, params: StickerParams, photos: readonly Photo[]): Promise<Made> {
  const { picture, faces } = onlyPhoto(photos);
  const chosen = chooseFaces(faces, params.faces);
  const result = opaqueCopy(picture);
  const touches: Touch[] = [];
  const measures = { anchor: 0, roll: 0 };
  // Smaller faces are farther away, so they are drawn first.
  for (const face of [...chosen].sort((a, b) => a.box.height - b.box.height)) {
    const mesh = meshOf(face);
    const head = headOf(mesh);
    touches.push(await decorate(result, picture, template, params, { face, mesh, head }));
    for (const { surface, anchor } of template.pieces) {
      if (surface.shape === 'face') continue;
      const fit = fitOf(anchor, mesh, head);
      measures.anchor = max(measures.anchor, fit.anchor);
      measures.roll = max(measures.roll, fit.roll);
    }
  }
  return { picture: result, base: picture, touches, measures };
}

export const sticker: Effect<'sticker'> = {
  apply,
  art: ({ pieces }) => sheetUses(pieces),
};

interface Wearer {
  readonly face: Face;
  readonly mesh: Float32Array;
  readonly head: Head;
}

async function decorate(
  target: Pixels,
  photo: Pixels,
  template: StickerTemplate,
  params: StickerParams,
  { face, mesh, head }: Wearer,
): Promise<Touch> {
  const size = params.size / 100;
  const worn = template.pieces.map((piece) => ({ piece, cloth: clothOf(piece, mesh, head, size) }));
  const area = areaOf(
    worn.map(({ cloth }) => cloth),
    target.width,
    target.height,
  );
  const mask = { area, data: new Uint8Array(area.width * area.height) };
  const hiding = worn.filter(({ piece }) => piece.behind).map(({ cloth }) => cloth);
  const depth = hiding.length > 0 ? headDepth(mesh, head, areaOf(hiding, target.width, target.height), 2) : undefined;
  const seen = depth && ((x: number, y: number, z: number) => shareSeen(depth, x, y, z));
  const dye = { tint: ambientLight(photo, face), opacity: params.opacity / 100 };
  for (const { piece, cloth } of worn) {
    const sheet = await sheetArt(template, piece, head.scale * lengthOf(piece.surface) * size);
    if (piece.behind && depth !== undefined) drape(target, sheet, unhidden(cloth, depth), { ...dye, side: piece.side, seen }, mask);
    else drape(target, sheet, cloth, { ...dye, side: piece.side }, mask);
  }
  return { mask };
}

/** A head has no hollows worth speaking of: a triangle whose three corners it hides is hidden. */
function unhidden(cloth: Cloth, depth: DepthMap): Cloth {
  const { xs, ys, zs, triangles } = cloth;
  const hidden = Uint8Array.from(xs, (x, i) => (shareSeen(depth, x, ys[i] ?? 0, zs[i] ?? 0) === 0 ? 1 : 0));
  const seen = triangles.filter((_, i) => {
    const first = i - (i % 3);
    return !(hidden[triangles[first] ?? 0] && hidden[triangles[first + 1] ?? 0] && hidden[triangles[first + 2] ?? 0]);
  });
  return { ...cloth, triangles: seen };
}
