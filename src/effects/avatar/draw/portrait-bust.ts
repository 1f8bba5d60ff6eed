import type { Point } from '../../../faces/face.ts';
import type { Ground } from '../../../templates/kinds/avatar.ts';
import { fromHex, toLab } from '../../raster/colour.ts';
import { hex, moved } from '../palette.ts';
import { bothSides, type Head } from './head.ts';
import { short, through } from './path.ts';
import type { Sitter } from './style.ts';
import { group, path } from './svg.ts';

export function neckOf({ width, chin }: Head): string {
  const w = width * 0.5;
  const [under, slope, shoulder] = [chin * 1.15, chin * 1.33, chin * 1.5].map(short);
  const [right, outer, far] = [w, w * 2.2, w * 3].map(short);
  const curve = `C-${right} ${slope} -${outer} ${slope} -${far} ${shoulder}V620H${far}V${shoulder}C${outer} ${slope} ${right} ${slope} ${right} ${under}`;
  return `M-${right} ${short(chin * 0.5)}V${under}${curve}V${short(chin * 0.5)}Z`;
}

export function bust({ head, colours }: Sitter, { clothes }: Ground): string {
  const cloth = toLab(fromHex(clothes));
  const w = head.width * 0.5;
  const y = head.chin * 1.3;
  const [top, dip, low] = [y, y + 92, y + 40].map(short);
  const [side, cup, far] = [w * 1.5, w * 1.2, w * 2.6].map(short);
  const collar = `M-${side} ${top}C-${cup} ${dip} ${cup} ${dip} ${side} ${top}`;
  const shirt = `${collar}C${far} ${short(y + 30)} 380 ${low} 420 700H-420C-380 ${low} -${far} ${short(y + 30)} -${side} ${top}Z`;
  const shade = `M150 700C170 600 ${short(w * 2.2)} ${short(y + 90)} ${short(w * 1.9)} ${short(y + 10)}C330 ${low} 400 600 420 700Z`;
  return [
    path(neckOf(head), { fill: colours.skin }),
    // The chin's shadow is the face itself, moved down and away from the light.
    group({ 'clip-path': 'url(#neck)' }, path(through(head.outline, true), { fill: colours.skinShade, transform: 'translate(14 52)' })),
    path(shirt, { fill: clothes }),
    path(shade, { fill: hex(moved(cloth, [-9, 0, -3])) }),
    path(collar, { fill: 'none', stroke: hex(moved(cloth, [8, 0, 2])), 'stroke-width': 17 }),
  ].join('');
}

export function ears({ head: { width: w, chin: c }, colours }: Sitter): string {
  const shape: Point[] = [
    [w * 0.94, -c * 0.1],
    [w * 1.08, -c * 0.15],
    [w * 1.16, -c * 0.03],
    [w * 1.1, c * 0.15],
    [w * 1.02, c * 0.25],
    [w * 0.93, c * 0.2],
  ];
  const inner: Point[] = [
    [w * 1.01, -c * 0.06],
    [w * 1.09, -c * 0.06],
    [w * 1.07, c * 0.06],
    [w * 1.02, c * 0.12],
  ];
  const line = { fill: 'none', stroke: colours.skinDeep, 'stroke-width': 6, 'stroke-linecap': 'round', 'stroke-opacity': 0.6 };
  return bothSides(
    (half, side) =>
      path(through(half(shape), true), { fill: side > 0 ? colours.skinShade : colours.skin }) + path(through(half(inner)), line),
  );
}
