import type { Point } from '../../../faces/face.ts';
import { shapeBeard } from './beard.ts';
import { coloursOf } from './colours.ts';
import { shapeGlasses } from './glasses.ts';
import { type HairShapes, shapeHair } from './hair.ts';
import { type Head, type Proportions, shapeHead } from './head.ts';
import { brush, short, through } from './path.ts';
import { bust, ears, neckOf } from './portrait-bust.ts';
import { brows, eyes } from './portrait-eyes.ts';
import { mouth } from './portrait-mouth.ts';
import type { Sitter, Style } from './style.ts';
import { clip, drawing, ellipse, group, linear, path, radial } from './svg.ts';

const { PI, sin } = Math;

/** The mean head of this style: natural proportions, the forehead a little lower and the eyes larger than life. */
const mean: Proportions = {
  width: 192,
  chin: 258,
  crown: 258,
  eyes: 85,
  eye: 50,
  opening: 0.98,
  brow: 69,
  nose: 114,
  mouth: 176,
  noseWidth: 35,
  mouthWidth: 60,
  fall: 1,
  exaggeration: 1.25,
};

/** The head stands out of the disc at the top, the bust ends with it at the bottom. */
const disc = { x: 540, y: 620, r: 440 } as const;
/** The wall below the middle of the disc, drawn last: a clip would cost every shape a mask. */
const frame = 'M0 620H100A440 440 0 0 0 980 620H1080V1080H0Z';

/** A calm portrait without outlines: large flat shapes, one light from the left, a bust before a disc. */
export const drawPortrait: Style = (spec, look, ground) => {
  const head = shapeHead(spec, mean);
  const colours = coloursOf(spec, look.shade);
  const sitter: Sitter = { spec, head, colours, ink: look.ink };
  const hair = shapeHair(spec, head);
  const face = through(head.outline, true);
  return drawing(
    [
      radial('blush', [
        [0, colours.blush, look.blush],
        [1, colours.blush, 0],
      ]),
      linear(
        'hair',
        [-120, -300],
        [140, 420],
        [
          [0, colours.hairLight],
          [0.42, colours.hair],
          [1, colours.hairShade],
        ],
      ),
      linear(
        'skin',
        [-190, -200],
        [200, 250],
        [
          [0, colours.skinLight],
          [0.55, colours.skin],
        ],
      ),
      clip('face', face),
      clip('neck', neckOf(head)),
    ],
    path('M0 0H1080V1080H0Z', { fill: ground.ground }),
    ellipse(disc.x, disc.y, disc.r, disc.r, { fill: ground.shape }),
    group(
      { transform: 'translate(540 516) scale(1.18)' },
      path(hair?.back ?? '', { fill: colours.hairShade }),
      bust(sitter, ground),
      hair?.back ? '' : ears(sitter),
      path(face, { fill: 'url(#skin)' }),
      group({ 'clip-path': 'url(#face)' }, shadows(sitter, hair), cheeks(head)),
      beard(sitter),
      nose(sitter),
      mouth(sitter),
      eyes(sitter),
      brows(sitter),
      glasses(sitter),
      hair === undefined ? '' : frontHair(hair, sitter),
    ),
    path(frame, { fill: ground.ground }),
  );
};

/** What lies on the skin: the side turned away from the light, and the shadow of the hair or the shine of a bare head. */
function shadows({ head: { width: w, chin: c, crown }, colours }: Sitter, hair: HairShapes | undefined): string {
  const turn: Point[] = [
    [w * 0.8, -crown * 0.6],
    [w * 0.87, -c * 0.1],
    [w * 0.86, c * 0.25],
    [w * 0.62, c * 0.62],
    [w * 0.3, c * 0.9],
    [0, c * 1.1],
  ];
  const away = path(`${through(turn)}H${short(w * 1.2)}V${short(-crown)}Z`, { fill: colours.skinShade, 'fill-opacity': 0.55 });
  if (hair === undefined) {
    const [x, y] = [-w * 0.32, -crown * 0.74];
    return (
      away + ellipse(x, y, w * 0.3, crown * 0.1, { fill: '#fff', 'fill-opacity': 0.22, transform: `rotate(-18 ${short(x)} ${short(y)})` })
    );
  }
  const under = `${through(hair.edge)}L${short(-w * 1.2)} -400H${short(w * 1.2)}Z`;
  return away + path(under, { fill: colours.skinShade, transform: 'translate(5 13)' });
}

function cheeks({ width, nose: y }: Head): string {
  return [-1, 1].map((side) => ellipse(side * width * 0.6, y * 0.86, width * 0.34, width * 0.25, { fill: 'url(#blush)' })).join('');
}

function nose({ head: { nose: y, noseWidth: w }, colours }: Sitter): string {
  const side: Point[] = [
    [w * 0.42, y * 0.16],
    [w * 0.4, y * 0.5],
    [w * 0.62, y * 0.72],
    [w * 1.02, y * 0.88],
    [w * 0.78, y * 1.04],
    [w * 0.2, y * 1.05],
    [w * 0.2, y * 0.72],
    [w * 0.12, y * 0.4],
  ];
  const wings: Point[] = [
    [-w, y * 0.88],
    [-w * 0.92, y],
    [-w * 0.5, y * 1.03],
    [0, y * 1.09],
    [w * 0.5, y * 1.03],
    [w * 0.92, y],
    [w, y * 0.88],
  ];
  return [
    path(through(side, true), { fill: colours.skinShade, 'fill-opacity': 0.8 }),
    path(
      brush(wings, (t) => 1.5 + 5 * sin(PI * t)),
      { fill: colours.skinDeep },
    ),
    ellipse(-w * 0.16, y * 0.86, w * 0.24, w * 0.17, { fill: colours.skinLight, 'fill-opacity': 0.9 }),
  ].join('');
}

function beard({ spec, head, colours }: Sitter): string {
  const thin = spec.beard === 'stubble';
  const fill = thin || spec.hair.length === 'none' ? colours.brow : colours.hair;
  return path(shapeBeard(spec, head).join(''), { fill, 'fill-opacity': thin ? 0.28 : 0.96 });
}

function glasses({ spec, head, ink }: Sitter): string {
  const shape = shapeGlasses(spec, head);
  if (shape === undefined) return '';
  const line = { fill: 'none', stroke: ink, 'stroke-width': 9, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  return path(shape.lenses, { fill: '#eaf6ff', 'fill-opacity': 0.08 }) + path(shape.frame, line);
}

function frontHair(hair: HairShapes, { colours }: Sitter): string {
  return [
    path(hair.front, { fill: 'url(#hair)' }),
    path(hair.shades, { fill: colours.hairShade, 'fill-opacity': 0.5 }),
    path(hair.lights, { fill: colours.hairLight, 'fill-opacity': 0.6 }),
  ].join('');
}
