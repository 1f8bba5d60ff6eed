import type { Face, Point } from '../../faces/face.ts';
import { meshOf, meshPoint } from '../../faces/mesh.ts';
import { chin, faceOval } from '../../faces/topology.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Place } from '../../templates/kinds/mesh.ts';
import { clamp, smoothstep } from '../raster/picture.ts';
import { reduce } from '../raster/sheet.ts';
import { findSubject } from '../subject.ts';

const { floor, hypot, min, round } = Math;

/** Pixels of the picture to one of a stage: what is carved or glows is soft, so half the size is enough. */
export const stageFactor = 2;

/** A person moved to where a template wants its face. Places are pixels of the stage. */
export interface Stage {
  readonly width: number;
  readonly height: number;
  /** Lightness, 0 to 255. */
  readonly light: Float32Array;
  /** How much each pixel is part of the person, 0 to 1. */
  readonly matte: Float32Array;
  /** How much of each pixel the photo shows: 0 beyond it, 1 well inside. */
  readonly seen: Float32Array;
  readonly mesh: Float32Array;
  /** From the top of the forehead to the chin. */
  readonly length: number;
  /** From a place of the photo to one of the picture. */
  readonly move: (point: Point) => Point;
}

/**
 * @param size of the picture that is made
 * @param place where the middle of the face goes and how long the face becomes, pixels of that picture
 */
export function setStage(picture: Pixels, face: Face, size: { width: number; height: number }, place: Place): Stage {
  const own = meshOf(face);
  const [topX, topY] = meshPoint(own, faceOval[0]);
  const [chinX, chinY] = meshPoint(own, chin);
  const scale = place.length / hypot(topX - chinX, topY - chinY);
  const [x, y] = [(topX + chinX) / 2, (topY + chinY) / 2];
  const width = floor(size.width / stageFactor);
  const height = floor(size.height / stageFactor);
  const mesh = Float32Array.from(own, (value, i) => {
    if (i % 3 === 2) return (value * scale) / stageFactor;
    return i % 3 === 0 ? (place.x + (value - x) * scale) / stageFactor : (place.y + (value - y) * scale) / stageFactor;
  });
  const sheet = reduce(picture, clamp(round(stageFactor / scale), 1, 8));
  const matte = findSubject(sheet, [face]);
  // A place of the stage in the photo: from + step * its number.
  const step = stageFactor / scale;
  const from = { x: x - place.x / scale + step / 2, y: y - place.y / scale + step / 2, step };
  return {
    width,
    height,
    light: resampled({ ...sheet, data: sheet.light }, from, width, height),
    matte: resampled(matte, from, width, height),
    seen: seenOf(picture, from, width, height, hypot(topX - chinX, topY - chinY)),
    mesh,
    length: place.length / stageFactor,
    move: ([px, py]) => [place.x + (px - x) * scale, place.y + (py - y) * scale],
  };
}

interface From {
  readonly x: number;
  readonly y: number;
  readonly step: number;
}

/** Bilinear; beyond the edge its last pixel goes on. */
function resampled(
  plane: { width: number; height: number; factor: number; data: Float32Array },
  from: From,
  width: number,
  height: number,
): Float32Array {
  const out = new Float32Array(width * height);
  const { data } = plane;
  for (let y = 0, to = 0; y < height; y++) {
    const v = clamp((from.y + y * from.step) / plane.factor - 0.5, 0, plane.height - 1);
    const above = floor(v) * plane.width;
    const below = min(floor(v) + 1, plane.height - 1) * plane.width;
    const dv = v - floor(v);
    for (let x = 0; x < width; x++, to++) {
      const u = clamp((from.x + x * from.step) / plane.factor - 0.5, 0, plane.width - 1.001);
      const i = u | 0;
      const du = u - i;
      const upper = (data[above + i] ?? 0) * (1 - du) + (data[above + i + 1] ?? 0) * du;
      const lower = (data[below + i] ?? 0) * (1 - du) + (data[below + i + 1] ?? 0) * du;
      out[to] = upper * (1 - dv) + lower * dv;
    }
  }
  return out;
}

/** 1 well inside the photo, fading to 0 at its edges. @param length of the face in the photo */
function seenOf({ width: columns, height: rows }: Pixels, from: From, width: number, height: number, length: number): Float32Array {
  const out = new Float32Array(width * height);
  const across = Float32Array.from({ length: width }, (_, i) => {
    const x = from.x + i * from.step;
    return smoothstep(0, 0.2 * length, min(x, columns - x));
  });
  for (let y = 0, i = 0; y < height; y++) {
    const v = from.y + y * from.step;
    const down = smoothstep(0, 0.2 * length, min(v, rows - v));
    for (let x = 0; x < width; x++, i++) out[i] = down * (across[x] ?? 0);
  }
  return out;
}
