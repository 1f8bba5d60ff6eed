import type { Point } from '../faces/face.ts';
import type { Pixels } from '../image/pixels.ts';
import type { ParamsOf } from '../templates/params.ts';
import type { TemplateOf } from '../templates/template.ts';
import { ambientLight } from './ambient.ts';
import { chooseFaces } from './choose.ts';
import { type ArtUse, type Effect, type Made, onlyPhoto, type Photo } from './effect.ts';
import { viewHead } from './head.ts';
import { type Art, art } from './raster/art.ts';
import type { Rgb } from './raster/colour.ts';
import { type Mesh, rasterizeMesh } from './raster/mesh.ts';
import { areaAround, opaqueCopy } from './raster/picture.ts';
import { sampleArt } from './raster/sample.ts';
import { surfaceGrid } from './surface.ts';

const { max, round } = Math;
const { isNaN: missing } = Number;

type StickerTemplate = TemplateOf<'sticker'>;
type Piece = StickerTemplate['pieces'][number];

/** Art is drawn at one of these shares of its own size, the nearest above what the face needs: sharp, never aliased, and seldom redrawn. */
const scales = [0.0625, 0.125, 0.25, 0.5, 1];

/**
 * Lays a sticker on faces: each piece is a surface on the head, seen through the head's own view, so that it follows roll, scale, yaw and
 * pitch; what is turned away from the viewer is not drawn.
 * @throws Problem `no-face`, `invalid-params`
 */
async function apply(template: StickerTemplate, params: ParamsOf<'sticker'>, photos: readonly Photo[]): Promise<Made> {
  const { picture, faces } = onlyPhoto(photos);
  const chosen = chooseFaces(faces, params.faces);
  const result = opaqueCopy(picture);
  // Smaller faces are farther away, so they are drawn first.
  for (const face of [...chosen].sort((a, b) => a.box.height - b.box.height)) {
    const light = ambientLight(picture, face);
    for (const piece of template.pieces) await drawPiece(result, template, piece, face.landmarks, light, params);
  }
  return { picture: result, base: picture, touches: [], measures: {} };
}

export const sticker: Effect<'sticker'> = {
  apply,
  art: everyPiece,
  async warm(template) {
    for (const { name, width, height } of everyPiece(template)) await art(template, name, width, height);
  },
};

/** Every drawing of a sticker at every size it may be used at. */
function everyPiece(template: StickerTemplate): readonly ArtUse[] {
  return template.pieces.flatMap((piece) => scales.map((scale) => ({ name: piece.art, ...scaled(piece, scale) })));
}

async function drawPiece(
  target: Pixels,
  template: StickerTemplate,
  piece: Piece,
  landmarks: readonly Point[],
  light: Rgb,
  params: ParamsOf<'sticker'>,
): Promise<void> {
  const view = viewHead(landmarks);
  const grid = surfaceGrid(piece.surface, params.size / 100);
  const points = grid.points.map((point) => view.project(point));
  const needed = (view.scale * grid.width * (params.size / 100)) / piece.size.width;
  const sheet = await pieceArt(template, piece, scales.find((scale) => scale >= needed) ?? 1);
  const values = new Float32Array(points.length * 2);
  grid.uvs.forEach(([u, v], i) => {
    values[2 * i] = u * sheet.width;
    values[2 * i + 1] = v * sheet.height;
  });
  const xs = Float32Array.from(points, ([x]) => x);
  const ys = Float32Array.from(points, ([, y]) => y);
  paint(target, { xs, ys, triangles: grid.triangles, values, count: 2 }, sheet, light, params.opacity / 100);
}

function pieceArt(template: StickerTemplate, piece: Piece, scale: number): Promise<Art> {
  const { width, height } = scaled(piece, scale);
  return art(template, piece.art, width, height);
}

function scaled({ size }: Piece, scale: number) {
  return { width: max(1, round(size.width * scale)), height: max(1, round(size.height * scale)) };
}

function paint(target: Pixels, mesh: Mesh, sheet: Art, light: Rgb, opacity: number): void {
  const area = areaAround(mesh.xs, mesh.ys, 1, target.width, target.height);
  const field = rasterizeMesh(mesh, area);
  const colour = new Float32Array(4);
  const { data, width } = target;
  for (let y = 0, from = 0; y < area.height; y++) {
    let to = ((area.y + y) * width + area.x) * 3;
    for (let x = 0; x < area.width; x++, from += 2, to += 3) {
      const u = field.data[from] ?? Number.NaN;
      if (missing(u)) continue;
      sampleArt(sheet, u, field.data[from + 1] ?? 0, colour);
      const rest = 1 - ((colour[3] ?? 0) / 255) * opacity;
      if (rest === 1) continue;
      for (let k = 0; k < 3; k++) data[to + k] = (colour[k] ?? 0) * (light[k] ?? 1) * opacity + (data[to + k] ?? 0) * rest;
    }
  }
}
