import type { Pixels } from '../../image/pixels.ts';
import type { Art } from './art.ts';
import { type DepthMap, shareSeen } from './depth.ts';
import type { Mask } from './picture.ts';

const { ceil, floor, max, min, round } = Math;

/** Triangles in the picture that carry art. */
export interface Cloth {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** Depth, larger towards the viewer, in the unit of the depth map. */
  readonly zs: Float32Array;
  /** Position in the art, 0 to 1. */
  readonly us: Float32Array;
  readonly vs: Float32Array;
  /** Three vertex indexes a triangle, clockwise on the screen where its outer side is seen. */
  readonly triangles: Uint16Array;
}

export interface Dye {
  /** Factors on red, green and blue. */
  readonly tint: readonly [red: number, green: number, blue: number];
  /** 0 to 1. */
  readonly opacity: number;
  /** The side that is drawn where it is turned to the viewer; the other one stays invisible. */
  readonly side: 'outer' | 'inner';
  /** What may lie in front of the cloth. */
  readonly behind?: DepthMap | undefined;
}

/** Vertices lie on a lattice of so many points a pixel: the tests of `narrow` then are exact. */
const lattice = 256;

/** The triangle in work: x and y of its corners on the lattice, twice its area. */
const corners = new Float64Array(7);
/** Its u, v and depth as planes: the value at the picture's origin, the slopes along x and along y. */
const planes = new Float64Array(9);
/** First and last column of the row in work. */
const span = new Int32Array(2);

/**
 * Draws art over triangles straight into a picture. A pixel's centre belongs to one triangle alone (the top-left rule of rasterisers, tested on
 * whole numbers), so half-clear art never doubles where two triangles meet.
 * @param target three channels
 * @param mask its area is where may be drawn; a pixel that is drawn on becomes 255
 */
export function drape(target: Pixels, art: Art, cloth: Cloth, dye: Dye, mask: Mask): void {
  const { us, vs, zs, triangles } = cloth;
  const { area } = mask;
  const turn = dye.side === 'outer' ? 0 : 1;
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t] ?? 0;
    const b = triangles[t + 1 + turn] ?? 0;
    const c = triangles[t + 2 - turn] ?? 0;
    if (!corner(cloth, a, b, c)) continue;
    const [, ay = 0, , by = 0, , cy = 0] = corners;
    const top = max(area.y, ceil(min(ay, by, cy) / lattice - 0.5));
    const bottom = min(area.y + area.height - 1, floor(max(ay, by, cy) / lattice - 0.5));
    if (top > bottom) continue;
    plane(0, us[a] ?? 0, us[b] ?? 0, us[c] ?? 0, art.width);
    plane(3, vs[a] ?? 0, vs[b] ?? 0, vs[c] ?? 0, art.height);
    plane(6, zs[a] ?? 0, zs[b] ?? 0, zs[c] ?? 0, 1);
    for (let y = top; y <= bottom; y++) {
      span[0] = area.x;
      span[1] = area.x + area.width - 1;
      for (let edge = 0; edge < 6; edge += 2) narrow(edge, y * lattice + lattice / 2);
      paintRow(target, art, dye, mask, y);
    }
  }
}

/** Sets the triangle in work; false where it is seen from the wrong side. */
function corner({ xs, ys }: Cloth, a: number, b: number, c: number): boolean {
  const ax = round((xs[a] ?? 0) * lattice);
  const ay = round((ys[a] ?? 0) * lattice);
  const bx = round((xs[b] ?? 0) * lattice);
  const by = round((ys[b] ?? 0) * lattice);
  const cx = round((xs[c] ?? 0) * lattice);
  const cy = round((ys[c] ?? 0) * lattice);
  corners[0] = ax;
  corners[1] = ay;
  corners[2] = bx;
  corners[3] = by;
  corners[4] = cx;
  corners[5] = cy;
  corners[6] = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
  return (corners[6] ?? 0) > 0;
}

/** Three values at the corners as a plane over the picture. */
function plane(at: number, a: number, b: number, c: number, factor: number): void {
  const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0, twice = 1] = corners;
  const perLattice = (lattice * factor) / twice;
  const alongX = ((b - a) * (cy - ay) - (c - a) * (by - ay)) * perLattice;
  const alongY = ((c - a) * (bx - ax) - (b - a) * (cx - ax)) * perLattice;
  planes[at] = a * factor - (alongX * ax + alongY * ay) / lattice;
  planes[at + 1] = alongX;
  planes[at + 2] = alongY;
}

/** Takes from the row in work the columns that lie outside one edge. Pixels on an edge belong to it where it is a left or a top one. */
function narrow(edge: number, y: number): void {
  const x0 = corners[edge] ?? 0;
  const y0 = corners[edge + 1] ?? 0;
  const dx = (corners[(edge + 2) % 6] ?? 0) - x0;
  const dy = (corners[(edge + 3) % 6] ?? 0) - y0;
  const side = dx * (y - y0);
  if (dy === 0) {
    if (side < 0 || (side === 0 && dx < 0)) span[1] = -1;
    return;
  }
  const column = ceil((side + dy * x0) / dy / lattice - 0.5);
  if (dy < 0) span[0] = max(span[0] ?? 0, column);
  else span[1] = min(span[1] ?? 0, column - 1);
}

function paintRow({ data, width }: Pixels, art: Art, { tint, opacity, behind }: Dye, { area, data: marks }: Mask, y: number): void {
  const [from = 0, to = 0] = span;
  const [red, green, blue] = tint;
  const [u0 = 0, ux = 0, uy = 0, v0 = 0, vx = 0, vy = 0, z0 = 0, zx = 0, zy = 0] = planes;
  const sheet = art.data;
  const stride = art.width * 4;
  const right = art.width - 1.001;
  const bottom = art.height - 1.001;
  const middle = y + 0.5;
  for (let x = from; x <= to; x++) {
    // Half a pixel to the art's own pixel centres; beyond the art its edge goes on.
    const fu = u0 + ux * (x + 0.5) + uy * middle - 0.5;
    const fv = v0 + vx * (x + 0.5) + vy * middle - 0.5;
    const u = fu < 0 ? 0 : fu > right ? right : fu;
    const v = fv < 0 ? 0 : fv > bottom ? bottom : fv;
    const column = u | 0;
    const line = v | 0;
    const at = line * stride + column * 4;
    const below = at + stride;
    const du = u - column;
    const dv = v - line;
    const wb = du * (1 - dv);
    const wc = (1 - du) * dv;
    const wd = du * dv;
    const wa = 1 - wb - wc - wd;
    const alpha = wa * (sheet[at + 3] ?? 0) + wb * (sheet[at + 7] ?? 0) + wc * (sheet[below + 3] ?? 0) + wd * (sheet[below + 7] ?? 0);
    if (alpha < 0.5) continue;
    const share = behind === undefined ? opacity : opacity * shareSeen(behind, x + 0.5, middle, z0 + zx * (x + 0.5) + zy * middle);
    if (share === 0) continue;
    const rest = 1 - (alpha / 255) * share;
    const spot = (y * width + x) * 3;
    const r = wa * (sheet[at] ?? 0) + wb * (sheet[at + 4] ?? 0) + wc * (sheet[below] ?? 0) + wd * (sheet[below + 4] ?? 0);
    const g = wa * (sheet[at + 1] ?? 0) + wb * (sheet[at + 5] ?? 0) + wc * (sheet[below + 1] ?? 0) + wd * (sheet[below + 5] ?? 0);
    const b = wa * (sheet[at + 2] ?? 0) + wb * (sheet[at + 6] ?? 0) + wc * (sheet[below + 2] ?? 0) + wd * (sheet[below + 6] ?? 0);
    data[spot] = r * red * share + (data[spot] ?? 0) * rest;
    data[spot + 1] = g * green * share + (data[spot + 1] ?? 0) * rest;
    data[spot + 2] = b * blue * share + (data[spot + 2] ?? 0) * rest;
    marks[(y - area.y) * area.width + x - area.x] = 255;
  }
}
