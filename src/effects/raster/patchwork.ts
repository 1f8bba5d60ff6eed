import type { Pixels } from '../../image/pixels.ts';
import { floats, wipe } from './scratch.ts';

const { ceil, floor, max, min } = Math;

/**
 * Paints triangles that cover a picture without gap or overlap, each in one colour, with edges exact to a level and not a seam between them: every
 * edge adds the area right of it times its triangle's colour, and a running sum along each row is the picture (the accumulation buffer of
 * shapes.ts, for all shapes at once). It costs a pass over the pixels and a little for each pixel on an edge, however many triangles there are.
 * @param corners three indexes a triangle, clockwise on the screen
 * @param colours three numbers a triangle, 0 to 255
 */
export function patchwork(
  width: number,
  height: number,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  corners: Uint16Array,
  colours: Float32Array,
): Pixels {
  const stride = (width + 2) * 3;
  const sums = floats('patchwork', stride * height).fill(0);
  for (let t = 0; t < corners.length; t++) {
    const a = corners[t] ?? 0;
    const b = corners[t % 3 === 2 ? t - 2 : t + 1] ?? 0;
    const colour = t - (t % 3);
    const [ay, by] = [ys[a] ?? 0, ys[b] ?? 0];
    // Going up an edge of a clockwise triangle, the triangle lies to the right.
    if (ay < by) addEdge(sums, width, height, xs[a] ?? 0, ay, xs[b] ?? 0, by, -1, colours, colour);
    else if (ay > by) addEdge(sums, width, height, xs[b] ?? 0, by, xs[a] ?? 0, ay, 1, colours, colour);
  }
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    let r = 0;
    let g = 0;
    let b = 0;
    for (let from = y * stride, end = from + width * 3; from < end; from += 3, to += 3) {
      r += sums[from] ?? 0;
      g += sums[from + 1] ?? 0;
      b += sums[from + 2] ?? 0;
      data[to] = r;
      data[to + 1] = g;
      data[to + 2] = b;
    }
  }
  wipe();
  return { width, height, channels: 3, data };
}

/** One edge, downwards from a to b. */
function addEdge(
  sums: Float32Array,
  width: number,
  height: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  sign: number,
  colours: Float32Array,
  colour: number,
): void {
  const slope = (bx - ax) / (by - ay);
  const end = min(height, ceil(by));
  const r = colours[colour] ?? 0;
  const g = colours[colour + 1] ?? 0;
  const b = colours[colour + 2] ?? 0;
  for (let y = max(0, floor(ay)); y < end; y++) {
    const top = max(y, ay);
    const bottom = min(y + 1, by);
    const x0 = min(max(ax + (top - ay) * slope, 0), width);
    const x1 = min(max(ax + (bottom - ay) * slope, 0), width);
    const left = min(x0, x1);
    const right = max(x0, x1);
    const depth = sign * (bottom - top);
    let area = 0;
    let covered = 0;
    const last = ceil(right);
    for (let x = floor(left), to = (y * (width + 2) + x) * 3; x <= last; x++, to += 3) {
      const t = x + 1;
      const next = t >= right ? t - (left + right) / 2 : (0.5 * (t - left) * (t - left)) / (right - left);
      const share = depth * (next - area - covered);
      covered = next - area;
      area = next;
      sums[to] = (sums[to] ?? 0) + share * r;
      sums[to + 1] = (sums[to + 1] ?? 0) + share * g;
      sums[to + 2] = (sums[to + 2] ?? 0) + share * b;
    }
  }
}
