import type { Face } from '../../faces/face.ts';
import { meshOf } from '../../faces/mesh.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { ParamsOf } from '../../templates/params.ts';
import type { TemplateOf } from '../../templates/template.ts';
import { fromHex, type Rgb } from '../raster/colour.ts';
import { flatten } from '../raster/flatten.ts';
import { clamp, smoothstep } from '../raster/picture.ts';
import { reduce, type Sheet } from '../raster/sheet.ts';
import { findSubject, matteOn } from '../subject.ts';
import { clearFace } from './clear.ts';
import { type Drawing, type Inks, mix } from './drawing.ts';
import { drawEyes } from './eye.ts';
import { unitOf, type Visage, visageOf } from './face.ts';
import { drawBrows, drawMouth, drawNose } from './features.ts';
import { findStrokes, type Strokes } from './lines.ts';
import { type Plate, print } from './print.ts';
import { openScreen } from './screen.ts';
import { findTones, toneIndex, toneTable } from './tones.ts';

const { abs, max, min, PI, round, sin } = Math;

/** Half the width of the ramp between two tones, levels. */
const ramp = 0.9;

type Style = TemplateOf<'toon'>;

/** @param result a copy of the picture, drawn over */
export function draw(result: Pixels, picture: Pixels, faces: readonly Face[], style: Style, params: ParamsOf<'toon'>): void {
  const unit = max(...faces.map((face) => unitOf(meshOf(face))));
  const raw = reduce(picture, clamp(round(unit / style.detail), 2, 6));
  const reach = unit / raw.factor;
  const matte = matteOn(findSubject(raw, faces), raw);
  const flat = flatten(
    raw,
    style.flat.reach * reach,
    style.flat.contrast,
    matte.map((share) => 0.45 + 0.9 * share),
  );
  const keep = matte.map((share) => 0.12 + 0.88 * smoothstep(0.15, 0.6, share));
  const found = faces.flatMap((face) => visageOf(face, flat) ?? []);
  const drawn = findStrokes(raw.light, raw.width, raw.height, max(2, round(style.line.length * reach)), 0.1 * reach);
  if (style.eyes !== undefined) for (const visage of found) clearFace(raw, flat, drawn.strokes, visage, keep);
  const skin = max(20, ...found.map((visage) => visage.skin.light));
  addStrands(flat.light, drawn.strokes, keep, style.flat.strands);
  const lines = penOf(raw, drawn, keep, style, skin);
  const histogram = histogramOf(flat, matte);
  const tones = toneTable(findTones(histogram, style.flat.tones), ramp, grade(histogram, skin, style.flat.lift));
  const plate = plateOf(flat, matte, lines, style);
  const strength = params.strength / 100;
  print(result, plate, {
    tones,
    ink: fromHex(style.line.colour),
    own: style.line.own,
    opacity: (style.line.opacity * params.line) / 100,
    screen: style.dots === undefined ? undefined : openScreen(style.dots, unit, 0.93 * skin),
    backdrop: fromHex(style.backdrop.colour),
    strength,
  });
  if (style.eyes === undefined) return;
  const grow = (params.eyes / 100) * strength;
  const size = { wide: 1 + (style.eyes.wide - 1) * grow, tall: 1 + (style.eyes.tall - 1) * grow };
  for (const visage of found) {
    const drawing = { target: result, photo: picture, visage, inks: inksOf(visage, tones, style), opacity: smoothstep(0, 0.6, strength) };
    drawFace(drawing, size);
  }
}

function drawFace(drawing: Drawing, size: { wide: number; tall: number }): void {
  drawNose(drawing);
  drawMouth(drawing);
  drawEyes(drawing, size);
  drawBrows(drawing);
}

/** What the strokes had of light and dark, before flattening took it. */
function addStrands(light: Float32Array, strokes: Float32Array, keep: Float32Array, share: number): void {
  for (let i = 0; i < light.length; i++) light[i] = (light[i] ?? 0) - share * (keep[i] ?? 0) * (strokes[i] ?? 0);
}

/** Tones are found where the people are; the background takes what suits them. */
function histogramOf({ light }: Sheet, matte: Float32Array): Float64Array {
  const histogram = new Float64Array(256);
  for (let i = 0; i < light.length; i++) {
    const level = clamp(light[i] ?? 0, 0, 255) | 0;
    histogram[level] = (histogram[level] ?? 0) + 0.08 + (matte[i] ?? 0);
  }
  return histogram;
}

/**
 * Illustrators draw a little lighter than life; dark skin is lifted by less, so that it stays what it is. A photo that holds no white at all was
 * taken in the dark and is brought to light first.
 */
function grade(histogram: Float64Array, skin: number, lift: number): (tone: number) => number {
  const all = histogram.reduce((sum, count) => sum + count, 0);
  let white = 255;
  for (let above = histogram[255] ?? 0; white > 1 && above < 0.02 * all; white--) above += histogram[white - 1] ?? 0;
  const gain = clamp(225 / white, 1, 1.4);
  const most = lift * min(1, (gain * skin) / 160);
  return (tone) => {
    const lit = min(255, gain * tone);
    return clamp(lit + most * (sin((PI * lit) / 256) + 0.5 * (1 - lit / 255)), 0, 255);
  };
}

/** The pen's work in the measure of `Plate.pen`. */
function penOf({ light }: Sheet, { strokes, busy }: Strokes, keep: Float32Array, { line }: Style, skin: number): Float32Array {
  const out = new Float32Array(light.length);
  const rise = 1 / (line.to - line.from);
  for (let i = 0; i < out.length; i++) {
    const bar = line.from + line.calm * (busy[i] ?? 0) + line.tilt * ((light[i] ?? 0) / skin - line.pivot);
    const drawn = ((strokes[i] ?? 0) - bar) * rise;
    out[i] = drawn > 0 ? drawn * (keep[i] ?? 1) : max(-1, drawn);
  }
  return out;
}

/** Colours as shares of lightness, as strong as the style wants them; the background is marked to fade. */
function plateOf(flat: Sheet, matte: Float32Array, pen: Float32Array, style: Style): Plate {
  const { width, height, factor, light, red, blue } = flat;
  const [paperRed, paperGreen, paperBlue] = fromHex(style.paper);
  const green = new Float32Array(light.length);
  for (let i = 0; i < light.length; i++) {
    const share = 1 / max(24, light[i] ?? 0);
    const r = (red[i] ?? 0) * share;
    const b = (blue[i] ?? 0) * share;
    const vivid = vividness(style.flat.vivid, r, b);
    red[i] = ((1 + vivid * r) * paperRed) / 255;
    green[i] = ((1 - vivid * (0.50937 * r + 0.19421 * b)) * paperGreen) / 255;
    blue[i] = ((1 + vivid * b) * paperBlue) / 255;
    matte[i] = style.backdrop.share * (1 - smoothstep(0, 0.35, matte[i] ?? 0));
  }
  return { width, height, factor, light, red, green, blue, pen, fade: matte };
}

/** Pale colours gain most, those that are strong already (sunlit skin among them) nothing. */
function vividness(most: number, red: number, blue: number): number {
  return 1 + (most - 1) * max(0, 1 - (abs(red) + abs(blue)) / 0.8);
}

/** The colours a face is drawn in: its own skin in the tone it is printed in, and darker ones of the same hue. */
function inksOf({ skin }: Visage, tones: Float32Array, style: Style): Inks {
  const tone = tones[toneIndex(skin.light)] ?? skin.light;
  const [dr, db] = [skin.red / skin.light, skin.blue / skin.light];
  const vivid = vividness(style.flat.vivid, dr, db);
  const at = (factor: number, warm: number): Rgb => {
    const level = tone * factor;
    const red = level + dr * vivid * level + warm;
    const blue = level + db * vivid * level;
    return [red, (level - 0.299 * red - 0.114 * blue) / 0.587, blue];
  };
  const deep = at(0.62, 12);
  const line = fromHex(style.line.colour);
  return { light: at(1, 0), shade: at(0.86, 6), deep, line: mix(deep, line, 0.6), lash: mix(line, [20, 12, 20], 0.5) };
}
