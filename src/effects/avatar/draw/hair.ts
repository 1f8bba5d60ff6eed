import type { Point } from '../../../faces/face.ts';
import type { AvatarSpec } from '../spec.ts';
import { edgeOnFace } from './hair-line.ts';
import type { Head } from './head.ts';
import { at, dense, evenly, mirrored, onThrough, quarter, short, through } from './path.ts';
import { shine, strands } from './strands.ts';

const { hypot, PI, sin } = Math;

type Texture = AvatarSpec['hair']['texture'];

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
  const edge = edgeOnFace(cropped ? 'back' : hair.fringe, head);
  const inner: readonly Point[] = isLong ? innerFall(head, down).map(swinging) : [];
  const right = [...inner, ...(isLong || cropped ? [] : [[head.width * 0.94, head.chin * 0.02] as const])];
  const front = outlineOf(outer, right, edge, cropped ? 'straight' : hair.texture, head.width);
  const back = isLong ? backOf(outer, head, down) : '';
  if (cropped) return { back, front, edge, shades: '', lights: '' };
  const { shades, lights } = strands(hair.fringe, head, { lift, side, down: isLong ? down : 0, swinging });
  return { back, front, edge, shades, lights: lights + shine(head, lift, side) };
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
  const curls = evenly(dense(points), unit * 0.31);
  return curls
    .slice(1)
    .map((to, i) => {
      const from = curls[i] ?? to;
      const radius = short(hypot(to[0] - from[0], to[1] - from[1]) * 0.55);
      return `A${radius} ${radius} 0 0 1 ${at(to)}`;
    })
    .join('');
}
