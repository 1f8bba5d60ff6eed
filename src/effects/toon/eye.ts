import type { Point } from '../../faces/face.ts';
import { fromLab, type Rgb, toLab } from '../raster/colour.ts';
import { clamp, type Mask, smoothstep } from '../raster/picture.ts';
import { coverage, curve, ellipse, type Path, stroke } from '../raster/shapes.ts';
import { brightness, type Drawing, fill, meanColour, mix, whiteIn } from './drawing.ts';
import { places } from './face.ts';

const { floor, hypot, max, min, PI, sin } = Math;

/** The upper and the lower lid, both from the left of the picture to the right. */
const lids = {
  left: { upper: [33, 246, 161, 160, 159, 158, 157, 173, 133], lower: [33, 7, 163, 144, 145, 153, 154, 155, 133] },
  right: { upper: [362, 398, 384, 385, 386, 387, 388, 466, 263], lower: [362, 382, 381, 380, 374, 373, 390, 249, 263] },
} as const;

/** How much larger eyes are drawn than they are. */
export interface EyeSize {
  readonly wide: number;
  readonly tall: number;
}

/** Below this opening, in half widths of the eye, it is drawn closed. */
const closed = 0.13;

const white: Rgb = [255, 255, 255];
const night: Rgb = [14, 8, 16];

/** An eye's own frame: the origin between its corners, the unit half its width, x along it and y down across it. */
interface Frame {
  readonly half: number;
  to(place: Point): Point;
  from(place: Point): Point;
}

/** Draws both eyes: the person's own lids and gaze and the hue of the iris, enlarged about the middle of each eye. */
export function drawEyes(drawing: Drawing, size: EyeSize): void {
  drawEye(drawing, 'left', size);
  drawEye(drawing, 'right', size);
}

function drawEye(drawing: Drawing, side: keyof typeof lids, size: EyeSize): void {
  const { target, visage, inks } = drawing;
  const upperLid = places(visage.mesh, lids[side].upper);
  const lowerLid = places(visage.mesh, lids[side].lower);
  const frame = frameOf(upperLid, lowerLid);
  const shape = coverage([...upperLid, ...[...lowerLid].reverse()], target.width, target.height);
  const open = frame.to(lowerLid[4] ?? [0, 0])[1] - frame.to(upperLid[4] ?? [0, 0])[1];
  // A narrow eye stays narrow: what is closed must not be torn open.
  const tall = 1 + (size.tall - 1) * smoothstep(0.12, 0.32, open);
  const grown = (lid: Path): Path =>
    curve(
      lid.map((place) => {
        const [u, v] = frame.to(place);
        return [u * size.wide, v * tall];
      }),
    );
  const [upper, lower] = [grown(upperLid), grown(lowerLid)];
  if (open > closed) drawBall(drawing, frame, upper, lower, shape, size);
  drawLashes(drawing, frame, upper, lower, side === 'left', open > closed);
  if (open > closed) {
    const crease = upper
      .slice(floor(0.12 * upper.length), floor(0.9 * upper.length))
      .map(([u, v]): Point => [u * 1.02, v - 0.17 - 0.05 * open]);
    fill(
      drawing,
      stroke(crease.map(frame.from), (t) => max(0.3, 0.05 * frame.half * sin(PI * t) ** 0.7)),
      mix(inks.deep, inks.line, 0.4),
      0.6,
    );
  }
}

function frameOf(upper: Path, lower: Path): Frame {
  const [x0, y0] = upper[0] ?? [0, 0];
  const [x1, y1] = upper.at(-1) ?? [0, 0];
  const half = max(0.5, hypot(x1 - x0, y1 - y0) / 2);
  const [ux, uy] = [(x1 - x0) / (2 * half), (y1 - y0) / (2 * half)];
  const all = [...upper, ...lower];
  const x = all.reduce((sum, place) => sum + place[0], 0) / all.length;
  const y = all.reduce((sum, place) => sum + place[1], 0) / all.length;
  return {
    half,
    to: ([px, py]) => [((px - x) * ux + (py - y) * uy) / half, ((py - y) * ux - (px - x) * uy) / half],
    from: ([u, v]) => [x + half * (u * ux - v * uy), y + half * (u * uy + v * ux)],
  };
}

function drawBall(drawing: Drawing, frame: Frame, upper: Path, lower: Path, shape: Mask, size: EyeSize): void {
  const { target, inks } = drawing;
  const opening = coverage([...upper, ...[...lower].reverse()].map(frame.from), target.width, target.height);
  fill(drawing, [...upper, ...[...lower].reverse()].map(frame.from), mix(whiteIn(drawing, [250, 250, 252]), inks.light, 0.1));
  const [topV, bottomV] = [upper[upper.length >> 1]?.[1] ?? 0, lower[lower.length >> 1]?.[1] ?? 0];
  const height = bottomV - topV;
  const radius = clamp(0.62 * height, 0.4 * size.wide, 0.6 * size.wide);
  const gaze = gazeOf(drawing, frame, shape);
  const [cu, cv] = [gaze * size.wide, (topV + bottomV) / 2 + (height / 2 - radius) * 0.1];
  const [ru, rv] = [0.94 * radius, 1.06 * radius];
  const round = (u: number, v: number, a: number, b: number): Path =>
    ellipse(a * ru, b * rv).map(([x, y]) => frame.from([cu + u * ru + x, cv + v * rv + y]));
  const iris = irisOf(drawing, frame, shape, gaze);
  fill(drawing, round(0, 0, 1, 1), mix(iris.top, inks.lash, 0.6), 1, opening);
  const ramp = (x: number, y: number): Rgb => {
    const t = ((frame.to([x, y])[1] - cv) / rv + 1) / 2;
    return t < 0.5 ? mix(iris.top, iris.middle, smoothstep(0.1, 0.5, t)) : mix(iris.middle, iris.bottom, smoothstep(0.5, 0.95, t));
  };
  fill(drawing, round(0, 0, 0.93, 0.94), ramp, 1, opening);
  fill(drawing, round(0, 0.5, 0.6, 0.32), mix(iris.bottom, white, 0.25), 0.45, opening);
  fill(drawing, round(0, -0.02, 0.44, 0.48), mix(inks.lash, night, 0.6), 1, opening);
  // The lid's shadow, then the light on the eye over everything.
  const shadow = upper.map(([u, v]): Point => [u, v + 0.2 * height + 0.06]).reverse();
  fill(drawing, [...upper, ...shadow].map(frame.from), [60, 50, 90], 0.32, opening);
  fill(drawing, round(-0.36, -0.36, 0.31, 0.34), white, 1, opening);
  fill(drawing, round(0.38, 0.42, 0.14, 0.15), white, 0.9, opening);
}

/** The dark line of the upper lid, thick outwards with a short tip beyond the corner, and the outer part of the lower one. */
function drawLashes(drawing: Drawing, { half, from }: Frame, upper: Path, lower: Path, left: boolean, open: boolean): void {
  const { inks } = drawing;
  const outward = (t: number): number => (left ? 1 - t : t);
  const [u, v] = (left ? upper[0] : upper.at(-1)) ?? [0, 0];
  const tip: Point = [u + (left ? -0.12 : 0.12), v - (open ? 0.03 : -0.04)];
  const line = (left ? [tip, ...upper] : [...upper, tip]).map(([x, y]) => from([x, y - 0.02]));
  const thick = (t: number): number => half * (0.03 + 0.17 * smoothstep(0, 0.55, outward(t)) * (1 - 0.75 * smoothstep(0.8, 1, outward(t))));
  fill(drawing, stroke(line, thick), inks.lash);
  if (!open) return;
  const cut = floor(0.62 * lower.length);
  const outer = (left ? lower.slice(0, cut) : lower.slice(lower.length - cut)).map(from);
  fill(
    drawing,
    stroke(outer, (t) => 0.2 + 0.055 * half * smoothstep(0, 0.6, outward(t))),
    mix(inks.deep, inks.line, 0.6),
    0.85,
  );
}

/** Where the iris is along the eye, from the middle of what is dark between the lids; -0.3 to 0.3. */
function gazeOf({ photo }: Drawing, frame: Frame, { area, data }: Mask): number {
  const light = new Float32Array(area.width * area.height);
  let darkest = 255;
  let total = 0;
  let count = 0;
  for (let i = 0; i < light.length; i++) {
    if ((data[i] ?? 0) < sure) continue;
    const at = ((area.y + floor(i / area.width)) * photo.width + area.x + (i % area.width)) * photo.channels;
    const here = 0.299 * (photo.data[at] ?? 0) + 0.587 * (photo.data[at + 1] ?? 0) + 0.114 * (photo.data[at + 2] ?? 0);
    light[i] = here;
    darkest = min(darkest, here);
    total += here;
    count++;
  }
  const limit = (darkest + total / max(1, count)) / 2;
  let x = 0;
  let y = 0;
  let weight = 0;
  for (let i = 0; i < light.length; i++) {
    if ((data[i] ?? 0) < sure) continue;
    const dark = max(0, limit - (light[i] ?? 0)) ** 1.5;
    x += dark * (area.x + (i % area.width) + 0.5);
    y += dark * (area.y + floor(i / area.width) + 0.5);
    weight += dark;
  }
  return weight > 0 ? clamp(0.8 * frame.to([x / weight, y / weight])[0], -0.3, 0.3) : 0;
}

/** Levels of a mask from which a pixel counts as between the lids. */
const sure = 180;

/** A drawn iris has the hue of the person's own, brighter and clearer: dark above, glowing below. */
function irisOf({ photo }: Drawing, frame: Frame, { area, data }: Mask, gaze: number): { top: Rgb; middle: Rgb; bottom: Rgb } {
  const [x, y] = frame.from([gaze, 0]);
  const found: Rgb[] = [];
  for (let i = 0; i < data.length; i++) {
    if ((data[i] ?? 0) < sure) continue;
    const [px, py] = [area.x + (i % area.width), area.y + floor(i / area.width)];
    const far = hypot(px + 0.5 - x, py + 0.5 - y) / frame.half;
    if (far < 0.12 || far > 0.34) continue;
    const at = (py * photo.width + px) * photo.channels;
    found.push([photo.data[at] ?? 0, photo.data[at + 1] ?? 0, photo.data[at + 2] ?? 0]);
  }
  found.sort((a, b) => brightness(a) - brightness(b));
  const [l, a, b] = toLab(meanColour(found, 0.3, 0.7) ?? [70, 48, 38]);
  // Too dark and too grey to have a hue: such irises are brown.
  const brown = smoothstep(14, 6, hypot(a, b)) * smoothstep(45, 30, l);
  const [ma, mb] = [a + (11 - a) * brown, b + (15 - b) * brown];
  const clear = clamp(26 / (hypot(ma, mb) || 1), 1, 2.2);
  const lightness = clamp(max(l, 22 * brown) + 8, 30, 52);
  const at = (factor: number, more: number, ca: number, cb: number): Rgb =>
    fromLab([min(78, lightness * factor + more), ma * clear * ca, mb * clear * cb]);
  return { top: at(0.38, 0, 0.7, 0.6), middle: at(1, 0, 1, 1), bottom: at(1, 24, 1.05, 1.15) };
}
