import { rasterizeMesh } from '../raster/mesh.ts';
import { atlas } from './atlas.ts';
import { columns } from './slot.ts';
import type { Sheet } from './warp.ts';

const { ceil, max, min, sqrt } = Math;

/** Light, colour and what covers a face have no detail: they are worked out on cells of so many pixels a side. */
export const cell = 4;

/** Numbers that the mesh tells of a cell. */
export const meshed = 10;

/**
 * Their places: where on the template's own face the cell lies, pixels of the scene, NaN beside the face; then as `Atlas` says, 1 for the edge and 0
 * beside the face; last, whether the photo shows this side of the face, or the other one in its place.
 */
export const at = { restX: 0, restY: 1, edge: 2, feature: 3, lips: 4, hidden: 5, outer: 6, jaw: 7, temple: 8, inside: 9 } as const;

/** A face in cells: what the mesh says of each, and its mean colour. */
export interface Coarse {
  readonly width: number;
  readonly height: number;
  /** `meshed` floats a cell. */
  readonly mesh: Float32Array;
  /** Three floats a cell, 0 to 255: the mean of what is covered. */
  readonly colours: Float32Array;
  /** How rough it is: standard deviation of lightness over its mean; skin is smooth, hair is not. */
  readonly rough: Float32Array;
  /** Share of the cell that the face covers. */
  readonly cover: Float32Array;
}

/**
 * @param xs @param ys where the mesh lies, pixels of the scene
 * @param rest the mesh at rest
 * @param inside a number for each point
 * @param order triangles, the nearest first
 */
export function coarseOf(
  sheet: Sheet,
  xs: Float32Array,
  ys: Float32Array,
  rest: Float32Array,
  inside: Float32Array,
  order: Uint16Array,
): Coarse {
  const { area } = sheet;
  const width = ceil(area.width / cell);
  const height = ceil(area.height / cell);
  const restAt = columns(rest);
  const values = new Float32Array(xs.length * meshed);
  [restAt.xs, restAt.ys, atlas.edge, atlas.feature, atlas.lips, atlas.hidden, atlas.outer, atlas.jaw, atlas.temple, inside].forEach(
    (column, k) => {
      for (let i = 0; i < column.length; i++) values[i * meshed + k] = column[i] ?? 0;
    },
  );
  const small = { xs: xs.map((x) => (x - area.x) / cell), ys: ys.map((y) => (y - area.y) / cell), triangles: order, values, count: meshed };
  const mesh = rasterizeMesh(small, { x: 0, y: 0, width, height }).data;
  for (let m = 0; m < mesh.length; m += meshed) {
    if (!Number.isNaN(mesh[m] ?? 0)) continue;
    mesh[m + at.edge] = 1;
    mesh.fill(0, m + at.feature, m + meshed);
  }
  return { width, height, mesh, ...means(sheet, width, height) };
}

function means({ area, data, covered }: Sheet, width: number, height: number): Pick<Coarse, 'colours' | 'rough' | 'cover'> {
  const colours = new Float32Array(width * height * 3);
  const rough = new Float32Array(width * height);
  const cover = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const end = min(area.height, (y + 1) * cell);
    for (let x = 0; x < width; x++) {
      const right = min(area.width, (x + 1) * cell);
      let count = 0;
      let r = 0;
      let g = 0;
      let b = 0;
      let squares = 0;
      for (let v = y * cell; v < end; v++) {
        for (let u = x * cell, i = v * area.width + u; u < right; u++, i++) {
          if (covered[i] === 0) continue;
          const red = data[3 * i] ?? 0;
          const green = data[3 * i + 1] ?? 0;
          const blue = data[3 * i + 2] ?? 0;
          const light = 0.3 * red + 0.59 * green + 0.11 * blue;
          count++;
          r += red;
          g += green;
          b += blue;
          squares += light * light;
        }
      }
      if (count === 0) continue;
      const to = y * width + x;
      const share = 1 / count;
      const light = (0.3 * r + 0.59 * g + 0.11 * b) * share;
      colours[3 * to] = r * share;
      colours[3 * to + 1] = g * share;
      colours[3 * to + 2] = b * share;
      rough[to] = sqrt(max(0, squares * share - light * light)) / (light + 8);
      cover[to] = count / (cell * cell);
    }
  }
  return { colours, rough, cover };
}

/** Between which cells the pixels of a row lie: the one on the left of each pixel's middle, and how far it is on the way to the next, 0 to 1. */
export function cellsAcross(width: number): { readonly cells: Uint16Array; readonly parts: Float32Array } {
  const cells = new Uint16Array(width);
  const parts = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const place = max((x + 0.5) / cell - 0.5, 0);
    cells[x] = place;
    parts[x] = place % 1;
  }
  return { cells, parts };
}
