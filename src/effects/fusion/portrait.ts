import type { Face } from '../../faces/face.ts';
import { meshOf } from '../../faces/mesh.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { ManifestOf } from '../../templates/template.ts';
import { areaAround } from '../raster/picture.ts';
import { atlas } from './atlas.ts';
import { type Coarse, cell, coarseOf } from './coarse.ts';
import { readSkin } from './skin.ts';
import { columns, slotOf } from './slot.ts';
import { findStray } from './stray.ts';

const { max, min } = Math;

/** Names of the two pictures of a portrait's pack. */
export const portraitArt = { portrait: 'portrait.webp', cover: 'cover.png' } as const;

/** How far a portrait follows the outline of a face, in widths of the face. */
const reach = 0.45;

/** What a portrait's pack holds: the picture itself, and what covers its faces, to be laid over those of the users. */
export interface Portrait {
  readonly manifest: ManifestOf<'fusion'>;
  /** Four channels, straight alpha; clear but for hair and what else hangs into the faces. */
  readonly cover: Pixels;
}

/**
 * Makes a fusion template of a portrait that was photographed or painted.
 * @param faces those that become slots, left to right
 */
export function portraitOf(
  picture: Pixels,
  faces: readonly Face[],
  { id, title }: { readonly id: string; readonly title: string },
): Portrait {
  const { width, height } = picture;
  const layers: ManifestOf<'fusion'>['layers'] = [
    { art: portraitArt.portrait, place: 'behind', moves: true },
    { art: portraitArt.cover, place: 'front', moves: true },
  ];
  return {
    manifest: {
      id,
      kind: 'fusion',
      version: 1,
      title,
      description: `Your face in this portrait${faces.length > 1 ? `, with ${faces.length - 1} more` : ''}.`,
      slots: faces.length,
      size: { width, height },
      layers,
      faces: faces.map((face) => ({
        landmarks: face.landmarks.map(([x, y]): [number, number] => [tenth(x), tenth(y)]),
        mesh: [...meshOf(face)].map(tenth),
        reach,
        rendering: { paint: 0, line: 0, light: 1, tint: 0, skin: 1, shadow: '#000000', highlight: '#ffffff' },
      })),
    },
    cover: coverOf(picture, faces),
  };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What is unlike skin and hangs into the faces from outside. */
function coverOf(picture: Pixels, faces: readonly Face[]): Pixels {
  const { width, height, channels } = picture;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) for (let k = 0; k < 3; k++) data[4 * i + k] = picture.data[channels * i + k] ?? 0;
  for (const face of faces) {
    const { rest, order } = slotOf(face.landmarks, reach, [...meshOf(face)]);
    const { xs, ys } = columns(rest);
    const area = areaAround(xs, ys, 2 * cell, width, height);
    const sheet = {
      area,
      data: new Uint8ClampedArray(area.width * area.height * 3),
      covered: new Uint8ClampedArray(area.width * area.height).fill(255),
    };
    for (let y = 0, to = 0; y < area.height; y++) {
      for (let x = 0, from = 4 * ((area.y + y) * width + area.x); x < area.width; x++, from += 4, to += 3) {
        for (let k = 0; k < 3; k++) sheet.data[to + k] = data[from + k] ?? 0;
      }
    }
    const coarse = coarseOf(sheet, xs, ys, rest, new Float32Array(atlas.edge.length).fill(1), order);
    const stray = findStray(coarse, readSkin(coarse), true);
    for (let y = 0; y < area.height; y++) {
      for (let x = 0; x < area.width; x++) {
        const at = 4 * ((area.y + y) * width + area.x + x) + 3;
        data[at] = max(data[at] ?? 0, 255 * at4(coarse, stray, x, y));
      }
    }
  }
  return { width, height, channels: 4, data };
}

/** Between cells. */
function at4({ width, height }: Coarse, values: Float32Array, x: number, y: number): number {
  const fx = min(max((x + 0.5) / cell - 0.5, 0), width - 1.001);
  const fy = min(max((y + 0.5) / cell - 0.5, 0), height - 1.001);
  const [u, v] = [fx - (fx | 0), fy - (fy | 0)];
  const at = (fy | 0) * width + (fx | 0);
  const upper = (values[at] ?? 0) * (1 - u) + (values[at + 1] ?? 0) * u;
  return upper * (1 - v) + ((values[at + width] ?? 0) * (1 - u) + (values[at + width + 1] ?? 0) * u) * v;
}
