import type { Pixels } from '../../image/pixels.ts';
import type { Rgb } from '../raster/colour.ts';
import type { Screen } from './screen.ts';
import { tonesPerLevel } from './tones.ts';

const { max, min } = Math;
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
  const { tones, own, opacity, strength, screen } = press;
  const [inkRed, inkGreen, inkBlue] = press.ink;
  const [paperRed, paperGreen, paperBlue] = [press.paper[0] / 255, press.paper[1] / 255, press.paper[2] / 255];
  const [backRed, backGreen, backBlue] = press.backdrop;
  const light = new Float32Array(plate.width + 1);
  const red = new Float32Array(plate.width + 1);
  const blue = new Float32Array(plate.width + 1);
  const pen = new Float32Array(plate.width + 1);
  const fade = new Float32Array(plate.width + 1);
  const { starts, shares } = columnsOf(width, plate);
  const last = tones.length - 1;
  for (let y = 0, to = 0; y < height; y++) {
    const v = min(max((y + 0.5) / plate.factor - 0.5, 0), plate.height - 1);
    blendRows(plate.light, plate, v, light);
    blendRows(plate.red, plate, v, red);
    blendRows(plate.blue, plate, v, blue);
    blendRows(plate.pen, plate, v, pen);
    blendRows(plate.fade, plate, v, fade);
    for (let x = 0; x < width; x++, to += 3) {
      const i = starts[x] ?? 0;
      const t = shares[x] ?? 0;
      const s = 1 - t;
      const l = s * (light[i] ?? 0) + t * (light[i + 1] ?? 0);
      const dr = s * (red[i] ?? 0) + t * (red[i + 1] ?? 0);
      const db = s * (blue[i] ?? 0) + t * (blue[i + 1] ?? 0);
      const index = l * tonesPerLevel;
      const tone = tones[index < 0 ? 0 : index > last ? last : index | 0] ?? 0;
      let r = tone * (1 + dr);
      let b = tone * (1 + db);
      let g = tone * (1 - 0.50937 * dr - 0.19421 * db);
      if (screen !== undefined) {
        const dot = screen.at(x, y, l);
        if (dot > 0) {
          r += dot * (screen.red - r);
          g += dot * (screen.green - g);
          b += dot * (screen.blue - b);
        }
      }
      r *= paperRed;
      g *= paperGreen;
      b *= paperBlue;
      // What is dark stays so: a pale wall fades, a night does not turn to fog.
      const far = (s * (fade[i] ?? 0) + t * (fade[i + 1] ?? 0)) * tone * perLevel;
      if (far > 0) {
        r += far * (backRed - r);
        g += far * (backGreen - g);
        b += far * (backBlue - b);
      }
      let ink = s * (pen[i] ?? 0) + t * (pen[i + 1] ?? 0);
      if (ink > 0) {
        ink = ink >= 1 ? opacity : opacity * ink * ink * (3 - 2 * ink);
        r += ink * (own * inkRed + (1 - own) * 0.3 * r - r);
        g += ink * (own * inkGreen + (1 - own) * 0.25 * g - g);
        b += ink * (own * inkBlue + (1 - own) * 0.3 * b - b);
      }
      if (strength < 1) {
        r = (data[to] ?? 0) + strength * (r - (data[to] ?? 0));
        g = (data[to + 1] ?? 0) + strength * (g - (data[to + 1] ?? 0));
        b = (data[to + 2] ?? 0) + strength * (b - (data[to + 2] ?? 0));
      }
      data[to] = r;
      data[to + 1] = g;
      data[to + 2] = b;
    }
  }
}

/** Where each column of the picture lies between two of the plate. */
function columnsOf(width: number, plate: Plate): { starts: Uint16Array; shares: Float32Array } {
  const starts = new Uint16Array(width);
  const shares = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const u = min(max((x + 0.5) / plate.factor - 0.5, 0), plate.width - 1);
    starts[x] = u | 0;
    shares[x] = u - (u | 0);
  }
  return { starts, shares };
}

/** One row of a plane between two of its rows; one more value at its end, so that the last column has a neighbour. */
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
