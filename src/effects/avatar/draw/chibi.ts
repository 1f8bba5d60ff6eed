import type { Point } from '../../../faces/face.ts';
import { fromHex, toLab } from '../../raster/colour.ts';
import { hex, moved } from '../palette.ts';
import { shapeBeard } from './beard.ts';
import { brows, eyes, mouth, nose } from './chibi-face.ts';
import { coloursOf } from './colours.ts';
import { shapeGlasses } from './glasses.ts';
import { type HairShapes, shapeHair } from './hair.ts';
import { type Head, type Proportions, shapeHead } from './head.ts';
import { mirrored, short, through } from './path.ts';
import type { Sitter, Style } from './style.ts';
import { clip, drawing, ellipse, group, linear, path, radial } from './svg.ts';

const { cos, PI, sin } = Math;

/** The mean head of this style: as large as the body, low large eyes, next to no nose. */
const mean: Proportions = {
  width: 252,
  chin: 206,
  crown: 296,
  eyes: 122,
  eye: 60,
  opening: 1.22,
  brow: 112,
  nose: 72,
  mouth: 116,
  noseWidth: 15,
  mouthWidth: 48,
  fall: 0.84,
  exaggeration: 1.7,
};

/** Width of the white edge that the figure is cut out with, and of the lines it is drawn with. */
const edge = 58;
const line = 9;

/** A small figure with a large head, drawn with a line and cut out like a sticker, before rays. */
export const drawChibi: Style = (spec, look, ground) => {
  const head = shapeHead(spec, mean);
  const colours = coloursOf(spec, look.shade);
  const sitter: Sitter = { spec, head, colours, ink: look.ink };
  const inked = { stroke: look.ink, 'stroke-width': line, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' };
  const hair = shapeHair(spec, head);
  const face = through(head.outline, true);
  const body = shapeBody(head);
  const ears = hair?.back ? '' : shapeEars(head);
  const whole = [hair?.back ?? '', hair?.front ?? '', face, body.neck, body.shirt, ears].join('');
  // The figure covers what lies inside: only its edge is drawn.
  const cut = (colour: string, opacity: number) =>
    path(whole, { fill: 'none', stroke: colour, 'stroke-width': edge, 'stroke-linejoin': 'round', 'stroke-opacity': opacity });
  return drawing(
    [
      radial('blush', [
        [0, colours.blush, look.blush],
        [0.7, colours.blush, look.blush * 0.7],
        [1, colours.blush, 0],
      ]),
      linear(
        'hair',
        [0, -340],
        [0, 330],
        [
          [0, colours.hairLight],
          [0.35, colours.hair],
          [1, colours.hairShade],
        ],
      ),
      linear(
        'iris',
        [0, -60],
        [0, 60],
        [
          [0, colours.irisDeep],
          [0.45, colours.iris],
          [1, colours.irisLight],
        ],
      ),
      clip('face', face),
      clip('body', body.shirt),
    ],
    path('M0 0H1080V1080H0Z', { fill: ground.ground }),
    path(rays(), { fill: ground.shape, 'fill-opacity': 0.55 }),
    group(
      { transform: 'translate(540 572) scale(1.06)' },
      group({ transform: 'translate(0 14)' }, cut('#1b1530', 0.16)),
      cut('#ffffff', 1),
      path(hair?.back ?? '', { fill: colours.hairShade, ...inked }),
      path(body.neck, { fill: colours.skinShade, ...inked }),
      path(body.shirt, { fill: ground.clothes, ...inked }),
      path(body.shade, { fill: hex(moved(toLab(fromHex(ground.clothes)), [-10, 0, -3])), 'clip-path': 'url(#body)' }),
      path(body.arms, { fill: 'none', ...inked }),
      path(ears, { fill: colours.skin, ...inked }),
      path(face, { fill: colours.skin, ...inked }),
      group({ 'clip-path': 'url(#face)' }, shadows(sitter, hair), cheeks(head)),
      beard(sitter, inked),
      mouth(sitter),
      nose(sitter),
      eyes(sitter),
      brows(sitter),
      glasses(sitter),
      hair === undefined ? '' : frontHair(hair, sitter, inked),
    ),
  );
};

/** Rays from behind the figure to beyond the edges. */
function rays(): string {
  const count = 18;
  const point = (turn: number): string => `${short(540 + 1000 * cos(turn))} ${short(560 + 1000 * sin(turn))}`;
  return Array.from({ length: count }, (_, i) => {
    const turn = (2 * PI * i) / count;
    return `M540 560L${point(turn)}L${point(turn + PI / count)}Z`;
  }).join('');
}

function shapeBody({ chin, width }: Head) {
  const w = width * 0.6;
  const top = chin + 22;
  const at = (x: number, down: number): string => `${short(x)} ${short(top + down)}`;
  const arm = (side: number): string => `M${at(side * w * 0.66, 96)}Q${at(side * w * 0.72, 150)} ${at(side * w * 0.7, 196)}`;
  return {
    neck: `M${at(-50, -52)}V${short(top + 20)}Q${at(0, 60)} ${at(50, 20)}V${short(top - 52)}Z`,
    shirt: `M${at(-58, 0)}Q${at(0, 52)} ${at(58, 0)}C${at(w * 0.8, 8)} ${at(w, 70)} ${at(w * 1.06, 190)}Q${at(0, 214)} ${at(-w * 1.06, 190)}C${at(-w, 70)} ${at(-w * 0.8, 8)} ${at(-58, 0)}Z`,
    shade: `M${at(w * 0.35, 0)}Q${at(w * 0.6, 110)} ${at(w * 0.5, 230)}H${short(w * 1.3)}V${short(top)}ZM${at(-w, -20)}Q${at(0, 110)} ${at(w, -20)}Z`,
    arms: arm(1) + arm(-1),
  };
}

function shapeEars({ width: w, chin: c }: Head): string {
  const ear: Point[] = [
    [w * 0.94, -c * 0.2],
    [w * 1.07, -c * 0.26],
    [w * 1.15, -c * 0.08],
    [w * 1.09, c * 0.16],
    [w * 0.94, c * 0.22],
  ];
  return through(ear, true) + through(mirrored(ear).reverse(), true);
}

function shadows({ head: { width: w, chin: c }, colours }: Sitter, hair: HairShapes | undefined): string {
  const turn: Point[] = [
    [w, -300],
    [w * 0.93, -c * 0.4],
    [w * 0.8, c * 0.3],
    [w * 0.5, c * 0.75],
    [-w * 0.1, c],
  ];
  const away = path(`${through(turn)}L${short(w * 1.3)} ${short(c * 1.2)}Z`, { fill: colours.skinShade, 'fill-opacity': 0.6 });
  if (hair === undefined)
    return away + ellipse(-90, -226, 62, 26, { fill: '#fff', 'fill-opacity': 0.3, transform: 'rotate(-24 -90 -226)' });
  const under = `${through(hair.edge)}L${short(-w * 1.3)} -500H${short(w * 1.3)}Z`;
  return away + path(under, { fill: colours.skinShade, transform: 'translate(0 20)' });
}

function cheeks({ width, mouth: y }: Head): string {
  return [-1, 1].map((side) => ellipse(side * width * 0.66, y * 0.84, 50, 31, { fill: 'url(#blush)' })).join('');
}

function beard({ spec, head, colours }: Sitter, inked: Readonly<Record<string, string | number>>): string {
  const shape = shapeBeard(spec, head).join('');
  if (spec.beard === 'stubble') return path(shape, { fill: colours.brow, 'fill-opacity': 0.26 });
  return path(shape, { fill: spec.hair.length === 'none' ? colours.brow : colours.hair, ...inked });
}

function glasses({ spec, head, ink }: Sitter): string {
  const shape = shapeGlasses(spec, head);
  if (shape === undefined) return '';
  const frame = { fill: 'none', stroke: ink, 'stroke-width': 13, 'stroke-linecap': 'round' };
  return path(shape.lenses, { fill: '#dff2ff', 'fill-opacity': 0.1 }) + path(shape.frame, frame);
}

function frontHair(hair: HairShapes, { colours, ink }: Sitter, inked: Readonly<Record<string, string | number>>): string {
  return [
    path(hair.front, { fill: 'url(#hair)', ...inked }),
    path(hair.shades, { fill: ink, 'fill-opacity': 0.34 }),
    path(hair.lights, { fill: colours.hairLight, 'fill-opacity': 0.9 }),
  ].join('');
}
