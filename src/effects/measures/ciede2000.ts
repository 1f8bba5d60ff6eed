import type { Lab } from '../raster/colour.ts';

const { abs, atan2, cos, exp, hypot, PI, sin, sqrt } = Math;

/**
 * Difference of two colours as people see it, CIEDE2000 with all parametric factors 1; about 1 is the least that is seen side by side.
 * After CIE 142-2001 in the form of Sharma, Wu and Dalal 2005, doi:10.1002/col.20070, whose notes on the hue of greys are followed.
 */
export function ciede2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  // Greys are spread a little, so that hues near them count for less.
  const grey = 1 + 0.5 * (1 - saturation((hypot(a1, b1) + hypot(a2, b2)) / 2));
  const [x1, x2] = [a1 * grey, a2 * grey];
  const [c1, c2] = [hypot(x1, b1), hypot(x2, b2)];
  const [h1, h2] = [hue(x1, b1), hue(x2, b2)];
  const coloured = c1 * c2 !== 0;

  const turn = coloured ? shortest(h2 - h1) : 0;
  const lightness = l2 - l1;
  const chroma = c2 - c1;
  const tint = 2 * sqrt(c1 * c2) * sin(turn / 2);

  const l = (l1 + l2) / 2;
  const c = (c1 + c2) / 2;
  const h = coloured ? between(h1, h2) : h1 + h2;
  const t = 1 - 0.17 * cos(h - radians(30)) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + radians(6)) - 0.2 * cos(4 * h - radians(63));
  const lightnessScale = 1 + (0.015 * (l - 50) ** 2) / sqrt(20 + (l - 50) ** 2);
  const chromaScale = 1 + 0.045 * c;
  const tintScale = 1 + 0.015 * c * t;
  // In the blues chroma and hue are seen together.
  const blue = radians(60) * exp(-(((h - radians(275)) / radians(25)) ** 2));
  const together = -sin(blue) * saturation(c);

  const [dl, dc, dh] = [lightness / lightnessScale, chroma / chromaScale, tint / tintScale];
  return sqrt(dl * dl + dc * dc + dh * dh + 2 * together * dc * dh);
}

/** 0 for greys, towards 1 for strong colours. */
function saturation(chroma: number): number {
  return sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7));
}

/** Radians from 0 to 2π; 0 for grey. */
function hue(a: number, b: number): number {
  const angle = atan2(b, a);
  return angle < 0 ? angle + 2 * PI : angle;
}

function shortest(turn: number): number {
  if (turn > PI) return turn - 2 * PI;
  return turn < -PI ? turn + 2 * PI : turn;
}

/** The hue in the middle of the shorter way round. */
function between(h1: number, h2: number): number {
  const middle = (h1 + h2) / 2;
  if (abs(h1 - h2) <= PI) return middle;
  return middle < PI ? middle + PI : middle - PI;
}

function radians(degrees: number): number {
  return (degrees * PI) / 180;
}
