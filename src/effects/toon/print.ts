import type { Pixels } from '../../image/pixels.ts';
import type { Rgb } from '../raster/colour.ts';
import type { Screen } from './screen.ts';
import { tonesPerLevel } from './tones.ts';

const { ceil, max, min } = Math;
const perLevel = 1 / 255;

/** What is printed: everything at the scale of a sheet, enlarged only now, so that every edge is as sharp as the paper. */
export interface Plate {
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture to one of the plate. */
  readonly factor: number;
  /** Lightness before it falls into tones. */
  readonly light: Float32Array;
  /** Red and blue, less lightness, as shares of lightness. */
  readonly red: Float32Array;
  readonly blue: Float32Array;
  /** The pen: 0 and below no line, 1 and above full ink. */
  readonly pen: Float32Array;
  /** Share of the backdrop's colour, 0 to 1. */
  readonly fade: Float32Array;
}

export interface Press {
  /** See toneTable. */
  readonly tones: Float32Array;
  readonly ink: Rgb;
  /** How much of a line is ink's own colour. */
  readonly own: number;
  readonly opacity: number;
  readonly paper: Rgb;
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
  const row: Row = {
    light: new Float32Array(plate.width + 1),
    red: new Float32Array(plate.width + 1),
    blue: new Float32Array(plate.width + 1),
    pen: new Float32Array(plate.width + 1),
    fade: new Float32Array(plate.width + 1),
    starts: columnStarts(width, plate),
    step: 1 / plate.factor,
  };
  for (let y = 0; y < height; y++) {
    const v = min(max((y + 0.5) * row.step - 0.5, 0), plate.height - 1);
    blendRows(plate.light, plate, v, row.light);
    blendRows(plate.red, plate, v, row.red);
    blendRows(plate.blue, plate, v, row.blue);
    blendRows(plate.pen, plate, v, row.pen);
    blendRows(plate.fade, plate, v, row.fade);
    printRow(data, y, width, row, press);
    if (press.screen !== undefined) printDots(data, y, width, row, press.screen, press.strength);
  }
}

/** One row of a plate, with one more value at the end of each plane so that the last column has a neighbour. */
interface Row {
  readonly light: Float32Array;
  readonly red: Float32Array;
  readonly blue: Float32Array;
  readonly pen: Float32Array;
  readonly fade: Float32Array;
  /** The first column of the picture that belongs to each column of the plate. */
  readonly starts: Uint16Array;
  /** Columns of the plate to one of the picture. */
  readonly step: number;
}

/** From one column of the plate to the next everything grows evenly, so it is added up and not looked up. */
function printRow(data: Uint8ClampedArray, y: number, width: number, row: Row, press: Press): void {
  const { light, red, blue, pen, fade, starts, step } = row;
  const { tones, ink, own, opacity, paper, backdrop, strength } = press;
  const [inkRed, inkGreen, inkBlue] = ink;
  const [backRed, backGreen, backBlue] = backdrop;
  const paperRed = paper[0] / 255;
  const paperGreen = paper[1] / 255;
  const paperBlue = paper[2] / 255;
  const last = tones.length - 1;
  let to = y * width * 3;
  for (let column = 0; column < starts.length - 1; column++) {
    const start = starts[column] ?? 0;
    const end = starts[column + 1] ?? 0;
    const ahead = (start + 0.5) * step - 0.5 - column;
    let l = light[column] ?? 0;
    let dr = red[column] ?? 0;
    let db = blue[column] ?? 0;
    let line = pen[column] ?? 0;
    const far = (fade[column] ?? 0) * perLevel;
    const lightGap = (light[column + 1] ?? 0) - l;
    const redGap = (red[column + 1] ?? 0) - dr;
    const blueGap = (blue[column + 1] ?? 0) - db;
    const penGap = (pen[column + 1] ?? 0) - line;
    l += ahead * lightGap;
    dr += ahead * redGap;
    db += ahead * blueGap;
    line += ahead * penGap;
    for (let x = start; x < end; x++, to += 3) {
      const index = l * tonesPerLevel;
      const tone = tones[index < 0 ? 0 : index > last ? last : index | 0] ?? 0;
      // What is dark stays so: a pale wall fades, a night does not turn to fog.
      const gone = far * tone;
      let r = (tone + tone * dr) * (1 - gone) + gone * backRed;
      let g = (tone - tone * (0.50937 * dr + 0.19421 * db)) * (1 - gone) + gone * backGreen;
      let b = (tone + tone * db) * (1 - gone) + gone * backBlue;
      r *= paperRed;
      g *= paperGreen;
      b *= paperBlue;
      if (line > 0) {
        const share = line >= 1 ? opacity : opacity * line * line * (3 - 2 * line);
        r += share * (own * inkRed + (1 - own) * 0.3 * r - r);
        g += share * (own * inkGreen + (1 - own) * 0.25 * g - g);
        b += share * (own * inkBlue + (1 - own) * 0.3 * b - b);
      }
      if (strength < 1) {
        r = (data[to] ?? 0) + strength * (r - (data[to] ?? 0));
        g = (data[to + 1] ?? 0) + strength * (g - (data[to + 1] ?? 0));
        b = (data[to + 2] ?? 0) + strength * (b - (data[to + 2] ?? 0));
      }
      data[to] = r;
      data[to + 1] = g;
      data[to + 2] = b;
      l += step * lightGap;
      dr += step * redGap;
      db += step * blueGap;
      line += step * penGap;
    }
  }
}

/** Dots multiply what they fall on, as ink does; on black lines nothing is seen of them. */
function printDots(data: Uint8ClampedArray, y: number, width: number, { light, starts, step }: Row, screen: Screen, strength: number): void {
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
      const share = strength * (inside >= 1 ? 1 : inside);
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
