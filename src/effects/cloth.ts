import type { Piece } from '../templates/kinds/sticker.ts';
import { placementOf } from './anchor.ts';
import type { Head } from './head.ts';
import type { Cloth } from './raster/drape.ts';
import { type Area, areaAround } from './raster/picture.ts';
import { skinOf, skinReference } from './skin.ts';
import { surfaceGrid } from './surface.ts';

/**
 * A piece of a sticker on a head, in the picture.
 * @param size factor on the piece
 */
export function clothOf(piece: Piece, mesh: Float32Array, head: Head, size: number): Cloth {
  const cloth =
    piece.surface.shape === 'face' ? skinCloth(piece.surface, mesh, head, size) : onGrid(piece, piece.surface, mesh, head, size);
  return piece.mirror ? { ...cloth, us: cloth.us.map((u) => 1 - u) } : cloth;
}

type Shape = Piece['surface'];

/** Art on the skin. @param surface where it lies on the mean face as seen from the front, and how far off the skin */
export function skinCloth(surface: Omit<Extract<Shape, { shape: 'face' }>, 'shape'>, mesh: Float32Array, head: Head, size: number): Cloth {
  const skin = skinOf(mesh, head, surface.lift);
  const mean = skinReference();
  const us = new Float32Array(skin.xs.length);
  const vs = new Float32Array(skin.xs.length);
  for (let i = 0; i < us.length; i++) {
    us[i] = 0.5 + ((mean[3 * i] ?? 0) - surface.center[0]) / (surface.size[0] * size);
    vs[i] = 0.5 + ((mean[3 * i + 1] ?? 0) - surface.center[1]) / (surface.size[1] * size);
  }
  return { ...skin, us, vs, triangles: within(skin.triangles, us, vs) };
}

function onGrid({ anchor }: Piece, surface: Exclude<Shape, { shape: 'face' }>, mesh: Float32Array, head: Head, size: number): Cloth {
  const { points, ...grid } = surfaceGrid(surface);
  const placed = points.map(placementOf(anchor, mesh, head, size));
  return {
    ...grid,
    xs: Float32Array.from(placed, ([x]) => x),
    ys: Float32Array.from(placed, ([, y]) => y),
    zs: Float32Array.from(placed, ([, , z]) => z),
  };
}

/** The triangles that some of the art falls on. */
function within(triangles: Uint16Array, us: Float32Array, vs: Float32Array): Uint16Array {
  const kept = new Uint16Array(triangles.length);
  let count = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a = 0, b = 0, c = 0] = triangles.subarray(t, t + 3);
    const outside = (values: Float32Array): boolean => {
      const [p = 0, q = 0, r = 0] = [values[a], values[b], values[c]];
      return (p < 0 && q < 0 && r < 0) || (p > 1 && q > 1 && r > 1);
    };
    if (outside(us) || outside(vs)) continue;
    kept[count] = a;
    kept[count + 1] = b;
    kept[count + 2] = c;
    count += 3;
  }
  return kept.subarray(0, count);
}

/** The part of a picture that some cloths may cover. */
export function areaOf(cloths: readonly Cloth[], width: number, height: number): Area {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const cloth of cloths) {
    for (const index of new Set(cloth.triangles)) {
      xs.push(cloth.xs[index] ?? 0);
      ys.push(cloth.ys[index] ?? 0);
    }
  }
  return areaAround(xs, ys, 1, width, height);
}
