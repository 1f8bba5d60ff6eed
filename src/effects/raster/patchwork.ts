import type { Pixels } from '../../image/pixels.ts';
import { floats, wipe } from './scratch.ts';

const { ceil, floor, max, min } = Math;

/** Rows that are painted at a time: their sums stay near the processor, those of a whole picture would not. */
const bandRows = 16;

/**
 * Paints triangles that cover a picture without gap or overlap, each in one colour, with edges exact to a level and not a seam between them: every
 * edge adds the area right of it times what the colour changes there, and a running sum along each row is the picture (the accumulation buffer of
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
  const edges = edgesOf(ys, corners, colours);
  const waiting = new Int32Array(ceil(height / bandRows) + 1).fill(-1);
  const follower = new Int32Array(edges.count);
  const wait = (edge: number, band: number): void => {
    follower[edge] = waiting[band] ?? -1;
    waiting[band] = edge;
  };
  for (let edge = 0; edge < edges.count; edge++) {
    const top = ys[edges.uppers[edge] ?? 0] ?? 0;
    if (top < height) wait(edge, max(0, floor(top / bandRows)));
  }
  const data = new Uint8ClampedArray(width * height * 3);
  const sums = floats('patchwork', (width + 2) * 3 * bandRows);
  for (let band = 0; band * bandRows < height; band++) {
    const begin = band * bandRows;
    const end = min(height, begin + bandRows);
    sums.fill(0);
    for (let edge = waiting[band] ?? -1, next = -1; edge >= 0; edge = next) {
      next = follower[edge] ?? -1;
      const upper = edges.uppers[edge] ?? 0;
      const lower = edges.lowers[edge] ?? 0;
      const bottom = ys[lower] ?? 0;
      addEdge(sums, begin, end, width, xs[upper] ?? 0, ys[upper] ?? 0, xs[lower] ?? 0, bottom, edges.changes, 3 * edge);
      if (bottom > end) wait(edge, band + 1);
    }
    for (let y = begin; y < end; y++) sumRow(sums, (y - begin) * (width + 2) * 3, data, y * width * 3, width * 3);
  }
  wipe();
  return { width, height, channels: 3, data };
}

/** Every edge once, though two triangles share it; level ones change nothing and are left out. */
interface Edges {
  readonly count: number;
  /** Corners at its ends. */
  readonly uppers: Uint16Array;
  readonly lowers: Uint16Array;
  /** By how much red, green and blue change from left to right. */
  readonly changes: Float32Array;
}

function edgesOf(ys: ArrayLike<number>, corners: Uint16Array, colours: Float32Array): Edges {
  const uppers = new Uint16Array(corners.length);
  const lowers = new Uint16Array(corners.length);
  const changes = new Float32Array(3 * corners.length);
  // The edges that begin at a corner, one after the other.
  const first = new Int32Array(ys.length).fill(-1);
  const follower = new Int32Array(corners.length);
  let count = 0;
  for (let t = 0; t < corners.length; t++) {
    const a = corners[t] ?? 0;
    const b = corners[t % 3 === 2 ? t - 2 : t + 1] ?? 0;
    const fall = (ys[b] ?? 0) - (ys[a] ?? 0);
    if (fall === 0) continue;
    // Going up an edge of a clockwise triangle, the triangle lies to the right.
    const sign = fall < 0 ? 1 : -1;
    const upper = fall < 0 ? b : a;
    const lower = fall < 0 ? a : b;
    let edge = first[upper] ?? -1;
    while (edge >= 0 && lowers[edge] !== lower) edge = follower[edge] ?? -1;
    if (edge < 0) {
      edge = count++;
      uppers[edge] = upper;
      lowers[edge] = lower;
      follower[edge] = first[upper] ?? -1;
      first[upper] = edge;
    }
    for (let k = 0; k < 3; k++) changes[3 * edge + k] = (changes[3 * edge + k] ?? 0) + sign * (colours[t - (t % 3) + k] ?? 0);
  }
  return { count, uppers, lowers, changes };
}

/** What one edge, downwards from a to b, changes in the rows from `begin` to `end`. */
function addEdge(
  sums: Float32Array,
  begin: number,
  end: number,
  width: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  changes: Float32Array,
  change: number,
): void {
  const slope = (bx - ax) / (by - ay);
  const last = min(end, ceil(by));
  const r = changes[change] ?? 0;
  const g = changes[change + 1] ?? 0;
  const b = changes[change + 2] ?? 0;
  for (let y = max(begin, floor(ay)); y < last; y++) {
    const top = max(y, ay);
    const bottom = min(y + 1, by);
    const x0 = min(max(ax + (top - ay) * slope, 0), width);
    const x1 = min(max(ax + (bottom - ay) * slope, 0), width);
    const left = min(x0, x1);
    const right = max(x0, x1);
    const depth = bottom - top;
    let area = 0;
    let covered = 0;
    const beyond = ceil(right);
    for (let x = floor(left), to = ((y - begin) * (width + 2) + x) * 3; x <= beyond; x++, to += 3) {
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

/** The running sums of a row. */
function sumRow(sums: Float32Array, begin: number, data: Uint8ClampedArray, to: number, length: number): void {
  let r = 0;
  let g = 0;
  let b = 0;
  for (let i = 0; i < length; i += 3) {
    r += sums[begin + i] ?? 0;
    g += sums[begin + i + 1] ?? 0;
    b += sums[begin + i + 2] ?? 0;
    data[to + i] = r;
    data[to + i + 1] = g;
    data[to + i + 2] = b;
  }
}
