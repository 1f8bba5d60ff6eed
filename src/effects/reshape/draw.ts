import { meshSize } from '../../faces/mesh.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Drawing } from '../../templates/kinds/reshape.ts';
import { skinCloth } from '../cloth.ts';
import { type Head, reference } from '../head.ts';
import type { Art } from '../raster/art.ts';
import type { Rgb } from '../raster/colour.ts';
import { type Cloth, drape } from '../raster/drape.ts';
import type { Mask } from '../raster/picture.ts';
import type { Field, Grid } from './field.ts';
import type { Colours } from './look.ts';

const { floor, max, min } = Math;

/** A face after the warp. */
export interface Warped {
  readonly mesh: Float32Array;
  readonly head: Head;
  readonly field: Field;
  readonly colours: Colours;
  readonly touch: { readonly mask: Mask };
}

/** How much of its size seen from the front a triangle of the skin must keep to be drawn on: less, and it is the far edge of a turned face. */
const facing = 0.4;

/** Lays a drawing on the skin of a face. */
export function drawOnSkin(
  target: Pixels,
  sheet: Art,
  { center, extent }: Drawing,
  { mesh, head, field, colours, touch }: Warped,
  tint: Rgb,
): void {
  const { grid, skin } = colours;
  // The skin was found in the photo: each place takes that of where it came from.
  const bare = new Float32Array(skin.length);
  for (let i = 0; i < bare.length; i++) {
    const x = grid.area.x + ((i % grid.width) + 0.5) * grid.step;
    const y = grid.area.y + (floor(i / grid.width) + 0.5) * grid.step;
    const at = nodeAt(field, x, y);
    bare[i] = skin[nodeAt(grid, x + (field.dx[at] ?? 0), y + (field.dy[at] ?? 0))] ?? 0;
  }
  const cloth = skinCloth({ center, size: extent, lift: 0 }, mesh, head, 1);
  const seen = (x: number, y: number): number => bare[nodeAt(grid, x, y)] ?? 0;
  drape(target, sheet, { ...cloth, triangles: turnedToViewer(cloth, head.scale) }, { tint, opacity: 1, side: 'outer', seen }, touch.mask);
}

/** Triangles of the face itself, its hem left out, that are turned to the viewer. */
function turnedToViewer({ xs, ys, triangles }: Cloth, scale: number): Uint16Array {
  const least = facing * scale * scale;
  return triangles.filter((_, i) => {
    const [a = 0, b = 0, c = 0] = triangles.subarray(i - (i % 3), i - (i % 3) + 3);
    if (max(a, b, c) >= meshSize) return false;
    const flat = signedArea(reference, a, b, c);
    const found =
      ((xs[b] ?? 0) - (xs[a] ?? 0)) * ((ys[c] ?? 0) - (ys[a] ?? 0)) - ((xs[c] ?? 0) - (xs[a] ?? 0)) * ((ys[b] ?? 0) - (ys[a] ?? 0));
    return flat > 0 && found > least * flat;
  });
}

/** Twice the area of a triangle of the mean face as seen from the front. */
function signedArea(points: Float32Array, a: number, b: number, c: number): number {
  const [x, y] = [points[3 * a] ?? 0, points[3 * a + 1] ?? 0];
  return ((points[3 * b] ?? 0) - x) * ((points[3 * c + 1] ?? 0) - y) - ((points[3 * c] ?? 0) - x) * ((points[3 * b + 1] ?? 0) - y);
}

/** The node nearest to a place in the picture. */
function nodeAt({ area, step, width, height }: Grid, x: number, y: number): number {
  const column = min(max(floor((x - area.x) / step), 0), width - 1);
  return min(max(floor((y - area.y) / step), 0), height - 1) * width + column;
}
