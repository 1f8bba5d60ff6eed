import type { Face } from '../../faces/face.ts';
import { meshOf } from '../../faces/mesh.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { ParamsOf } from '../../templates/params.ts';
import type { TemplateOf } from '../../templates/template.ts';
import { fromHex } from '../raster/colour.ts';
import { flatten } from '../raster/flatten.ts';
import { clamp, smoothstep } from '../raster/picture.ts';
import { type Planes, reduce } from '../raster/planes.ts';
import { findSubject, matteOn } from '../subject.ts';
import { clearFace } from './clear.ts';
import { drawEyes, type EyeSize } from './eye.ts';
import { unitOf, visageOf } from './face.ts';
import { drawBrows, drawMouth, drawNose } from './features.ts';
import { inksOf } from './inks.ts';
import { findStrokes } from './lines.ts';
import { makePlate, penOf } from './plate.ts';
import { print } from './print.ts';
import { openScreen } from './screen.ts';
import { findTones, gradeOf, toneTable } from './tones.ts';

const { max, round } = Math;

/** Half the width of the ramp between two tones, levels. */
const ramp = 0.9;

type Style = TemplateOf<'toon'>;

/**
 * Draws a picture anew in five steps: reduced and flattened, faces cleared, strokes found, printed at full size, faces drawn.
 * @param result a copy of the picture, drawn over
 * @param people every face, so that nobody is taken for background
 * @param faces those that are drawn from their mesh
 */
export function draw(
  result: Pixels,
  picture: Pixels,
  people: readonly Face[],
  faces: readonly Face[],
  style: Style,
  params: ParamsOf<'toon'>,
): void {
  const unit = max(...faces.map((face) => unitOf(meshOf(face))));
  const raw = reduce(picture, clamp(round(unit / style.detail), 2, 6));
  const reach = unit / raw.factor;
  const matte = matteOn(findSubject(raw, people), raw);
  const { care, keep } = attention(matte);
  const flat = flatten(raw, style.flat.reach * reach, style.flat.contrast, care);
  const strokes = findStrokes(raw.light, raw.width, raw.height, max(2, round(style.line.length * reach)), 0.1 * reach);
  const visages = faces.flatMap((face) => visageOf(face, flat) ?? []);
  if (style.eyes !== undefined) for (const visage of visages) clearFace(raw, flat, strokes.strokes, visage, keep);
  addStrands(flat.light, strokes.strokes, keep, style.flat.strands);
  const skin = max(20, ...visages.map((visage) => visage.skin.light));
  const tones = toneTable(findTones(histogramOf(flat, matte), style.flat.tones), ramp, gradeOf(skin, style.flat.lift));
  const strength = params.strength / 100;
  print(result, makePlate(flat, matte, penOf(raw.light, strokes, keep, style, skin), style), {
    tones,
    ink: fromHex(style.line.colour),
    own: style.line.own,
    opacity: (style.line.opacity * params.line) / 100,
    screen: style.dots === undefined ? undefined : openScreen(style.dots, unit, 0.93 * skin),
    backdrop: fromHex(style.backdrop.colour),
    strength,
  });
  const size = eyeSize(style, params);
  if (size === undefined) return;
  for (const visage of visages) {
    const inks = inksOf(visage.skin, tones, style.flat.vivid, style.line.colour);
    const drawing = { target: result, photo: picture, visage, inks, opacity: smoothstep(0, 0.6, strength) };
    drawNose(drawing);
    drawMouth(drawing);
    drawEyes(drawing, size);
    drawBrows(drawing);
  }
}

/** How much larger eyes become; undefined where a style traces them. */
export function eyeSize({ eyes }: Style, params: ParamsOf<'toon'>): EyeSize | undefined {
  const grow = (params.eyes / 100) * (params.strength / 100);
  return eyes === undefined ? undefined : { wide: 1 + (eyes.wide - 1) * grow, tall: 1 + (eyes.tall - 1) * grow };
}

/** People keep their edges and lines, the background gives up most of both. */
function attention(matte: Float32Array): { care: Float32Array; keep: Float32Array } {
  const care = new Float32Array(matte.length);
  const keep = new Float32Array(matte.length);
  for (let i = 0; i < matte.length; i++) {
    const share = matte[i] ?? 0;
    care[i] = 0.45 + 0.9 * share;
    keep[i] = 0.12 + 0.88 * smoothstep(0.15, 0.6, share);
  }
  return { care, keep };
}

/** What the strokes had of light and dark, before flattening took it. */
function addStrands(light: Float32Array, strokes: Float32Array, keep: Float32Array, share: number): void {
  for (let i = 0; i < light.length; i++) light[i] = (light[i] ?? 0) - share * (keep[i] ?? 0) * (strokes[i] ?? 0);
}

/** Tones are found where the people are; the background takes what suits them. */
function histogramOf({ light }: Planes, matte: Float32Array): Float64Array {
  const histogram = new Float64Array(256);
  for (let i = 0; i < light.length; i++) {
    const level = clamp(light[i] ?? 0, 0, 255) | 0;
    histogram[level] = (histogram[level] ?? 0) + 0.08 + (matte[i] ?? 0);
  }
  return histogram;
}
