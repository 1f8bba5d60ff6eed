import type { Pixels } from '../../image/pixels.ts';
import type { Rgb } from '../raster/colour.ts';
import type { Plate } from './plate.ts';
import type { Screen } from './screen.ts';
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
  const plane = (): Float32Array => new Float32Array(plate.width + 1);
  const starts = columnStarts(width, plate);
  const row: Row = {
    light: plane(),
    red: plane(),
    green: plane(),
    blue: plane(),
    pen: plane(),
    fade: plane(),
    starts,
    step: 1 / plate.factor,
  };
  const { strength } = press;
  for (let y = 0; y < height; y++) {
    const v = min(max((y + 0.5) * row.step - 0.5, 0), plate.height - 1);
    blendRows(plate.light, plate, v, row.light);
    blendRows(plate.red, plate, v, row.red);
    blendRows(plate.green, plate, v, row.green);
    blendRows(plate.blue, plate, v, row.blue);
    blendRows(plate.pen, plate, v, row.pen);
    blendRows(plate.fade, plate, v, row.fade);
    const photo = strength < 1 ? data.slice(y * width * 3, (y + 1) * width * 3) : undefined;
    printRow(data, y * width * 3, row, press);
    if (press.screen !== undefined) printDots(data, y, width, row, press.screen);
    if (photo !== undefined) blend(data, y * width * 3, photo, strength);
  }
}

/** One row of a plate, with one more value at the end of each plane so that the last column has a neighbour. */
interface Row {
  readonly light: Float32Array;
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  readonly pen: Float32Array;
  readonly fade: Float32Array;
  /** The first column of the picture that belongs to each column of the plate. */
  readonly starts: Uint16Array;
  /** Columns of the plate to one of the picture. */
  readonly step: number;
}

/**
 * From one column of the plate to the next everything grows evenly, so it is added up and not looked up. Most stretches lie within one tone and hold
 * no line: in those even the colours grow evenly.
 */
function printRow(data: Uint8ClampedArray, begin: number, row: Row, { tones, ink, own, opacity, backdrop }: Press): void {
  const { light, red, green, blue, pen, fade, starts, step } = row;
  const [inkRed, inkGreen, inkBlue] = ink;
  const [backRed, backGreen, backBlue] = backdrop;
  let to = begin;
  for (let column = 0; column < starts.length - 1; column++) {
    const start = starts[column] ?? 0;
    const end = starts[column + 1] ?? 0;
    const moreLight = step * ((light[column + 1] ?? 0) - (light[column] ?? 0));
    const moreRed = step * ((red[column + 1] ?? 0) - (red[column] ?? 0));
    const moreGreen = step * ((green[column + 1] ?? 0) - (green[column] ?? 0));
    const moreBlue = step * ((blue[column + 1] ?? 0) - (blue[column] ?? 0));
    const morePen = step * ((pen[column + 1] ?? 0) - (pen[column] ?? 0));
    // Pixels of the picture from the middle of the plate's column to the middle of the first pixel.
    const ahead = start + 0.5 - (column + 0.5) / step;
    let l = (light[column] ?? 0) + ahead * moreLight;
    let sr = (red[column] ?? 0) + ahead * moreRed;
    let sg = (green[column] ?? 0) + ahead * moreGreen;
    let sb = (blue[column] ?? 0) + ahead * moreBlue;
    let line = (pen[column] ?? 0) + ahead * morePen;
    const far = (fade[column] ?? 0) * perLevel;
    const rest = end - start - 1;
    // Between two columns the light never leaves the table: at most half a step is added at the edge of the picture.
    let tone = tones[((l + toneMargin) * tonesPerLevel) | 0] ?? 0;
    if (line <= 0 && line + rest * morePen <= 0 && tone === tones[((l + rest * moreLight + toneMargin) * tonesPerLevel) | 0]) {
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
    for (let x = start; x < end; x++, to += 3) {
      tone = tones[((l + toneMargin) * tonesPerLevel) | 0] ?? 0;
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

function blend(data: Uint8ClampedArray, begin: number, photo: Uint8ClampedArray, strength: number): void {
  for (let i = 0, to = begin; i < photo.length; i++, to++) {
    const before = photo[i] ?? 0;
    data[to] = before + strength * ((data[to] ?? 0) - before);
  }
}

/** Dots multiply what they fall on, as ink does; on black lines nothing is seen of them. */
function printDots(data: Uint8ClampedArray, y: number, width: number, { light, starts, step }: Row, screen: Screen): void {
  const { tile, period, radii } = screen;
  const tileRow = (y % period) * period;
  let to = y * width * 3;
  for (let column = 0; column < starts.length - 1; column++) {
    const start = starts[column] ?? 0;
    const end = starts[column + 1] ?? 0;
    const gap = (light[column + 1] ?? 0) - (light[column] ?? 0);
    let l = (light[column] ?? 0) + ((start + 0.5) * step - 0.5 - column) * gap;
    for (let x = start; x < end; x++, to += 3, l += step * gap) {
      const inside = (radii[l < 0 ? 0 : l > 255 ? 255 : l | 0] ?? 0) - (tile[tileRow + (x % period)] ?? 0);
      if (inside <= 0) continue;
      const share = inside >= 1 ? 1 : inside;
      data[to] = (data[to] ?? 0) * (1 - share * screen.red);
      data[to + 1] = (data[to + 1] ?? 0) * (1 - share * screen.green);
      data[to + 2] = (data[to + 2] ?? 0) * (1 - share * screen.blue);
    }
  }
}

/** The first column of the picture that lies beyond the middle of each column of the plate; the outer ones take what is left over. */
function columnStarts(width: number, plate: Plate): Uint16Array {
  const starts = Uint16Array.from({ length: plate.width + 1 }, (_, i) => min(width, ceil((i + 0.5) * plate.factor - 0.5)));
  starts[0] = 0;
  starts[plate.width] = width;
  return starts;
}

/** One row of a plane between two of its rows. */
function blendRows(plane: Float32Array, { width, height }: Plate, v: number, row: Float32Array): void {
  const above = (v | 0) * width;
  const below = min((v | 0) + 1, height - 1) * width;
  const share = v - (v | 0);
  for (let x = 0; x < width; x++) {
    const upper = plane[above + x] ?? 0;
    row[x] = upper + share * ((plane[below + x] ?? 0) - upper);
  }
  row[width] = row[width - 1] ?? 0;
}
