import type { Point } from '../../../faces/face.ts';
import type { AvatarSpec } from '../spec.ts';
import type { Head } from './head.ts';
import { at, brush, evenly, mirrored, onThrough, quarter, short, through } from './path.ts';

const { hypot, PI, sin } = Math;

type Texture = AvatarSpec['hair']['texture'];
type Fringe = AvatarSpec['hair']['fringe'];

/** Hair as shapes: what lies behind the head and what lies over it, and some lines in it. */
export interface HairShapes {
  readonly back: string;
  readonly front: string;
  /** The edge of the front on the face, right to left: a shadow falls under it. */
  readonly edge: readonly Point[];
  /** Shapes along the hair: where it lies in its own shade, and where light catches it. */
  readonly shades: string;
  readonly lights: string;
}

/** Where hair ends, in distances from the eyes to the chin. */
const ends = { none: 0, cropped: 0.12, short: 0.26, chin: 1.02, shoulder: 1.62, long: 2.3 } as const;

/** @returns undefined for a bare head */
export function shapeHair({ hair }: AvatarSpec, head: Head): HairShapes | undefined {
  if (hair.length === 'none') return undefined;
  const cropped = hair.length === 'cropped';
  const fluff = hair.texture === 'curly' ? 0.06 : hair.texture === 'wavy' ? 0.02 : 0;
  const lift = cropped ? head.crown * 0.035 : head.crown * (0.13 + 0.05 * hair.volume + fluff);
  const side = cropped ? head.width * 0.012 : head.width * (0.08 + 0.055 * hair.volume + fluff);
  const isLong = ends[hair.length] > 0.9;
  const down = head.chin * ends[hair.length] * (isLong ? head.fall : 1);
  const swinging = (point: Point): Point => sway(point, hair.texture, head);
  const outer = outerEdge(head, lift, side, down, isLong).map(swinging);
  const edge = cropped ? bareEdge(head) : edgeOnFace(hair.fringe, head, lift);
  const inner: readonly Point[] = isLong ? innerFall(head, down).map(swinging) : [];
  const right = [...inner, ...(isLong || cropped ? [] : [[head.width * 0.94, head.chin * 0.02] as const])];
  const front = outlineOf(outer, right, edge, cropped ? 'straight' : hair.texture, head.width);
  const back = isLong ? backOf(outer, head, down) : '';
  const combed = cropped ? { shades: '', lights: '' } : strandsOf(hair.fringe, { head, lift, side, down, isLong, swinging });
  return { back, front, edge, shades: combed.shades, lights: combed.lights + (cropped ? '' : shineOf(head, lift, side)) };
}

/** The silhouette on the right, from the middle of the crown to the tip. */
function outerEdge(head: Head, lift: number, side: number, down: number, isLong: boolean): Point[] {
  const { width, chin } = head;
  const top = quarter(width + side, -(head.crown + lift), 2.15, 6);
  if (!isLong) {
    // Short hair lies closer the further down it goes, and lets the ears be seen.
    const close = ([x, y]: Point): Point => [x - side * 0.75 * Math.max(0, 1 + y / (head.crown * 0.55)), y];
    return [...top.map(close), [width * 1.01, down * 0.55], [width * 0.965, down]];
  }
  const falls: Point[] = [[width + side * 1.1, chin * 0.4]];
  for (let y = chin * 0.75; y < down - chin * 0.3; y += chin * 0.35) falls.push([width + side * (1.1 + 0.25 * (y / chin)), y]);
  return [...top, ...falls, [width * 0.98 + side * 0.9, down - chin * 0.16], [width * 0.84, down]];
}

/** The inner edge of hair that falls over the cheeks, on the right, from above the tip to the temple. */
function innerFall(head: Head, down: number): Point[] {
  const { width, chin } = head;
  const falls: Point[] = [];
  for (let y = down - chin * 0.3; y > chin * 0.3; y -= chin * 0.35) falls.push([width * (0.78 + 0.12 * Math.max(0, 1 - y / chin)), y]);
  return [...falls, [width * 0.93, chin * 0.14]];
}

/** Locks that swing from side to side on their way down. */
function sway([x, y]: Point, texture: Texture, { width, chin }: Head): Point {
  if (texture === 'curly' || y <= 0) return [x, y];
  return [x + width * (texture === 'wavy' ? 0.085 : 0.02) * sin((2 * PI * y) / (chin * 1.05)) * Math.min(1, y / (chin * 0.3)), y];
}

/** The hair line of a head whose hair is combed back or cropped, right to left. */
function bareEdge({ width, crown }: Head): Point[] {
  const half: Point[] = [
    [width * 0.955, -crown * 0.12],
    [width * 0.9, -crown * 0.34],
    [width * 0.8, -crown * 0.56],
    [width * 0.55, -crown * 0.72],
  ];
  return [...half, [0, -crown * 0.745], ...mirrored(half).reverse()];
}

function edgeOnFace(fringe: Fringe, head: Head, lift: number): Point[] {
  const { width: w, crown: c } = head;
  const temple: Point = [w * 0.945, -c * 0.1];
  switch (fringe) {
    case 'back':
      return bareEdge(head);
    case 'centre': {
      const half: Point[] = [temple, [w * 0.89, -c * 0.3], [w * 0.66, -c * 0.55], [w * 0.3, -c * 0.74], [w * 0.02, -c * 0.86]];
      return [...half, ...mirrored(half).reverse()];
    }
    case 'right':
    case 'left': {
      const edge: Point[] = [
        temple,
        [w * 0.92, -c * 0.32],
        [w * 0.76, -c * 0.56],
        [w * 0.46, -c * 0.83],
        [w * 0.1, -c * 0.72],
        [-w * 0.4, -c * 0.6],
        [-w * 0.78, -c * 0.4],
        [-w * 0.93, -c * 0.14],
      ];
      return fringe === 'right' ? edge : mirrored(edge).reverse();
    }
    case 'full': {
      const low = -c * 0.31 - lift * 0.02;
      return [
        temple,
        [w * 0.9, -c * 0.22],
        [w * 0.8, low],
        [w * 0.42, low - c * 0.045],
        [w * 0.1, low - c * 0.02],
        [-w * 0.3, low - c * 0.05],
        [-w * 0.8, low],
        [-w * 0.9, -c * 0.22],
        [-w * 0.945, -c * 0.1],
      ];
    }
  }
}

function outlineOf(outer: readonly Point[], right: readonly Point[], edge: readonly Point[], texture: Texture, unit: number): string {
  const silhouette = [...mirrored(outer).reverse(), ...outer.slice(1)];
  const inside = [...right, ...edge, ...mirrored(right).reverse()];
  const first = silhouette[0];
  if (first === undefined) return '';
  const start = inside[0] ?? first;
  return `M${at(first)}${textured(silhouette, texture, unit)}L${at(start)}${onThrough(inside)}Z`;
}

/** The hair behind head and neck. */
function backOf(outer: readonly Point[], { width, chin }: Head, down: number): string {
  const half: Point[] = [[width * 0.8, -chin * 0.5], ...outer.slice(7).map(([x, y]): Point => [x - width * 0.06, y])];
  const hem: Point[] = [
    [width * 0.4, down - chin * 0.1],
    [0, down - chin * 0.16],
  ];
  return through([...half, ...hem, [-width * 0.4, down - chin * 0.1], ...mirrored(half).reverse()], true);
}

/** A silhouette with the hair's own edge: smooth, or in curls (arcs from point to point). */
function textured(points: readonly Point[], texture: Texture, unit: number): string {
  if (texture !== 'curly') return onThrough(points);
  const curls = evenly(smooth(points), unit * 0.31);
  return curls
    .slice(1)
    .map((to, i) => {
      const from = curls[i] ?? to;
      const radius = short(hypot(to[0] - from[0], to[1] - from[1]) * 0.55);
      return `A${radius} ${radius} 0 0 1 ${at(to)}`;
    })
    .join('');
}

/** Points on the curve through the given ones, four for each. */
function smooth(points: readonly Point[]): Point[] {
  const get = (i: number): Point => points[Math.max(0, Math.min(points.length - 1, i))] ?? [0, 0];
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

interface Fall {
  readonly head: Head;
  readonly lift: number;
  readonly side: number;
  readonly down: number;
  readonly isLong: boolean;
  readonly swinging: (point: Point) => Point;
}

/** Where a strand runs: how far out it lies, how thick it is, how far down it goes (1 the tip), and whether light catches it. */
const strands = [
  { out: 0.12, thick: 0.05, ends: 0.86, light: false },
  { out: 0.4, thick: 0.034, ends: 0.7, light: true },
  { out: 0.62, thick: 0.045, ends: 0.93, light: false },
  { out: 0.84, thick: 0.03, ends: 0.6, light: true },
] as const;

/** Strands from the part over the temples and down, thin at both ends. */
function strandsOf(
  fringe: Fringe,
  { head, lift, side, down, isLong, swinging }: Fall,
): { readonly shades: string; readonly lights: string } {
  const { width: w, crown: c, chin } = head;
  const part = fringe === 'right' ? 0.46 : fringe === 'left' ? -0.46 : 0;
  const drawn = { shades: '', lights: '' };
  for (const m of [1, -1]) {
    for (const { out, thick, ends, light } of strands) {
      const near = part * m > 0 ? 0.45 : 0.64;
      const top: Point = [w * part + m * w * 0.04, -(c * (0.84 + 0.1 * out) + lift * out * 0.7) * (1 - part * part * 0.18)];
      const bow: Point = [w * part * 0.4 + m * (w * near + side * out * 0.8), -(c * (0.66 + 0.16 * out) + lift * out * 0.6)];
      const temple: Point = [m * (w * 0.95 + side * out), -c * 0.16];
      const last = fringe === 'full' && out < 0.3 ? [] : [temple];
      const tip = down * ends;
      const cheek: Point = [m * (w * (0.9 + 0.1 * out) + side * 1.2 * out), chin * 0.55];
      const hang: Point[] = isLong
        ? [swinging(cheek), swinging([m * (w * (0.84 + 0.12 * out) + side * 1.3 * out), Math.max(chin * 0.8, tip)])]
        : [];
      const shape = brush(smooth([top, bow, ...last, ...hang]), (t) => w * thick * sin(PI * Math.min(1, t * 1.02)) ** 0.8 + 1);
      drawn[light ? 'lights' : 'shades'] += shape;
    }
  }
  return drawn;
}

/** A crescent of light on the crown, thin at both ends. */
function shineOf({ width, crown }: Head, lift: number, side: number): string {
  const arc = (from: number, to: number, thick: number): string => {
    const points = Array.from({ length: 9 }, (_, i): Point => {
      const angle = ((from + ((to - from) * i) / 8) * PI) / 180;
      return [(width + side) * 0.8 * Math.cos(angle), (crown + lift) * 0.84 * sin(angle)];
    });
    return brush(points, (t) => width * thick * sin(PI * t) + 0.5);
  };
  return arc(-152, -112, 0.15) + arc(-104, -92, 0.1);
}
