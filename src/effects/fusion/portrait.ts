import type { Face } from '../../faces/face.ts';
import { meshOf } from '../../faces/mesh.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Rendering } from '../../templates/kinds/fusion.ts';
import type { ManifestOf } from '../../templates/template.ts';
import { type Area, areaAround, smoothstep } from '../raster/picture.ts';
import { atlas } from './atlas.ts';
import { type Coarse, cell, coarseOf } from './coarse.ts';
import { graininess } from './grain.ts';
import { readSkin, type Skin } from './skin.ts';
import { columns, slotOf } from './slot.ts';
import { findStray } from './stray.ts';

const { max, min, round } = Math;

/** Names of the two pictures of a portrait's pack. */
export const portraitArt = { portrait: 'portrait.webp', cover: 'cover.png' } as const;

/** How far a portrait follows the outline of a face, in widths of the face. */
const reach = 0.45;

/** Graininess (grain.ts) of skin in a photo, and of skin that somebody drew without any texture. */
const photographed = 0.9;
const flat = 0.4;

/** What a portrait's pack holds: the picture itself, and what covers its faces, to be laid over those of the users. */
export interface Portrait {
  readonly manifest: ManifestOf<'fusion'>;
  /** Four channels, straight alpha; clear but for hair and what else hangs into the faces. */
  readonly cover: Pixels;
}

/** A face of the portrait in cells. */
interface Sitter {
  readonly face: Face;
  readonly mesh: readonly number[];
  readonly area: Area;
  readonly coarse: Coarse;
  readonly skin: Skin;
}

/**
 * Makes a fusion template of a portrait that was photographed, painted or drawn.
 * @param faces those that become slots, left to right
 */
export function portraitOf(
  picture: Pixels,
  faces: readonly Face[],
  { id, title }: { readonly id: string; readonly title: string },
): Portrait {
  const { width, height } = picture;
  const sitters = faces.map((face) => sitterOf(picture, face));
  const more = faces.length > 1 ? `, with ${faces.length - 1} more` : '';
  const manifest: ManifestOf<'fusion'> = {
    id,
    kind: 'fusion',
    version: 1,
    title,
    description: `Your face in this portrait${more}.`,
    slots: faces.length,
    size: { width, height },
    layers: [
      { art: portraitArt.portrait, place: 'behind', moves: true },
      { art: portraitArt.cover, place: 'front', moves: true },
    ],
    faces: sitters.map((sitter) => ({
      landmarks: sitter.face.landmarks.map(([x, y]): [number, number] => [tenth(x), tenth(y)]),
      mesh: [...sitter.mesh],
      reach,
      rendering: renderingOf(sitter),
    })),
  };
  return { manifest, cover: coverOf(picture, sitters) };
}

function tenth(value: number): number {
  return round(value * 10) / 10;
}

function sitterOf(picture: Pixels, face: Face): Sitter {
  const mesh = [...meshOf(face)].map(tenth);
  const { rest, order } = slotOf(face.landmarks, reach, mesh);
  const { xs, ys } = columns(rest);
  const area = areaAround(xs, ys, 2 * cell, picture.width, picture.height);
  const data = new Uint8ClampedArray(area.width * area.height * 3);
  for (let y = 0, to = 0; y < area.height; y++) {
    let from = picture.channels * ((area.y + y) * picture.width + area.x);
    for (let x = 0; x < area.width; x++, from += picture.channels, to += 3) {
      for (let k = 0; k < 3; k++) data[to + k] = picture.data[from + k] ?? 0;
    }
  }
  const sheet = { area, data, covered: new Uint8ClampedArray(area.width * area.height).fill(255) };
  const coarse = coarseOf(sheet, xs, ys, rest, new Float32Array(atlas.edge.length).fill(1), order);
  return { face, mesh, area, coarse, skin: readSkin(coarse) };
}

/** A face takes the light and the skin of the portrait, and is drawn as flat as the portrait is: a photo's skin has grain, and so has canvas. */
function renderingOf({ coarse, skin }: Sitter): Rendering {
  const paint = round(80 * (1 - smoothstep(flat, photographed, graininess(coarse, skin)))) / 100;
  return { paint, line: round(30 * paint) / 100, light: 1, tint: 0, skin: 1, shadow: '#000000', highlight: '#ffffff' };
}

/** What is unlike skin and hangs into the faces from outside. */
function coverOf(picture: Pixels, sitters: readonly Sitter[]): Pixels {
  const { width, height, channels } = picture;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) for (let k = 0; k < 3; k++) data[4 * i + k] = picture.data[channels * i + k] ?? 0;
  for (const { area, coarse, skin } of sitters) {
    const stray = findStray(coarse, skin, true);
    for (let y = 0; y < area.height; y++) {
      for (let x = 0; x < area.width; x++) {
        const to = 4 * ((area.y + y) * width + area.x + x) + 3;
        data[to] = max(data[to] ?? 0, 255 * between(coarse, stray, x, y));
      }
    }
  }
  return { width, height, channels: 4, data };
}

/** A number of the cells at a pixel of their area. */
function between({ width, height }: Coarse, values: Float32Array, x: number, y: number): number {
  const fx = min(max((x + 0.5) / cell - 0.5, 0), width - 1.001);
  const fy = min(max((y + 0.5) / cell - 0.5, 0), height - 1.001);
  const [u, v] = [fx - (fx | 0), fy - (fy | 0)];
  const at = (fy | 0) * width + (fx | 0);
  const upper = (values[at] ?? 0) * (1 - u) + (values[at + 1] ?? 0) * u;
  return upper * (1 - v) + ((values[at + width] ?? 0) * (1 - u) + (values[at + width + 1] ?? 0) * u) * v;
}
