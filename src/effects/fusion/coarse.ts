import { rasterizeMesh } from '../raster/mesh.ts';
import { atlas } from './atlas.ts';
import type { Sheet } from './warp.ts';

const { ceil, max, min, sqrt } = Math;

/** Light, colour and what covers a face have no detail: they are worked out on cells of so many pixels a side. */
export const cell = 4;

/** A face in cells: what the mesh says of each, and its mean colour. */
export interface Coarse {
  readonly width: number;
  readonly height: number;
  /** Where on the template's own face a cell lies, pixels of the scene; NaN beside the face. */
  readonly restX: Float32Array;
  readonly restY: Float32Array;
  /** See `Atlas`; 1, 0, 0 and 0 beside the face. */
  readonly edge: Float32Array;
  readonly feature: Float32Array;
  readonly lips: Float32Array;
  readonly hidden: Float32Array;
  /** 1 where the photo shows this side of the face, or the other one in its place. */
  readonly inside: Float32Array;
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
  { area, data, covered }: Sheet,
  xs: Float32Array,
  ys: Float32Array,
  rest: { readonly xs: Float32Array; readonly ys: Float32Array },
  inside: Float32Array,
  order: Uint16Array,
): Coarse {
  const width = ceil(area.width / cell);
  const height = ceil(area.height / cell);
  const count = 7;
  const values = new Float32Array(xs.length * count);
  [rest.xs, rest.ys, atlas.edge, atlas.feature, atlas.hidden, inside, atlas.lips].forEach((column, k) => {
    for (let i = 0; i < column.length; i++) values[i * count + k] = column[i] ?? 0;
  });
  const mesh = { xs: xs.map((x) => (x - area.x) / cell), ys: ys.map((y) => (y - area.y) / cell), triangles: order, values, count };
  const field = rasterizeMesh(mesh, { x: 0, y: 0, width, height }).data;
  const plane = (k: number, beside: number): Float32Array => {
    const out = new Float32Array(width * height);
    for (let i = 0; i < out.length; i++) {
      const value = field[i * count + k] ?? Number.NaN;
      out[i] = Number.isNaN(value) ? beside : value;
    }
    return out;
  };
  return {
    width,
    height,
    restX: plane(0, Number.NaN),
    restY: plane(1, Number.NaN),
    edge: plane(2, 1),
    feature: plane(3, 0),
    hidden: plane(4, 0),
    inside: plane(5, 0),
    lips: plane(6, 0),
    ...means(data, covered, area.width, area.height, width, height),
  };
}

function means(
  data: Uint8ClampedArray,
  covered: Uint8Array,
  across: number,
  down: number,
  width: number,
  height: number,
): Pick<Coarse, 'colours' | 'rough' | 'cover'> {
  const colours = new Float32Array(width * height * 3);
  const rough = new Float32Array(width * height);
  const cover = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const end = min(down, (y + 1) * cell);
    for (let x = 0; x < width; x++) {
      const right = min(across, (x + 1) * cell);
      let count = 0;
      let r = 0;
      let g = 0;
      let b = 0;
      let squares = 0;
      for (let v = y * cell; v < end; v++) {
        for (let u = x * cell, at = v * across + u; u < right; u++, at++) {
          if (covered[at] === 0) continue;
          count++;
          const red = data[3 * at] ?? 0;
          const green = data[3 * at + 1] ?? 0;
          const blue = data[3 * at + 2] ?? 0;
          r += red;
          g += green;
          b += blue;
          const light = 0.3 * red + 0.59 * green + 0.11 * blue;
          squares += light * light;
        }
      }
      const to = y * width + x;
      const share = 1 / max(1, count);
      colours[3 * to] = r * share;
      colours[3 * to + 1] = g * share;
      colours[3 * to + 2] = b * share;
      const light = (0.3 * r + 0.59 * g + 0.11 * b) * share;
      rough[to] = sqrt(max(0, squares * share - light * light)) / (light + 8);
      cover[to] = count / (cell * cell);
    }
  }
  return { colours, rough, cover };
}
