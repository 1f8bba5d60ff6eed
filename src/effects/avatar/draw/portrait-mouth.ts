import type { Point } from '../../../faces/face.ts';
import type { Colours } from './colours.ts';
import { at, brush, mirrored, onThrough, through } from './path.ts';
import type { Sitter } from './style.ts';
import { ellipse, path } from './svg.ts';

const { PI, sin } = Math;

/** A mouth in points: its half width, where its corners lie, how far its middle hangs under them, and how full its lips are. */
interface Shape {
  readonly w: number;
  readonly y: number;
  readonly corner: Point;
  readonly dip: number;
  readonly full: number;
  /** Upper edge, left to right. */
  readonly top: readonly Point[];
}

export function mouth({ spec, head, colours }: Sitter): string {
  const { smile, lips, shows } = spec.mouth;
  const [w, y] = [head.mouthWidth, head.mouth];
  // A drawing without a trace of a smile looks sad.
  const lift = (smile * 4 + 9) * head.exaggeration;
  const full = 1 + 0.18 * lips;
  const corner: Point = [w, y - lift * 0.7];
  const rise: Point[] = [corner, [w * 0.55, y - 9 * full], [w * 0.2, y - 15 * full]];
  const top: Point[] = [...mirrored(rise), [0, y - 11 * full], ...[...rise].reverse()];
  const shape: Shape = { w, y, corner, dip: lift * 0.55, full, top };
  const drawn = shows === 'lips' ? closed(shape, colours) : opened(shape, shows === 'open' ? 34 : 22, shows === 'open', colours);
  return drawn + dimples(shape, colours);
}

function closed({ w, y, corner, dip, full, top }: Shape, colours: Colours): string {
  const hanging = (depth: number, bulge: number): Point[] => {
    const half: Point[] = [corner, [w * bulge, y + dip * 0.7 + depth * 0.65]];
    return [...half, [0, y + dip + depth], ...mirrored(half).reverse()];
  };
  const seam = hanging(0, 0.5);
  return [
    path(`${through(hanging(19 * full, 0.55))}${onThrough([...seam].reverse())}Z`, { fill: colours.lip }),
    path(`${through(top)}${onThrough(seam)}Z`, { fill: colours.lipDeep }),
    ellipse(-w * 0.1, y + dip + 10 * full, w * 0.26, 3.6 * full, { fill: colours.lipLight }),
    path(
      brush(seam, (t) => 1.5 + 3.5 * sin(PI * t)),
      { fill: colours.skinLine, 'fill-opacity': 0.8 },
    ),
  ].join('');
}

/** @param depth how far the mouth is open @param wide whether the tongue can be seen */
function opened({ w, y, corner, dip, full, top }: Shape, depth: number, wide: boolean, colours: Colours): string {
  const arch: Point[] = [[-w, corner[1]], [-w * 0.5, y - 2 + dip * 0.3], [0, y - 1 + dip * 0.5], [w * 0.5, y - 2 + dip * 0.3], corner];
  const bowl = (bottom: number, sides: number): Point[] => {
    const half: Point[] = [corner, [w * 0.61, y + dip + sides]];
    return [...half, [0, y + dip + bottom], ...mirrored(half).reverse()];
  };
  const bite = wide ? 0.5 : 0.72;
  const teeth: Point[] = [
    [w * 0.86, corner[1] + 3],
    [w * 0.45, y + dip + depth * 0.42],
    [0, y + dip + depth * bite],
  ];
  const row = [...teeth, ...mirrored(teeth.slice(0, 2)).reverse()];
  return [
    path(`${through(top)}${onThrough(bowl(depth + 14 * full, depth * 0.72 + 9 * full))}Z`, { fill: colours.lip }),
    path(`${through(top)}${onThrough([...arch].reverse())}Z`, { fill: colours.lipDeep }),
    path(`${through(arch)}${onThrough(bowl(depth, depth * 0.62))}Z`, { fill: '#4a1519' }),
    path(`${through(arch)}L${at(row[0] ?? corner)}${onThrough(row)}Z`, { fill: '#fbf8f4' }),
    wide ? ellipse(0, y + dip + depth * 0.86, w * 0.36, depth * 0.2, { fill: '#c9565b' }) : '',
  ].join('');
}

function dimples({ w, corner: [, y] }: Shape, { skinDeep }: Colours): string {
  const line: Point[] = [
    [w - 2, y + 3],
    [w + 4, y - 1],
    [w + 7, y - 6],
  ];
  return path(through(line) + through(mirrored(line)), { fill: 'none', stroke: skinDeep, 'stroke-width': 4.5, 'stroke-linecap': 'round' });
}
