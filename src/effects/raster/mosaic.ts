import type { Pixels } from '../../image/pixels.ts';
import { clamp } from './picture.ts';

const { floor, round } = Math;

/** A few mean colours over a square of -reach to reach in both directions. */
export interface Mosaic {
  /** @param smooth between the colours, or one flat colour a cell; writes three numbers to `out` */
  colourAt(x: number, y: number, smooth: boolean, out: Float32Array): void;
}

/** A head as half axes along its own directions; see HeadEllipse. Pixels of the picture. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  /** Direction of the line from the left eye to the right one. */
  readonly cos: number;
  readonly sin: number;
}

const reach = 1.15;

/**
 * Mean colours of `cells` × `cells` cells over a head, in whole steps of eight levels. That is all that is kept, so nothing finer can ever be
 * computed back, whatever is done between the colours.
 */
export function coarseColours(picture: Pixels, frame: Frame, cells: number): Mosaic {
  const sums = new Float64Array(cells * cells * 4);
  const { width, height, channels, data } = picture;
  // Enough samples for a steady mean, the same number for a small head and a large one.
  const steps = cells * 12;
  for (let j = 0; j < steps; j++) {
    const v = ((j + 0.5) / steps - 0.5) * 2 * reach * frame.halfHeight;
    for (let i = 0; i < steps; i++) {
      const u = ((i + 0.5) / steps - 0.5) * 2 * reach * frame.halfWidth;
      const x = clamp(floor(frame.x + frame.cos * u - frame.sin * v), 0, width - 1);
      const y = clamp(floor(frame.y + frame.sin * u + frame.cos * v), 0, height - 1);
      const from = (y * width + x) * channels;
      const to = (floor(j / 12) * cells + floor(i / 12)) * 4;
      for (let k = 0; k < 3; k++) sums[to + k] = (sums[to + k] ?? 0) + (data[from + k] ?? 0);
      sums[to + 3] = (sums[to + 3] ?? 0) + 1;
    }
  }
  const colours = new Float32Array(cells * cells * 3);
  for (let cell = 0; cell < cells * cells; cell++) {
    const count = sums[cell * 4 + 3] ?? 1;
    for (let k = 0; k < 3; k++) colours[cell * 3 + k] = round((sums[cell * 4 + k] ?? 0) / count / 8) * 8;
  }
  return { colourAt: (x, y, smooth, out) => lookUp(colours, cells, x, y, smooth, out) };
}

function lookUp(colours: Float32Array, cells: number, x: number, y: number, smooth: boolean, out: Float32Array): void {
  const u = clamp(((x / reach + 1) / 2) * cells, 0, cells - 1e-4);
  const v = clamp(((y / reach + 1) / 2) * cells, 0, cells - 1e-4);
  out[0] = out[1] = out[2] = 0;
  if (!smooth) {
    add(colours, cells, floor(u), floor(v), 1, out);
    return;
  }
  const i = floor(u);
  const j = floor(v);
  const wu = spline(u - i);
  const wv = spline(v - j);
  for (let dj = -1; dj <= 1; dj++) {
    for (let di = -1; di <= 1; di++) add(colours, cells, i + di, j + dj, (wu[di + 1] ?? 0) * (wv[dj + 1] ?? 0), out);
  }
}

/** Quadratic B-spline weights of the cell and its two neighbours: smooth without any ringing. */
function spline(t: number): readonly [number, number, number] {
  return [0.5 * (1 - t) * (1 - t), 0.75 - (t - 0.5) * (t - 0.5), 0.5 * t * t];
}

function add(colours: Float32Array, cells: number, i: number, j: number, weight: number, out: Float32Array): void {
  const at = (clamp(j, 0, cells - 1) * cells + clamp(i, 0, cells - 1)) * 3;
  for (let k = 0; k < 3; k++) out[k] = (out[k] ?? 0) + weight * (colours[at + k] ?? 0);
}
