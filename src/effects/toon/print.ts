import type { Pixels } from '../../image/pixels.ts';
import type { Rgb } from '../raster/colour.ts';
import type { Plate } from './plate.ts';
import { printDots, type Screen } from './screen.ts';
import { toneMargin, tonesPerLevel } from './tones.ts';

const { ceil, max, min } = Math;
const perLevel = 1 / 255;

/** How it is printed. */
export interface Press {
  /** See toneTable. */
  readonly tones: Float32Array;
  readonly ink: Rgb;
  /** How much of a line is ink's own colour. */
  readonly own: number;
  readonly opacity: number;
  readonly backdrop: Rgb;
  readonly screen: Screen | undefined;
  /** 0 = the photo, 1 = the print. */
  readonly strength: number;
}

/**
 * Prints a plate over a photo in one pass over its pixels. Planes are enlarged smoothly and only then cut into tones and lines, which turns
 * coarse planes into clean edges (as glyphs are drawn from coarse distance fields; Green, SIGGRAPH 2007).
 * @param target three channels; what it holds is the photo
 */
export function print(target: Pixels, plate: Plate, press: Press): void {
  const { width, height, data } = target;
  const { strength, screen } = press;
  const starts = columnStarts(width, plate);
  const plain = new Float32Array(plate.width);
  const light = new Float32Array(plate.width + 1);
  const step = 1 / plate.factor;
  let band = -1;
  for (let y = 0; y < height; y++) {
    const v = min(max((y + 0.5) * step - 0.5, 0), plate.height - 1);
    const upper = v | 0;
    const rows: Rows = { upper: upper * plate.width, lower: min(upper + 1, plate.height - 1) * plate.width, share: v - upper };
    if (upper !== band) findPlain(plate, rows, press.tones, plain);
    band = upper;
    const photo = strength < 1 ? data.slice(y * width * 3, (y + 1) * width * 3) : undefined;
    blendRow(plate.light, rows, light);
    printRow(data, y * width * 3, plate, rows, light, plain, starts, press);
    if (screen !== undefined) printDots(data, y, width, light, starts, step, screen);
    if (photo !== undefined) blend(data, y * width * 3, photo, strength);
  }
}

/** The two rows of the plate that a row of the picture lies between. */
interface Rows {
  /** Where they begin. */
  readonly upper: number;
  readonly lower: number;
  /** Of the lower one. */
  readonly share: number;
}

const cut = -1;

/**
 * Most of what lies between two rows of the plate, from one of its columns to the next, holds no line and only one tone: that tone, or `cut` where it
 * has to be looked at pixel by pixel. The first column goes on over the edge of the picture and is never plain.
 */
function findPlain({ width, light, pen }: Plate, { upper, lower }: Rows, tones: Float32Array, plain: Float32Array): void {
  plain.fill(cut);
  for (let column = 1; column < width; column++) {
    const next = min(column + 1, width - 1);
    const tone = toneOf(tones, light[upper + column] ?? 0);
    const even =
      tone === toneOf(tones, light[upper + next] ?? 0) &&
      tone === toneOf(tones, light[lower + column] ?? 0) &&
      tone === toneOf(tones, light[lower + next] ?? 0);
    const line = max(pen[upper + column] ?? 0, pen[upper + next] ?? 0, pen[lower + column] ?? 0, pen[lower + next] ?? 0);
    if (even && line <= 0) plain[column] = tone;
  }
}

/** From one column of the plate to the next everything grows evenly, so it is added up and not looked up; where all is plain even the colours are. */
function printRow(
  data: Uint8ClampedArray,
  begin: number,
  { width, factor, red, green, blue, pen, fade }: Plate,
  { upper, lower, share }: Rows,
  light: Float32Array,
  plain: Float32Array,
  starts: Uint16Array,
  { tones, ink, own, opacity, backdrop }: Press,
): void {
  const [inkRed, inkGreen, inkBlue] = ink;
  const [backRed, backGreen, backBlue] = backdrop;
  const step = 1 / factor;
  let to = begin;
  let nextRed = mixed(red[upper] ?? 0, red[lower] ?? 0, share);
  let nextGreen = mixed(green[upper] ?? 0, green[lower] ?? 0, share);
  let nextBlue = mixed(blue[upper] ?? 0, blue[lower] ?? 0, share);
  for (let column = 0; column < width; column++) {
    const start = starts[column] ?? 0;
    const end = starts[column + 1] ?? 0;
    const above = upper + column;
    const below = lower + column;
    const beside = column < width - 1 ? 1 : 0;
    // Pixels of the picture from the middle of the plate's column to the middle of the first pixel.
    const ahead = start + 0.5 - (column + 0.5) / step;
    let sr = nextRed;
    let sg = nextGreen;
    let sb = nextBlue;
    nextRed = mixed(red[above + beside] ?? 0, red[below + beside] ?? 0, share);
    nextGreen = mixed(green[above + beside] ?? 0, green[below + beside] ?? 0, share);
    nextBlue = mixed(blue[above + beside] ?? 0, blue[below + beside] ?? 0, share);
    const moreRed = step * (nextRed - sr);
    const moreGreen = step * (nextGreen - sg);
    const moreBlue = step * (nextBlue - sb);
    sr += ahead * moreRed;
    sg += ahead * moreGreen;
    sb += ahead * moreBlue;
    const far = mixed(fade[above] ?? 0, fade[below] ?? 0, share) * perLevel;
    let tone = plain[column] ?? cut;
    if (tone !== cut) {
      // What is dark stays so: a pale wall fades, a night does not turn to fog.
      const gone = far * tone;
      const stay = tone * (1 - gone);
      let r = stay * sr + gone * backRed;
      let g = stay * sg + gone * backGreen;
      let b = stay * sb + gone * backBlue;
      for (let x = start; x < end; x++, to += 3) {
        data[to] = r;
        data[to + 1] = g;
        data[to + 2] = b;
        r += stay * moreRed;
        g += stay * moreGreen;
        b += stay * moreBlue;
      }
      continue;
    }
    const moreLight = step * ((light[column + 1] ?? 0) - (light[column] ?? 0));
    let line = mixed(pen[above] ?? 0, pen[below] ?? 0, share);
    const morePen = step * (mixed(pen[above + beside] ?? 0, pen[below + beside] ?? 0, share) - line);
    let l = (light[column] ?? 0) + ahead * moreLight;
    line += ahead * morePen;
    for (let x = start; x < end; x++, to += 3) {
      // Between two columns the light never leaves the table: at most half a step is added at the edge of the picture.
      tone = toneOf(tones, l);
      const gone = far * tone;
      const stay = tone * (1 - gone);
      let r = stay * sr + gone * backRed;
      let g = stay * sg + gone * backGreen;
      let b = stay * sb + gone * backBlue;
      if (line > 0) {
        const share = line >= 1 ? opacity : opacity * line * line * (3 - 2 * line);
        r += share * (own * inkRed + (1 - own) * 0.3 * r - r);
        g += share * (own * inkGreen + (1 - own) * 0.25 * g - g);
        b += share * (own * inkBlue + (1 - own) * 0.3 * b - b);
      }
      data[to] = r;
      data[to + 1] = g;
      data[to + 2] = b;
      l += moreLight;
      sr += moreRed;
      sg += moreGreen;
      sb += moreBlue;
      line += morePen;
    }
  }
}

function toneOf(tones: Float32Array, level: number): number {
  return tones[((level + toneMargin) * tonesPerLevel) | 0] ?? 0;
}

function mixed(one: number, other: number, share: number): number {
  return one + share * (other - one);
}

function blend(data: Uint8ClampedArray, begin: number, photo: Uint8ClampedArray, strength: number): void {
  for (let i = 0, to = begin; i < photo.length; i++, to++) {
    const before = photo[i] ?? 0;
    data[to] = before + strength * ((data[to] ?? 0) - before);
  }
}

/** The first column of the picture that lies beyond the middle of each column of the plate; the outer ones take what is left over. */
function columnStarts(width: number, plate: Plate): Uint16Array {
  const starts = new Uint16Array(plate.width + 1);
  for (let i = 1; i < plate.width; i++) starts[i] = min(width, ceil((i + 0.5) * plate.factor - 0.5));
  starts[plate.width] = width;
  return starts;
}

/** One row of a plane between two of its rows, with one more value at the end so that the last column has a neighbour. */
function blendRow(plane: Float32Array, { upper, lower, share }: Rows, row: Float32Array): void {
  const width = row.length - 1;
  for (let x = 0; x < width; x++) row[x] = mixed(plane[upper + x] ?? 0, plane[lower + x] ?? 0, share);
  row[width] = row[width - 1] ?? 0;
}
