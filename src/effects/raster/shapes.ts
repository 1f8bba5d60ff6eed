import type { Point } from '../../faces/face.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Rgb } from './colour.ts';
import { areaAround, type Mask } from './picture.ts';

const { abs, ceil, cos, floor, hypot, max, min, PI, round, sin } = Math;

/** Clean shapes with soft edges: a path is points of the picture, closed by the line from the last to the first. */
export type Path = readonly Point[];

/** A smooth line through the points (uniform Catmull-Rom splines, Catmull and Rom 1974), `steps` to each stretch. */
export function curve(points: Path, closed = false, steps = 5): Path {
  const count = points.length;
  const out: Point[] = [];
  const point = (i: number): Point => points[closed ? (i + count) % count : min(max(i, 0), count - 1)] ?? [0, 0];
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const [a, b, c, d] = [point(i - 1), point(i), point(i + 1), point(i + 2)];
    for (let step = 0; step < steps; step++) {
      const t = step / steps;
      out.push([spline(a[0], b[0], c[0], d[0], t), spline(a[1], b[1], c[1], d[1], t)]);
    }
  }
  if (!closed) out.push(point(count - 1));
  return out;
}

function spline(a: number, b: number, c: number, d: number, t: number): number {
  return 0.5 * (2 * b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * b - a - 3 * c + d))));
}

/** The outline of a pen stroke along a line. @param width pixels, for 0 (begin) to 1 (end) of its length */
export function stroke(line: Path, width: (t: number) => number): Path {
  const lengths = [0];
  for (let i = 1; i < line.length; i++) {
    const [[x0, y0], [x1, y1]] = [line[i - 1] ?? [0, 0], line[i] ?? [0, 0]];
    lengths.push((lengths[i - 1] ?? 0) + hypot(x1 - x0, y1 - y0));
  }
  const total = lengths.at(-1) || 1;
  const left: Point[] = [];
  const right: Point[] = [];
  line.forEach(([x, y], i) => {
    const [from, to] = [line[max(0, i - 1)] ?? [x, y], line[min(line.length - 1, i + 1)] ?? [x, y]];
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const half = width((lengths[i] ?? 0) / total) / 2 / (hypot(dx, dy) || 1);
    left.push([x - dy * half, y + dx * half]);
    right.push([x + dy * half, y - dx * half]);
  });
  return [...left, ...right.reverse()];
}

/** An ellipse about the origin. */
export function ellipse(halfWidth: number, halfHeight: number, count = 36): Path {
  return Array.from({ length: count }, (_, i): Point => {
    const angle = (2 * PI * i) / count;
    return [halfWidth * cos(angle), halfHeight * sin(angle)];
  });
}

/**
 * How much of each pixel a path covers, exact to a level: every edge adds its signed area to the pixels right of it, a running sum along the
 * rows does the rest (the accumulation buffer of Raph Levien's font-rs, 2016). Paths that cross themselves come out thinner there, never torn.
 * @param width of the picture, as is height; what lies outside is cut off
 */
export function coverage(path: Path, width: number, height: number): Mask {
  const area = areaAround(
    path.map(([x]) => x),
    path.map(([, y]) => y),
    0,
    width,
    height,
  );
  const stride = area.width + 2;
  const sums = new Float32Array(stride * area.height);
  let from: Point = path.at(-1) ?? [0, 0];
  for (const to of path) {
    const down = from[1] < to[1];
    const high = down ? from : to;
    const low = down ? to : from;
    if (high[1] < low[1]) {
      addEdge(sums, area.width, area.height, high[0] - area.x, high[1] - area.y, low[0] - area.x, low[1] - area.y, down ? 1 : -1);
    }
    from = to;
  }
  const data = new Uint8Array(area.width * area.height);
  for (let y = 0; y < area.height; y++) {
    let sum = 0;
    for (let x = 0; x < area.width; x++) {
      sum += sums[y * stride + x] ?? 0;
      data[y * area.width + x] = round(255 * min(1, abs(sum)));
    }
  }
  return { area, data };
}

/** One edge, downwards from a to b. */
function addEdge(sums: Float32Array, width: number, height: number, ax: number, ay: number, bx: number, by: number, sign: number): void {
  const slope = (bx - ax) / (by - ay);
  const end = min(height, ceil(by));
  for (let y = max(0, floor(ay)); y < end; y++) {
    const top = max(y, ay);
    const bottom = min(y + 1, by);
    const x0 = min(max(ax + (top - ay) * slope, 0), width);
    const x1 = min(max(ax + (bottom - ay) * slope, 0), width);
    const left = min(x0, x1);
    const right = max(x0, x1);
    const row = y * (width + 2);
    let area = 0;
    let covered = 0;
    for (let x = floor(left); x <= ceil(right); x++) {
      // The area right of the edge from its left end to this pixel's right side, and from it what is covered of this pixel.
      const t = x + 1;
      const next = t >= right ? t - (left + right) / 2 : (0.5 * (t - left) * (t - left)) / (right - left);
      sums[row + x] = (sums[row + x] ?? 0) + sign * (bottom - top) * (next - area - covered);
      covered = next - area;
      area = next;
    }
  }
}

/**
 * Lays a colour over the pixels of a mask.
 * @param colour one, or a function of the place in the picture (pixel centres at .5)
 * @param clip what it must not leave
 */
export function paint(target: Pixels, mask: Mask, colour: Rgb | ((x: number, y: number) => Rgb), opacity = 1, clip?: Mask): void {
  const { area, data: shares } = mask;
  const { data, width } = target;
  for (let y = 0, from = 0; y < area.height; y++) {
    let to = ((area.y + y) * width + area.x) * 3;
    for (let x = 0; x < area.width; x++, from++, to += 3) {
      let share = ((shares[from] ?? 0) / 255) * opacity;
      if (share > 0 && clip !== undefined) share *= shareAt(clip, area.x + x, area.y + y) / 255;
      if (share <= 0) continue;
      const over = typeof colour === 'function' ? colour(area.x + x + 0.5, area.y + y + 0.5) : colour;
      data[to] = (data[to] ?? 0) + (over[0] - (data[to] ?? 0)) * share;
      data[to + 1] = (data[to + 1] ?? 0) + (over[1] - (data[to + 1] ?? 0)) * share;
      data[to + 2] = (data[to + 2] ?? 0) + (over[2] - (data[to + 2] ?? 0)) * share;
    }
  }
}

/** The share of a mask at a pixel of the picture, 0 to 255; 0 outside its area. */
export function shareAt({ area, data }: Mask, x: number, y: number): number {
  const u = x - area.x;
  const v = y - area.y;
  return u < 0 || v < 0 || u >= area.width || v >= area.height ? 0 : (data[v * area.width + u] ?? 0);
}
