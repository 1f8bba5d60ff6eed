import type { TemplateOf } from '../../templates/template.ts';
import { fromHex } from '../raster/colour.ts';
import { clamp, smoothstep } from '../raster/picture.ts';
import type { Planes } from '../raster/planes.ts';
import { vividness } from './inks.ts';
import type { Strokes } from './lines.ts';

const { max } = Math;

/** What is printed: everything at the reduced scale, enlarged only now, so that every edge is as sharp as the paper. */
export interface Plate {
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture to one of the plate. */
  readonly factor: number;
  /** Lightness before it falls into tones. */
  readonly light: Float32Array;
  /** The three colours as shares of lightness, on the paper's own. */
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  /** The pen: 0 and below no line, 1 and above full ink. */
  readonly pen: Float32Array;
  /** Share of the backdrop's colour, 0 to 1. */
  readonly fade: Float32Array;
}

type Style = TemplateOf<'toon'>;

/**
 * Colours as shares of lightness, as strong as the style wants them; the background is marked to fade.
 * @param flat the picture in flat parts, faces cleared: its planes become the plate's, and so does the matte
 */
export function makePlate(flat: Planes, matte: Float32Array, pen: Float32Array, style: Style): Plate {
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

/**
 * The pen's work in the measure of `Plate.pen`.
 * @param light of the picture before it was flattened
 * @param keep how much of a line stays at each pixel
 * @param skin lightness of the skin
 */
export function penOf(light: Float32Array, { strokes, busy }: Strokes, keep: Float32Array, { line }: Style, skin: number): Float32Array {
  const out = new Float32Array(light.length);
  // The same edge is fewer levels on dark skin than on light: lines are judged by the skin they run over.
  const shade = clamp(skin / 150, 0.35, 1);
  const rise = 1 / (line.to - line.from) / shade;
  for (let i = 0; i < out.length; i++) {
    const bar = line.from + line.calm * (busy[i] ?? 0) + line.tilt * ((light[i] ?? 0) / skin - line.pivot);
    const drawn = ((strokes[i] ?? 0) - bar * shade) * rise;
    out[i] = drawn > 0 ? drawn * (keep[i] ?? 1) : max(-1, drawn);
  }
  return out;
}
