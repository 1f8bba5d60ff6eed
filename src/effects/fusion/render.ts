import type { Rendering } from '../../templates/kinds/fusion.ts';
import { smoothstep } from '../raster/picture.ts';
import { powers, quickExp } from '../raster/power.ts';
import { floats } from '../raster/scratch.ts';
import { brushed } from './brush.ts';
import { cell, cellsAcross } from './coarse.ts';
import { addForms, darkest } from './forms.ts';
import { grainSide } from './grain.ts';
import { type Plan, plan as places, planned } from './plan.ts';
import type { Sheet } from './warp.ts';

const { max, min, round } = Math;
const { own: ownAt, even: evenAt, add: addAt, lit: litAt, share: shareAt, feature: featureAt } = places;
const { slope: slopeAt, shift: shiftAt, near: nearAt, form: formAt } = places;

/** Powers of the shade for red, green and blue: light that has gone through skin is red, so its shadows are warmer than its lights. */
const shadeRed = powers(0.86);
const shadeGreen = powers(1.05);
const shadeBlue = powers(1.1);

/** Logarithms of lightness, four a level. */
const logOf = Float32Array.from({ length: 1021 }, (_, i) => Math.log(i / 4 + darkest));

/** What brings a face near to the template's in all that is finer than a cell. */
export interface Finish {
  /** See `tintTable`. */
  readonly tint: Uint8Array;
  /** See `grainOf`, and how much of it is laid on. */
  readonly grain: Int8Array;
  readonly grainy: number;
}

/**
 * Turns a photo's face, already warped into place, into a face of the scene: the photo's light is replaced by the scene's, and in a drawn scene
 * the rest is drawn with its brush, line and colours.
 * @returns packed pixels of the sheet: straight colours, and how much of the face is laid
 */
export function renderFace(sheet: Sheet, plan: Plan, rendering: Rendering, finish: Finish): Int32Array {
  const light = lightOf(sheet);
  const { width, height } = sheet.area;
  if (!plan.drawn) return shadePhoto(sheet, light, plan, finish);
  const crisp = brushed(light, width, height, max(1, round(width / 190)));
  addForms(plan, light, crisp, width, height, rendering.paint);
  return shadeDrawn(sheet, crisp, plan, rendering, finish);
}

/** Lightness of each pixel of a sheet, in borrowed memory. */
export function lightOf({ data, covered }: Sheet): Float32Array {
  const light = floats('lightness', covered.length);
  for (let i = 0, k = 0; i < light.length; i++, k += 3) {
    light[i] = 0.3 * (data[k] ?? 0) + 0.59 * (data[k + 1] ?? 0) + 0.11 * (data[k + 2] ?? 0);
  }
  return light;
}

function shadeDrawn(
  { area: { width, height }, covered }: Sheet,
  crisp: Float32Array,
  plan: Plan,
  { line }: Rendering,
  { tint }: Finish,
): Int32Array {
  const out = new Int32Array(width * height);
  const row = new Float32Array((plan.width + 1) * planned);
  const { cells, parts } = cellsAcross(width);
  for (let y = 0; y < height; y++) {
    between(plan, y, row);
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (covered[i] === 0) continue;
      const p = (cells[x] ?? 0) * planned;
      const q = p + planned;
      const u = parts[x] ?? 0;
      const w = 1 - u;
      const share = w * (row[p + shareAt] ?? 0) + u * (row[q + shareAt] ?? 0);
      if (share <= 0.002) continue;
      const smooth =
        (w * (row[p + slopeAt] ?? 0) + u * (row[q + slopeAt] ?? 0)) * (crisp[i] ?? 0) +
        w * (row[p + shiftAt] ?? 0) +
        u * (row[q + shiftAt] ?? 0);
      const near = w * (row[p + nearAt] ?? 0) + u * (row[q + nearAt] ?? 0);
      const form = w * (row[p + formAt] ?? 0) + u * (row[q + formAt] ?? 0);
      const detail = w * (row[p + featureAt] ?? 0) + u * (row[q + featureAt] ?? 0);
      const bright = logOf[smooth < 0 ? 0 : smooth > 255 ? 1020 : (smooth * 4) | 0] ?? 0;
      const against = bright - near;
      const crispness = min(max(against, -0.5), 0.4) * (0.12 + 0.38 * detail);
      const relief = min(max(bright - form, -0.36), 0.34) * 0.35 * (1 - detail);
      let lightness = (smooth + 2) * quickExp(crispness + relief) - 2;
      if (detail > 0.01 && against < -0.05) {
        lightness *= 1 - line * detail * (0.5 * smoothstep(0.05, 0.5, -against) + 0.4 * smoothstep(0.15, 0.3, -against));
      }
      const lit = min(max((w * (row[p + litAt] ?? 0) + u * (row[q + litAt] ?? 0)) * lightness * 256, 5), 1023) | 0;
      const red =
        (w * (row[p + ownAt] ?? 0) + u * (row[q + ownAt] ?? 0)) * lightness +
        (w * (row[p + evenAt] ?? 0) + u * (row[q + evenAt] ?? 0)) * (shadeRed[lit] ?? 0) +
        (w * (row[p + addAt] ?? 0) + u * (row[q + addAt] ?? 0));
      const green =
        (w * (row[p + ownAt + 1] ?? 0) + u * (row[q + ownAt + 1] ?? 0)) * lightness +
        (w * (row[p + evenAt + 1] ?? 0) + u * (row[q + evenAt + 1] ?? 0)) * (shadeGreen[lit] ?? 0) +
        (w * (row[p + addAt + 1] ?? 0) + u * (row[q + addAt + 1] ?? 0));
      const blue =
        (w * (row[p + ownAt + 2] ?? 0) + u * (row[q + ownAt + 2] ?? 0)) * lightness +
        (w * (row[p + evenAt + 2] ?? 0) + u * (row[q + evenAt + 2] ?? 0)) * (shadeBlue[lit] ?? 0) +
        (w * (row[p + addAt + 2] ?? 0) + u * (row[q + addAt + 2] ?? 0));
      const r = red < 0 ? 0 : red > 255 ? 255 : red | 0;
      const g = green < 0 ? 0 : green > 255 ? 255 : green | 0;
      const b = blue < 0 ? 0 : blue > 255 ? 255 : blue | 0;
      const level = 768 * ((77 * r + 151 * g + 28 * b) >> 8);
      out[i] = ((255 * share) << 24) | ((tint[level + 512 + b] ?? 0) << 16) | ((tint[level + 256 + g] ?? 0) << 8) | (tint[level + r] ?? 0);
    }
  }
  return out;
}

function shadePhoto(
  { area: { width, height }, data, covered }: Sheet,
  light: Float32Array,
  plan: Plan,
  { grain, grainy }: Finish,
): Int32Array {
  const out = new Int32Array(width * height);
  const row = new Float32Array((plan.width + 1) * planned);
  const { cells, parts } = cellsAcross(width);
  for (let y = 0; y < height; y++) {
    between(plan, y, row);
    // Tiles are shifted from row to row, so that no pattern is seen.
    const line = grainSide * (y % grainSide);
    const shift = 17 * ((y / grainSide) | 0);
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (covered[i] === 0) continue;
      const p = (cells[x] ?? 0) * planned;
      const q = p + planned;
      const u = parts[x] ?? 0;
      const w = 1 - u;
      const share = w * (row[p + shareAt] ?? 0) + u * (row[q + shareAt] ?? 0);
      if (share <= 0.002) continue;
      const k = 3 * i;
      const own = light[i] ?? 0;
      const lit = min(max((w * (row[p + litAt] ?? 0) + u * (row[q + litAt] ?? 0)) * own * 256, 5), 1023) | 0;
      const speck = grainy * (grain[line + ((x + shift) % grainSide)] ?? 0);
      const red =
        (w * (row[p + ownAt] ?? 0) + u * (row[q + ownAt] ?? 0)) * (data[k] ?? 0) +
        (w * (row[p + evenAt] ?? 0) + u * (row[q + evenAt] ?? 0)) * (shadeRed[lit] ?? 0) +
        (w * (row[p + addAt] ?? 0) + u * (row[q + addAt] ?? 0)) +
        speck;
      const green =
        (w * (row[p + ownAt + 1] ?? 0) + u * (row[q + ownAt + 1] ?? 0)) * (data[k + 1] ?? 0) +
        (w * (row[p + evenAt + 1] ?? 0) + u * (row[q + evenAt + 1] ?? 0)) * (shadeGreen[lit] ?? 0) +
        (w * (row[p + addAt + 1] ?? 0) + u * (row[q + addAt + 1] ?? 0)) +
        speck;
      const blue =
        (w * (row[p + ownAt + 2] ?? 0) + u * (row[q + ownAt + 2] ?? 0)) * (data[k + 2] ?? 0) +
        (w * (row[p + evenAt + 2] ?? 0) + u * (row[q + evenAt + 2] ?? 0)) * (shadeBlue[lit] ?? 0) +
        (w * (row[p + addAt + 2] ?? 0) + u * (row[q + addAt + 2] ?? 0)) +
        speck;
      const r = red < 0 ? 0 : red > 255 ? 255 : red | 0;
      const g = green < 0 ? 0 : green > 255 ? 255 : green | 0;
      const b = blue < 0 ? 0 : blue > 255 ? 255 : blue | 0;
      out[i] = ((255 * share) << 24) | (b << 16) | (g << 8) | r;
    }
  }
  return out;
}

/** The cells of a row of pixels, between the two rows of cells it lies between; the last one twice, so that every pixel has two. */
function between({ width, height, data }: Plan, y: number, out: Float32Array): void {
  const fy = min(max((y + 0.5) / cell - 0.5, 0), height - 1);
  const upper = fy | 0;
  const v = fy - upper;
  const a = upper * width * planned;
  const b = upper + 1 < height ? a + width * planned : a;
  const count = width * planned;
  for (let i = 0; i < count; i++) out[i] = (data[a + i] ?? 0) * (1 - v) + (data[b + i] ?? 0) * v;
  out.copyWithin(count, count - planned, count);
}
