import type { Face } from '../faces/face.ts';
import { meshOf } from '../faces/mesh.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Piece } from '../templates/kinds/sticker.ts';
import type { ParamsOf } from '../templates/params.ts';
import type { TemplateOf } from '../templates/template.ts';
import { ambientLight } from './ambient.ts';
import { placementError } from './anchor.ts';
import { chooseFaces } from './choose.ts';
import { areaOf, clothOf } from './cloth.ts';
import { type ArtUse, type Effect, type Made, onlyPhoto, type Photo, type Touch } from './effect.ts';
import { type Head, headOf } from './head.ts';
import { type Art, art } from './raster/art.ts';
import { drape } from './raster/drape.ts';
import { opaqueCopy } from './raster/picture.ts';
import { headDepth } from './skull.ts';
import { lengthOf } from './surface.ts';

const { max, round } = Math;

type StickerTemplate = TemplateOf<'sticker'>;
type StickerParams = ParamsOf<'sticker'>;

/** Art is drawn at one of these shares of its own size, the nearest above what the face needs: sharp, never aliased, and seldom redrawn. */
const scales = [0.0625, 0.125, 0.25, 0.5, 1];

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
    const { anchor, roll } = placementError(mesh, head);
    measures.anchor = max(measures.anchor, anchor);
    measures.roll = max(measures.roll, roll);
  }
  return { picture: result, base: picture, touches, measures };
}

export const sticker: Effect<'sticker'> = {
  apply,
  art: everyPiece,
  async warm(template) {
    for (const { name, width, height } of everyPiece(template)) await art(template, name, width, height);
  },
};

/** Every drawing of a sticker at every size it may be used at; two pieces may share one. */
function everyPiece(template: StickerTemplate): readonly ArtUse[] {
  const uses = template.pieces.flatMap((piece) => scales.map((scale) => ({ name: piece.art, ...scaled(piece, scale) })));
  return [...new Map(uses.map((use) => [`${use.name} ${use.width} ${use.height}`, use])).values()];
}

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
  const depth = hiding.length > 0 ? headDepth(mesh, head, areaOf(hiding, target.width, target.height)) : undefined;
  const dye = { tint: ambientLight(photo, face), opacity: params.opacity / 100 };
  for (const { piece, cloth } of worn) {
    const sheet = await pieceArt(template, piece, (head.scale * lengthOf(piece.surface) * size) / piece.size.width);
    drape(target, sheet, cloth, { ...dye, side: piece.side, behind: piece.behind ? depth : undefined }, mask);
  }
  return { mask };
}

/** @param needed share of the art's own size that the piece takes in the picture */
function pieceArt(template: StickerTemplate, piece: Piece, needed: number): Promise<Art> {
  const { width, height } = scaled(piece, scales.find((scale) => scale >= needed) ?? 1);
  return art(template, piece.art, width, height);
}

function scaled({ size }: Piece, scale: number) {
  return { width: max(1, round(size.width * scale)), height: max(1, round(size.height * scale)) };
}
