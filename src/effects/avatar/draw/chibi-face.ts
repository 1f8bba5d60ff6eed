import type { Point } from '../../../faces/face.ts';
import { bothSides } from './head.ts';
import { brush, onThrough, short, through } from './path.ts';
import type { Sitter } from './style.ts';
import { clip, ellipse, group, path } from './svg.ts';

const { max, min, PI, sin } = Math;

type Half = (points: readonly Point[]) => readonly Point[];

export function eyes(sitter: Sitter): string {
  return bothSides((half, side) => (sitter.spec.eyes.lids === 'closed' ? shut(sitter, half) : open(sitter, half, side)));
}

function shut({ spec, head: { eyes: x, eye: a }, ink }: Sitter, half: Half): string {
  const tilt = spec.eyes.tilt * 5;
  const line: Point[] = [
    [x - a * 0.85, 4],
    [x - a * 0.3, 22],
    [x + a * 0.3, 22 - tilt * 0.3],
    [x + a * 0.92, -2 - tilt],
  ];
  return path(
    brush(half(line), (t) => 6 + 8 * sin(PI * t)),
    { fill: ink },
  );
}

function open({ spec, head, colours, ink }: Sitter, half: Half, side: 1 | -1): string {
  const { eyes: x, eye: a } = head;
  const h = a * head.opening;
  const tilt = spec.eyes.tilt * 5;
  const { lashes } = spec.eyes;
  const [inner, outer]: [Point, Point] = [
    [x - a * 0.86, -h * 0.06],
    [x + a * 0.96, -h * 0.08 - tilt],
  ];
  const upper: Point[] = [inner, [x - a * 0.6, -h * 0.6], [x, -h * 0.9], [x + a * 0.62, -h * 0.66 - tilt * 0.6], outer];
  const lower: Point[] = [outer, [x + a * 0.74, h * 0.58 - tilt * 0.4], [x + a * 0.06, h * 0.84], [x - a * 0.64, h * 0.6], inner];
  const flick: Point[] = lashes > 0 ? [[x + a * (1.06 + 0.12 * lashes), -h * (0.14 + 0.1 * lashes) - tilt]] : [];
  const shape = `${through(half(upper))}${onThrough(half(lower))}Z`;
  const [rx, ry] = [a * 0.66, h * 0.76];
  const cx = side * (x - a * 0.02);
  return [
    clip(`eye${side}`, shape),
    path(shape, { fill: colours.white }),
    group(
      { 'clip-path': `url(#eye${side})` },
      ellipse(cx, 0, rx, ry, { fill: 'url(#iris)', stroke: ink, 'stroke-width': 6 }),
      ellipse(cx, ry * 0.02, rx * 0.46, ry * 0.5, { fill: '#150d12' }),
      ellipse(cx, ry * 0.62, rx * 0.5, ry * 0.22, { fill: '#fff', 'fill-opacity': 0.28 }),
      path(through(half(upper)), { fill: 'none', stroke: ink, 'stroke-opacity': 0.22, 'stroke-width': 34 }),
    ),
    ellipse(cx - rx * 0.3, -ry * 0.38, rx * 0.3, ry * 0.27, { fill: '#fff' }),
    ellipse(cx + rx * 0.36, ry * 0.34, rx * 0.15, rx * 0.15, { fill: '#fff', 'fill-opacity': 0.9 }),
    path(
      brush(half([...upper, ...flick]), (t) => (5 + (9 + 2.5 * lashes) * sin(PI * (0.14 + 0.62 * t))) * min(1, (1 - t) * 6)),
      { fill: ink },
    ),
    path(
      brush(half(lower.slice(1, 4)), (t) => 1 + 4 * sin(PI * t)),
      { fill: ink, 'fill-opacity': 0.7 },
    ),
  ].join('');
}

export function brows({ spec, head: { eyes: x, eye: a, brow }, colours }: Sitter): string {
  const tilt = spec.brows.tilt * 7;
  const line: Point[] = [
    [x - a * 0.72, -brow + 6 + tilt],
    [x - a * 0.1, -brow - 8],
    [x + a * 0.5, -brow - 7 - tilt * 0.6],
    [x + a, -brow + 13 - tilt],
  ];
  const thick = 18 + 4.5 * spec.brows.thickness;
  const width = (t: number): number => thick * (t < 0.55 ? 0.9 + 0.18 * t : max(0.2, (1 - t) * 2.2));
  return bothSides((half) => path(brush(half(line), width), { fill: colours.brow }));
}

export function nose({ head: { nose: y, noseWidth: w }, colours }: Sitter): string {
  const line: Point[] = [
    [-w, y - 5],
    [-w * 0.4, y + 3],
    [w * 0.4, y + 3],
    [w, y - 5],
  ];
  return path(
    brush(line, (t) => 3 + 6 * sin(PI * t)),
    { fill: colours.skinDeep },
  );
}

export function mouth({ spec, head: { mouth: y, mouthWidth: w }, colours, ink }: Sitter): string {
  const { lips, smile, shows, colour } = spec.mouth;
  const lift = 9.5 + smile * 3.5;
  if (shows === 'lips') {
    const line: Point[] = [
      [-w, y - lift],
      [-w * 0.5, y + lift * 0.35],
      [0, y + lift * 0.7],
      [w * 0.5, y + lift * 0.35],
      [w, y - lift],
    ];
    const lip: Point[] = [
      [-w * 0.62, y + lift * 0.25],
      [0, y + lift * 0.7 + 15 + 4 * lips],
      [w * 0.62, y + lift * 0.25],
    ];
    const painted = colour !== 'natural' || lips > 0;
    return (
      path(`${through(lip)}Z`, { fill: painted ? colours.lip : colours.skinShade }) +
      path(
        brush(line, (t) => 4.5 + 4.5 * sin(PI * t)),
        { fill: ink },
      )
    );
  }
  const deep = shows === 'open' ? 52 : 36;
  const bite = y + deep * (shows === 'open' ? 0.14 : 0.3);
  const top: Point[] = [
    [-w, y - lift],
    [0, y - lift * 0.3],
    [w, y - lift],
  ];
  const low: Point[] = [
    [w, y - lift],
    [w * 0.62, y + deep * 0.62],
    [0, y + deep],
    [-w * 0.62, y + deep * 0.62],
    [-w, y - lift],
  ];
  const inside = `${through(top)}${onThrough(low)}Z`;
  const teeth = `M${short(-w)} ${short(y - lift - 20)}H${short(w)}V${short(bite)}Q0 ${short(bite + deep * 0.3)} ${short(-w)} ${short(bite)}Z`;
  return [
    clip('mouth', inside),
    path(inside, { fill: '#5b1a24' }),
    group({ 'clip-path': 'url(#mouth)' }, ellipse(0, y + deep, w * 0.6, deep * 0.42, { fill: '#e2717a' }), path(teeth, { fill: '#fff' })),
    path(inside, { fill: 'none', stroke: ink, 'stroke-width': 9, 'stroke-linejoin': 'round' }),
  ].join('');
}
