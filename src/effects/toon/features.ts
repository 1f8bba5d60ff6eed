import type { Point } from '../../faces/face.ts';
import { leftBrow, lipsInner, lipsOuter, rightBrow } from '../../faces/topology.ts';
import { fromLab, type Rgb, toLab } from '../raster/colour.ts';
import { smoothstep } from '../raster/picture.ts';
import { coverage, curve, ellipse, type Path, stroke } from '../raster/shapes.ts';
import { coloursUnder, type Drawing, fill, meanColour, mix, whiteIn } from './drawing.ts';
import { places, rgbOf } from './face.ts';

const { exp, hypot, max, min, PI, sin } = Math;

/** Brows as one tapered shape each, in the dark half of their own colour. */
export function drawBrows(drawing: Drawing): void {
  drawBrow(drawing, leftBrow);
  drawBrow(drawing, [...rightBrow.slice(0, 5).reverse(), ...rightBrow.slice(5).reverse()]);
}

/** @param ring the upper edge from the outer end inwards, the lower edge back */
function drawBrow(drawing: Drawing, ring: readonly number[]): void {
  const { visage, inks, target } = drawing;
  // Eyes grow upwards, so brows make room.
  const lift = (path: Path): Path => path.map(([x, y]) => [x, y - 0.02 * visage.unit]);
  const upper = curve(lift(places(visage.mesh, ring.slice(0, 5))));
  const lower = curve(lift(places(visage.mesh, ring.slice(5))).toReversed());
  const tapered = upper.map(([x, y], i): Point => {
    const [lx, ly] = lower[i] ?? [x, y];
    const thick = 0.8 * (0.15 + 0.85 * smoothstep(0, 0.35, i / (upper.length - 1)));
    return [x + (lx - x) * thick, y + (ly - y) * thick];
  });
  const shape = [...upper, ...tapered.reverse()];
  const own = meanColour(coloursUnder(drawing, coverage(shape, target.width, target.height)), 0, 0.4) ?? inks.line;
  fill(drawing, shape, mix(own, inks.lash, 0.45), 0.95);
}

/** A nose is said with little: the wings, the line under the tip and a shadow. */
export function drawNose(drawing: Drawing): void {
  const { visage, inks } = drawing;
  const { mesh, unit } = visage;
  const [midX, midY] = places(mesh, [2])[0] ?? [0, 0];
  const under = places(mesh, [393, 164, 167]).map(([x, y]): Point => [x + (midX - x) * 0.1, y + (midY - y) * 0.55]);
  fill(drawing, curve([...places(mesh, [98, 97, 2, 326, 327]), ...under], true), inks.shade, 0.7);
  const line = (indexes: readonly number[], width: number, share: number): void => {
    const thin = (t: number): number => max(0.4, width * unit * sin(PI * min(1, max(0, t))) ** 0.8);
    fill(drawing, stroke(curve(places(mesh, indexes)), thin), mix(inks.deep, inks.line, 0.65), share);
  };
  line([240, 97, 2, 326, 460], 0.02, 0.75);
  line([64, 98, 240], 0.02, 0.55);
  line([294, 327, 460], 0.02, 0.55);
}

const upperInner = lipsInner.slice(0, 11);
const lowerInner = [lipsInner[0], ...lipsInner.slice(11).reverse(), lipsInner[10]];
const upperOuter = lipsOuter.slice(0, 11);
const lowerOuter = [lipsOuter[0], ...lipsOuter.slice(11).reverse(), lipsOuter[10]];

/** Height over width from which a mouth counts as open: meshes part closed lips by up to a tenth. */
const open = 0.13;

/** Lips in their own colour, as far as it differs from the skin; an open mouth with its teeth. */
export function drawMouth(drawing: Drawing): void {
  const { visage, inks, target } = drawing;
  const { mesh, unit } = visage;
  const upper = curve(places(mesh, upperInner));
  const lower = curve(places(mesh, lowerInner));
  const width = distance(upper[0], upper.at(-1));
  const height = distance(middle(upper), middle(lower));
  const outline = curve(places(mesh, lipsOuter), true);
  const opening = [...upper, ...lower.toReversed()];
  const inside = coverage(opening, target.width, target.height);
  const own = meanColour(coloursUnder(drawing, coverage(outline, target.width, target.height), inside), 0.35, 0.65) ?? rgbOf(visage.skin);
  const lip = lipColour(own, rgbOf(visage.skin), inks.light);
  const [l, a, b] = toLab(lip.colour);
  const dark = fromLab([max(18, l - 34), 0.9 * a + 6, 0.8 * b]);
  fill(drawing, outline, lip.colour, 0.22 + 0.7 * lip.strength);
  fill(drawing, [...curve(places(mesh, upperOuter)), ...upper.toReversed()], fromLab([l - 9, a + 3, b]), 0.15 + 0.5 * lip.strength);
  if (height > open * width) {
    drawOpening(drawing, upper, lower, height / width);
    fill(
      drawing,
      stroke(upper, (t) => max(0.6, 0.026 * unit * sin(PI * t) ** 0.5)),
      dark,
      0.95,
    );
    fill(
      drawing,
      stroke(lower, (t) => max(0.5, 0.016 * unit * sin(PI * t) ** 0.6)),
      dark,
      0.7,
    );
  } else {
    const corner = (t: number): number => exp(-(((t - 0.06) / 0.06) ** 2)) + exp(-(((t - 0.94) / 0.06) ** 2));
    const line = stroke(betweenLips(upper, lower), (t) => max(0.5, 0.024 * unit * (0.35 + 0.65 * sin(PI * t) + 0.35 * corner(t))));
    fill(drawing, line, dark, 0.95);
  }
  const rim = curve(places(mesh, lowerOuter.slice(3, 8)));
  fill(
    drawing,
    stroke(rim, (t) => max(0.3, 0.016 * unit * sin(PI * t))),
    mix(inks.deep, inks.line, 0.65),
    0.35,
  );
  const shine = middle(lower);
  const sunk = middle(rim);
  const spot = ellipse(0.14 * width, max(1, 0.14 * distance(shine, sunk)));
  const moved = spot.map(([x, y]): Point => [x + shine[0] + 0.42 * (sunk[0] - shine[0]), y + shine[1] + 0.42 * (sunk[1] - shine[1])]);
  fill(drawing, moved, [255, 255, 255], 0.06 + 0.4 * lip.strength);
}

/** Lips as they would be on the drawn skin, and how much they stand out from it. */
function lipColour(own: Rgb, skin: Rgb, drawnSkin: Rgb): { colour: Rgb; strength: number } {
  const [lip, bare, drawn] = [toLab(own), toLab(skin), toLab(drawnSkin)];
  const [l, a, b] = [lip[0] - bare[0], lip[1] - bare[1], lip[2] - bare[2]];
  return {
    colour: fromLab([drawn[0] + 0.8 * l, drawn[1] + 1.1 * a + 4, drawn[2] + b + 1]),
    strength: smoothstep(9, 34, hypot(0.7 * l, a, b)),
  };
}

function drawOpening(drawing: Drawing, upper: Path, lower: Path, ratio: number): void {
  const { target } = drawing;
  const opening = [...upper, ...lower.toReversed()];
  const inside = coverage(opening, target.width, target.height);
  fill(drawing, opening, [92, 28, 38]);
  const depth = min(0.72, max(0.35, 0.95 - 0.9 * ratio));
  const teeth = upper.map(([x, y], i): Point => {
    const [lx, ly] = lower[i] ?? [x, y];
    const share = depth * sin((PI * i) / (upper.length - 1)) ** 0.5;
    return [x + (lx - x) * share, y + (ly - y) * share];
  });
  fill(drawing, [...upper, ...teeth.reverse()], whiteIn(drawing, [250, 246, 244]), 1, inside);
  if (ratio < 0.3) return;
  const width = distance(upper[0], upper.at(-1));
  const [x, y] = middle(lower);
  fill(
    drawing,
    ellipse(0.28 * width, 0.3 * ratio * width).map(([u, v]): Point => [x + u, y + v]),
    [205, 96, 100],
    0.95,
    inside,
  );
}

/** The line between closed lips, a little beyond the corners. */
function betweenLips(upper: Path, lower: Path): Path {
  const line = upper.map(([x, y], i): Point => {
    const [lx, ly] = lower[i] ?? [x, y];
    return [(x + lx) / 2, (y + ly) / 2];
  });
  const beyond = ([x, y]: Point, [u, v]: Point): Point => [x + 0.3 * (x - u), y + 0.3 * (y - v)];
  return [beyond(line[0] ?? [0, 0], line[10] ?? [0, 0]), ...line, beyond(line.at(-1) ?? [0, 0], line.at(-11) ?? [0, 0])];
}

function middle(path: Path): Point {
  return path[path.length >> 1] ?? [0, 0];
}

function distance([x, y]: Point = [0, 0], [u, v]: Point = [0, 0]): number {
  return hypot(x - u, y - v);
}
