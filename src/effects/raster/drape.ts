import type { Pixels } from '../../image/pixels.ts';
import type { Art } from './art.ts';
import type { Mask } from './picture.ts';

const { ceil, imul, max, min } = Math;

/** Triangles in the picture that carry art. */
export interface Cloth {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** Depth, larger towards the viewer. */
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
  /** How much of the cloth is seen at a place of the picture and a depth, 0 to 1; left out, all of it. */
  readonly seen?: ((x: number, y: number, z: number) => number) | undefined;
}

/** The triangle in work: u, v and depth at the picture's origin, then their slopes along x and along y. */
const planes = new Float64Array(9);
/** Its edges: column at the picture's top, slope, and the side of it that is inside: 1 right, -1 left, 0 for a level edge, which rows deal with. */
const edges = new Float64Array(9);

/**
 * Draws art over triangles straight into a picture. A pixel's centre belongs to one triangle alone (left and upper edges count as inside, and two
 * neighbours reckon their common edge alike), so half-clear art never doubles where they meet.
 * @param target three channels
 * @param mask its area is where may be drawn; a pixel that is drawn on becomes 255
 */
export function drape(target: Pixels, art: Art, cloth: Cloth, dye: Dye, mask: Mask): void {
  const { xs, ys, zs, us, vs, triangles } = cloth;
  const { area } = mask;
  const texels = texelsOf(art);
  const turn = dye.side === 'outer' ? 0 : 1;
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t] ?? 0;
    const b = triangles[t + 1 + turn] ?? 0;
    const c = triangles[t + 2 - turn] ?? 0;
    const ax = xs[a] ?? 0;
    const ay = ys[a] ?? 0;
    const bx = (xs[b] ?? 0) - ax;
    const by = (ys[b] ?? 0) - ay;
    const cx = (xs[c] ?? 0) - ax;
    const cy = (ys[c] ?? 0) - ay;
    const twice = bx * cy - cx * by;
    if (twice <= 0) continue;
    const top = max(area.y, ceil(ay + min(0, by, cy) - 0.5));
    const bottom = min(area.y + area.height, ceil(ay + max(0, by, cy) - 0.5));
    if (top >= bottom) continue;
    for (let k = 0; k < 9; k += 3) {
      const values = k === 0 ? us : k === 3 ? vs : zs;
      const factor = k === 0 ? art.width : k === 3 ? art.height : 1;
      const base = values[a] ?? 0;
      const ab = (values[b] ?? 0) - base;
      const ac = (values[c] ?? 0) - base;
      const alongX = ((ab * cy - ac * by) / twice) * factor;
      const alongY = ((ac * bx - ab * cx) / twice) * factor;
      planes[k] = base * factor - alongX * ax - alongY * ay;
      planes[k + 1] = alongX;
      planes[k + 2] = alongY;
    }
    edge(0, ax, ay, xs[b] ?? 0, ys[b] ?? 0);
    edge(3, xs[b] ?? 0, ys[b] ?? 0, xs[c] ?? 0, ys[c] ?? 0);
    edge(6, xs[c] ?? 0, ys[c] ?? 0, ax, ay);
    for (let y = top; y < bottom; y++) {
      let from = area.x;
      let to = area.x + area.width;
      for (let k = 0; k < 9; k += 3) {
        const column = ceil((edges[k] ?? 0) + (edges[k + 1] ?? 0) * (y + 0.5) - 0.5);
        if ((edges[k + 2] ?? 0) > 0) from = max(from, column);
        else if ((edges[k + 2] ?? 0) < 0) to = min(to, column);
      }
      if (from < to) paintRow(target, texels, art, dye, mask, y, from, to);
    }
  }
}

/** Sets an edge that runs clockwise from 0 to 1; reckoned from its upper end, so that it is the same number for both its triangles. */
function edge(at: number, x0: number, y0: number, x1: number, y1: number): void {
  const slope = y0 < y1 ? (x1 - x0) / (y1 - y0) : (x0 - x1) / (y0 - y1);
  edges[at] = y0 < y1 ? x0 - y0 * slope : x1 - y1 * slope;
  edges[at + 1] = slope;
  edges[at + 2] = y0 === y1 ? 0 : y0 < y1 ? -1 : 1;
}

/** The art's pixels as one number each; art that was baked may lie anywhere in its file. */
function texelsOf({ data }: Art): Uint32Array {
  const bytes = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

/**
 * One row of pixels, bilinearly sampled. Four bytes are blended as two pairs in two numbers, with weights of 256ths: every machine that Node runs
 * on keeps the lowest byte first, so the pairs are red with blue and green with alpha.
 */
function paintRow(
  { data, width }: Pixels,
  texels: Uint32Array,
  art: Art,
  { tint, opacity, seen }: Dye,
  { area, data: marks }: Mask,
  y: number,
  from: number,
  to: number,
): void {
  const [tintRed, tintGreen, tintBlue] = tint;
  const middle = y + 0.5;
  const ux = planes[1] ?? 0;
  const vx = planes[4] ?? 0;
  const zx = planes[7] ?? 0;
  // At the first pixel's centre; half a pixel less in the art, whose own pixel centres lie at .5.
  let fu = (planes[0] ?? 0) + ux * (from + 0.5) + (planes[2] ?? 0) * middle - 0.5;
  let fv = (planes[3] ?? 0) + vx * (from + 0.5) + (planes[5] ?? 0) * middle - 0.5;
  let z = (planes[6] ?? 0) + zx * (from + 0.5) + (planes[8] ?? 0) * middle;
  const right = art.width - 1.001;
  const bottom = art.height - 1.001;
  const stride = art.width;
  for (let x = from; x < to; x++, fu += ux, fv += vx, z += zx) {
    // Beyond the art its edge goes on.
    const u = fu < 0 ? 0 : fu > right ? right : fu;
    const v = fv < 0 ? 0 : fv > bottom ? bottom : fv;
    const at = (v | 0) * stride + (u | 0);
    const a = texels[at] ?? 0;
    const b = texels[at + 1] ?? 0;
    const c = texels[at + stride] ?? 0;
    const d = texels[at + stride + 1] ?? 0;
    if ((a | b | c | d) === 0) continue;
    const du = ((u - (u | 0)) * 256) | 0;
    const dv = ((v - (v | 0)) * 256) | 0;
    const wd = (du * dv) >> 8;
    const wb = du - wd;
    const wc = dv - wd;
    const wa = 256 - du - wc;
    const pairs = 0xff00ff;
    const greens = imul((a >>> 8) & pairs, wa) + imul((b >>> 8) & pairs, wb) + imul((c >>> 8) & pairs, wc) + imul((d >>> 8) & pairs, wd);
    const alpha = (greens >>> 24) & 255;
    if (alpha === 0) continue;
    const share = seen === undefined ? opacity : opacity * seen(x + 0.5, middle, z);
    if (share === 0) continue;
    const reds = imul(a & pairs, wa) + imul(b & pairs, wb) + imul(c & pairs, wc) + imul(d & pairs, wd);
    const rest = 1 - (alpha / 255) * share;
    const spot = (y * width + x) * 3;
    data[spot] = ((reds >>> 8) & 255) * tintRed * share + (data[spot] ?? 0) * rest;
    data[spot + 1] = ((greens >>> 8) & 255) * tintGreen * share + (data[spot + 1] ?? 0) * rest;
    data[spot + 2] = ((reds >>> 24) & 255) * tintBlue * share + (data[spot + 2] ?? 0) * rest;
    marks[(y - area.y) * area.width + x - area.x] = 255;
  }
}
