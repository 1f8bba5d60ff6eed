import type { Point } from '../../../faces/face.ts';
import { bothSides } from './head.ts';
import { brush, onThrough, through } from './path.ts';
import type { Sitter } from './style.ts';
import { clip, ellipse, group, path } from './svg.ts';

const { max, min, PI, sin } = Math;

type Half = (points: readonly Point[]) => readonly Point[];

export function eyes(sitter: Sitter): string {
  return bothSides((half, side) => (sitter.spec.eyes.lids === 'closed' ? shut(sitter, half) : open(sitter, half, side)));
}

/** Corners of the eye on the right of the picture. */
function corners({ spec, head }: Sitter): { readonly inner: Point; readonly outer: Point; readonly tilt: number } {
  const { eyes: x, eye: a, opening, exaggeration } = head;
  const tilt = spec.eyes.tilt * 2.6 * exaggeration;
  const height = a * opening;
  return { inner: [x - a, tilt * 0.6 + height * 0.1], outer: [x + a, -tilt - height * 0.06], tilt };
}

function lashWidth({ spec }: Sitter): number {
  return 7 + 2.2 * spec.eyes.lashes;
}

function shut(sitter: Sitter, half: Half): string {
  const { eyes: x, eye: a, opening } = sitter.head;
  const h = a * opening;
  const { inner, outer } = corners(sitter);
  const line: Point[] = [inner, [x - a * 0.5, h * 0.4], [x + a * 0.2, h * 0.48], [x + a * 0.7, h * 0.3], outer];
  return path(
    brush(half(line), (t) => 2 + lashWidth(sitter) * sin(PI * (0.1 + 0.85 * t))),
    { fill: sitter.colours.skinLine },
  );
}

function open(sitter: Sitter, half: Half, side: 1 | -1): string {
  const { spec, head, colours } = sitter;
  const { eyes: x, eye: a } = head;
  const h = a * head.opening;
  const { inner, outer, tilt } = corners(sitter);
  const upper: Point[] = [inner, [x - a * 0.62, -h * 0.42], [x - a * 0.1, -h * 0.68], [x + a * 0.5, -h * 0.55 - tilt * 0.5], outer];
  const lower: Point[] = [outer, [x + a * 0.5, h * 0.4], [x - a * 0.05, h * 0.5], [x - a * 0.6, h * 0.38], inner];
  const shape = `${through(half(upper))}${onThrough(half(lower))}Z`;
  const { lashes } = spec.eyes;
  const flick: Point[] = lashes > 0 ? [[outer[0] + 7 * lashes, outer[1] - 5 * lashes]] : [];
  const lid = half([...upper, ...flick]);
  const crease = half(upper.slice(1).map(([px, py]): Point => [px + 1, py - h * 0.24]));
  const r = h * 0.56;
  const [cx, cy] = [side * (x - a * 0.02), -h * 0.1];
  return [
    clip(`eye${side}`, shape),
    path(shape, { fill: colours.white }),
    group(
      { 'clip-path': `url(#eye${side})` },
      ellipse(cx, cy, r, r, { fill: colours.irisDeep }),
      ellipse(cx, cy + r * 0.08, r * 0.82, r * 0.82, { fill: colours.iris }),
      ellipse(cx, cy + r * 0.5, r * 0.5, r * 0.28, { fill: colours.irisLight, 'fill-opacity': 0.8 }),
      ellipse(cx, cy, r * 0.46, r * 0.46, { fill: '#140d0c' }),
      // The shade of the lid on the eye.
      path(through(half(upper)), { fill: 'none', stroke: '#000', 'stroke-opacity': 0.16, 'stroke-width': h * 0.36 }),
    ),
    ellipse(cx - r * 0.32, cy - r * 0.34, r * 0.24, r * 0.24, { fill: '#fff' }),
    ellipse(cx + r * 0.36, cy + r * 0.34, r * 0.12, r * 0.12, { fill: '#fff', 'fill-opacity': 0.8 }),
    path(
      brush(lid, (t) => (2.5 + lashWidth(sitter) * sin(PI * (0.12 + 0.6 * t))) * min(1, (1 - t) * 5)),
      { fill: colours.skinLine },
    ),
    path(
      brush(crease, (t) => 1 + 3 * sin(PI * t)),
      { fill: colours.skinDeep, 'fill-opacity': 0.75 },
    ),
    path(
      brush(half(lower.slice(0, 4)), (t) => 2.4 * (1 - t)),
      { fill: colours.skinLine, 'fill-opacity': 0.5 },
    ),
  ].join('');
}

export function brows({ spec, head, colours }: Sitter): string {
  const { eyes: x, eye: a } = head;
  const y = -head.brow;
  const tilt = spec.brows.tilt * 4;
  const line: Point[] = [
    [x - a * 0.98, y + 5 + tilt],
    [x - a * 0.4, y - 2 + tilt * 0.4],
    [x + a * 0.3, y - 8 - tilt * 0.3],
    [x + a * 0.86, y - 3 - tilt * 0.6],
    [x + a * 1.28, y + 13 - tilt * 0.5],
  ];
  const thick = 14.5 + 3 * spec.brows.thickness;
  const width = (t: number): number => thick * (t < 0.5 ? 0.66 + 0.68 * t : max(0.1, 2 - 2 * t));
  return bothSides((half) => path(brush(half(line), width), { fill: colours.brow }));
}
