import type { Face } from '../../faces/face.ts';
import { meshOf, meshPoint } from '../../faces/mesh.ts';
import { chin, faceOval } from '../../faces/topology.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Place } from '../../templates/kinds/mesh.ts';
import { halve, type Plane, resample } from '../raster/enlarge.ts';
import { clamp, smoothstep } from '../raster/picture.ts';
import { reduce } from '../raster/planes.ts';
import { findSubject } from '../subject.ts';

const { floor, hypot, min, round } = Math;

/** Pixels of the picture to one of a stage: forms are smooth. */
export const stageFactor = 4;

/** Pixels of the picture to one of the plane that holds what is fine: lines of a chisel, strands of hair. */
export const fineFactor = 2;

/** A person moved to where a template wants its face. Places and lengths are pixels of the stage. */
export interface Stage {
  readonly width: number;
  readonly height: number;
  /** Lightness, 0 to 255, of the stage and twice as fine. */
  readonly light: Float32Array;
  readonly fine: Plane;
  /** How much each pixel is part of the person, 0 to 1. */
  readonly matte: Float32Array;
  /** How much of each pixel the photo shows: 0 beyond it, 1 well inside. */
  readonly seen: Float32Array;
  readonly mesh: Float32Array;
  /** From the top of the forehead to the chin. */
  readonly length: number;
}

/**
 * @param size of the picture that is made
 * @param place where the middle of the face goes and how long the face becomes, pixels of that picture
 */
export function setStage(picture: Pixels, face: Face, size: { width: number; height: number }, place: Place): Stage {
  const own = meshOf(face);
  const [topX, topY] = meshPoint(own, faceOval[0]);
  const [chinX, chinY] = meshPoint(own, chin);
  const length = hypot(topX - chinX, topY - chinY);
  const scale = place.length / length;
  const [x, y] = [(topX + chinX) / 2, (topY + chinY) / 2];
  const mesh = Float32Array.from(own, (value, i) => {
    if (i % 3 === 2) return (value * scale) / stageFactor;
    return i % 3 === 0 ? (place.x + (value - x) * scale) / stageFactor : (place.y + (value - y) * scale) / stageFactor;
  });
  const width = floor(size.width / stageFactor);
  const height = floor(size.height / stageFactor);
  // The photo's place of the picture's corner, and its pixels to one of the picture's.
  const corner = { x: x - place.x / scale, y: y - place.y / scale };
  const take = (plane: Plane, factor: number, by: number, columns: number, rows: number): Plane => {
    const step = by / scale;
    return resample(plane, columns, rows, step / factor, (corner.x + step / 2) / factor - 0.5, (corner.y + step / 2) / factor - 0.5);
  };
  const planes = reduce(picture, clamp(round(fineFactor / scale), 1, 8));
  const matte = findSubject(planes, [face]);
  const finer = stageFactor / fineFactor;
  const fine = take({ ...planes, data: planes.light }, planes.factor, fineFactor, width * finer, height * finer);
  return {
    width,
    height,
    light: halve(fine).data,
    fine,
    matte: take(matte, matte.factor, stageFactor, width, height).data,
    seen: seenOf(picture, corner, stageFactor / scale, width, height, length),
    mesh,
    length: place.length / stageFactor,
  };
}

/** 1 well inside the photo, fading to 0 at its edges. @param length of the face in the photo */
function seenOf(
  picture: Pixels,
  corner: { x: number; y: number },
  step: number,
  width: number,
  height: number,
  length: number,
): Float32Array {
  const fade = (place: number, size: number): number => smoothstep(0, 0.2 * length, min(place, size - place));
  const across = Float32Array.from({ length: width }, (_, i) => fade(corner.x + (i + 0.5) * step, picture.width));
  const out = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const down = fade(corner.y + (y + 0.5) * step, picture.height);
    for (let x = 0; x < width; x++, i++) out[i] = down * (across[x] ?? 0);
  }
  return out;
}

/** The mean lightness of the face: what counts as skin. */
export function skinLight({ light }: Stage, inside: Float32Array): number {
  let sum = 0;
  let weight = 1e-6;
  for (let i = 0; i < light.length; i++) {
    sum += (light[i] ?? 0) * (inside[i] ?? 0);
    weight += inside[i] ?? 0;
  }
  return Math.max(30, sum / weight);
}

/** A plane of the stage as fine as its fine one. */
export function refined({ width, height, fine }: Stage, data: Float32Array): Float32Array {
  return resample({ width, height, data }, fine.width, fine.height, fineFactor / stageFactor).data;
}
