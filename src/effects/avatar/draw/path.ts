import type { Point } from '../../../faces/face.ts';

const { abs, cos, hypot, max, min, PI, sign, sin } = Math;

/** Paths of SVG from points: everything an avatar is drawn with. */

/** A number as short as a picture needs it. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function at([x, y]: Point): string {
  return `${short(x)} ${short(y)}`;
}

/** A closed or open path along cubic curves through all points (Catmull and Rom 1974, uniform). */
export function through(points: readonly Point[], closed = false): string {
  const first = points[0];
  if (first === undefined) return '';
  return `M${at(first)}${onThrough(points, closed)}${closed ? 'Z' : ''}`;
}

/** The curves of `through` without the move to their first point, to go on a path. */
export function onThrough(points: readonly Point[], closed = false): string {
  const n = points.length;
  const get = (i: number): Point => (closed ? points[(i + n) % n] : points[max(0, min(n - 1, i))]) ?? [0, 0];
  let d = '';
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const [a, b, c, e] = [get(i - 1), get(i), get(i + 1), get(i + 2)];
    d += `C${at([b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6])} ${at([c[0] - (e[0] - b[0]) / 6, c[1] - (e[1] - b[1]) / 6])} ${at(c)}`;
  }
  return d;
}

/** A stroke with a changing width, as a shape. @param width of the stroke from 0 at its beginning to 1 at its end */
export function brush(points: readonly Point[], width: (along: number) => number): string {
  const left: Point[] = [];
  const right: Point[] = [];
  const last = points.length - 1;
  points.forEach(([x, y], i) => {
    const before = points[max(0, i - 1)] ?? [x, y];
    const after = points[min(last, i + 1)] ?? [x, y];
    const [dx, dy] = [after[0] - before[0], after[1] - before[1]];
    const half = width(i / last) / 2 / (hypot(dx, dy) || 1);
    left.push([x - dy * half, y + dx * half]);
    right.push([x + dy * half, y - dx * half]);
  });
  return through([...left, ...right.reverse()], true);
}

/** The same on the other side of the face. */
export function mirrored(points: readonly Point[]): Point[] {
  return points.map(([x, y]): Point => [-x, y]);
}

/** Right half given from top to bottom: the whole outline, down the right and up the left. Points on the middle line stay single. */
export function symmetric(half: readonly Point[]): Point[] {
  return [...half, ...mirrored(half.filter(([x]) => x !== 0)).reverse()];
}

/**
 * A quarter of a superellipse (Lamé curve), from the middle line to the side.
 * @param power 2 is an ellipse, more is squarer
 */
export function quarter(halfWidth: number, height: number, power: number, steps: number): Point[] {
  return Array.from({ length: steps + 1 }, (_, i): Point => {
    const angle = ((PI / 2) * i) / steps;
    const [s, c] = [sin(angle), cos(angle)];
    return [halfWidth * sign(s) * abs(s) ** (2 / power), height * abs(c) ** (2 / power)];
  });
}

/** Points at about even distances along straight lines between points. */
export function evenly(points: readonly Point[], distance: number): Point[] {
  const out: Point[] = [];
  let rest = 0;
  points.forEach((to, i) => {
    const from = points[i - 1];
    if (from === undefined) return;
    const length = hypot(to[0] - from[0], to[1] - from[1]);
    for (; rest < length; rest += distance) {
      const share = rest / length;
      out.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
    }
    rest -= length;
  });
  const end = points[points.length - 1];
  if (end !== undefined) out.push(end);
  return out;
}

/** Points on the curve of `through`, four for each given one. */
export function dense(points: readonly Point[]): Point[] {
  const get = (i: number): Point => points[max(0, min(points.length - 1, i))] ?? [0, 0];
  const out: Point[] = [];
  for (let i = 0; i < points.length - 1; i++) {
    const [a, b, c, d] = [get(i - 1), get(i), get(i + 1), get(i + 2)];
    for (let k = 0; k < 4; k++) {
      const t = k / 4;
      const f = (p: number, q: number, r: number, s: number): number =>
        0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t ** 3);
      out.push([f(a[0], b[0], c[0], d[0]), f(a[1], b[1], c[1], d[1])]);
    }
  }
  out.push(get(points.length - 1));
  return out;
}
