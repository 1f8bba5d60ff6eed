import type { Rendering } from '../../templates/kinds/fusion.ts';
import type { Rgb } from '../raster/colour.ts';
import { smoothstep } from '../raster/picture.ts';
import { powerOf, powers, quickExp, quickLog } from '../raster/power.ts';
import { floats } from '../raster/scratch.ts';
import { at, type Coarse, cell, meshed } from './coarse.ts';
import type { Likeness } from './likeness.ts';
import type { TemplateFace } from './scene.ts';
import { neutralTone, type Skin } from './skin.ts';

const { max, min, sqrt } = Math;

/**
 * How a face is to be shaded and how much of it is laid: what does not change within a few pixels, `planned` floats a cell (64 bytes, which is what
 * a processor fetches at a time). A pixel becomes, in each channel,
 *
 *     own × colour  +  even × power(lit × lightness)  +  add
 *
 * where `colour` is the photo's and `lightness` its lightness; in a drawn scene both are the lightness that the brush made, because the photo's
 * colour is in `own`. The first term is the face in the scene's light, the second evenly coloured skin with the same shades.
 */
export interface Plan {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
  /** Whether the photo's colour is in `own`. */
  readonly drawn: boolean;
}

export const planned = 16;

/** Places in a cell; the first three are red, green and blue. */
export const plan = { own: 0, even: 3, add: 6, lit: 9, share: 10, feature: 11, slope: 12, shift: 13, near: 14, form: 15 } as const;

/** How far skin takes one hue. In a drawn scene patches of coloured light, smaller than the light's own scale, would stain it; a photo has some. */
const evenness = { drawn: 0.7, photo: 0.65 } as const;

/** The face ends softly over this part of its edge (`atlas.edge`), its outermost hair's breadth left out. */
const fade = [0.55, 0.97] as const;

/** Rec. 601. */
const weights = [0.3, 0.59, 0.11] as const;

/**
 * @param stray see `findStray`
 * @param likeness see `Likeness`
 */
export function planFace(
  coarse: Coarse,
  skin: Skin,
  stray: Float32Array,
  face: TemplateFace,
  rendering: Rendering,
  likeness: Likeness,
): Plan {
  const { width, height, mesh, colours } = coarse;
  const data = floats('fusion plan', width * height * planned);
  const tone = toneOf(skin, face, rendering);
  const lift = powers(rendering.light - 1);
  // On darker skin the same light makes a smaller step, which the eye, and CIE L*, would take for a weaker light.
  const shaped = powers(min(max(sqrt(luma(face.tone) / max(1, luma(tone))), 0.85), 1.4));
  const evenly = evenness.photo + (evenness.drawn - evenness.photo) * (1 - rendering.skin);
  const drawn = rendering.paint > 0;
  // On stone nothing has a hue of its own.
  const stone = rendering.skin * (1 - smoothstep(0, 0.25, (max(...face.tone) - min(...face.tone)) / max(1, ...face.tone)));
  const { form } = likeness;
  const gain = new Float32Array(3);
  const want = new Float32Array(3);
  const lit = new Float32Array(3);
  for (let i = 0, n = 0, m = 0; i < stray.length; i++, n += planned, m += meshed) {
    const x = mesh[m + at.restX] ?? 0;
    const known = !Number.isNaN(x);
    const from = known ? 3 * placeIn(face, x, mesh[m + at.restY] ?? 0) : 0;
    let wanted = 0;
    let now = 0;
    for (let k = 0; k < 3; k++) {
      const light = known ? powerOf(shaped, (face.light[from + k] ?? 0) / max(1, face.tone[k] ?? 1)) : 1;
      want[k] = (tone[k] ?? 0) * light;
      wanted += (want[k] ?? 0) * (weights[k] ?? 0);
      now += max(4, skin.light[3 * i + k] ?? 0) * (weights[k] ?? 0);
    }
    const lips = mesh[m + at.lips] ?? 0;
    const feature = mesh[m + at.feature] ?? 0;
    const lightness = luma3(colours, 3 * i) + 1;
    // Where the skin is lighter or darker than the light on it, that is the form of the face, and harder or softer as the template's is.
    // What is dark and no skin is a beard, and stays as dark.
    const formed = (form - 1) * (1 - feature) * (lightness < now ? (skin.likely[i] ?? 0) : 1);
    const shape = formed === 0 ? 1 : quickExp(min(max(quickLog(lightness / (now + 1)), -1), 1) * formed);
    const level = powerOf(lift, min(max(wanted / max(6, now), 0.3), 4)) * shape;
    for (let k = 0; k < 3; k++) {
      gain[k] = level * min(max((want[k] ?? 0) / max(4, skin.light[3 * i + k] ?? 0), 0.2), 6);
      lit[k] = (gain[k] ?? 0) * (drawn ? (colours[3 * i + k] ?? 0) : 1);
    }
    const stained = colourfulness(gain);
    // What hides the face is painted over with skin, and left out where the template has bare skin of its own there: with grain, and no second brow.
    const strange = stray[i] ?? 0;
    const paint = 1 - smoothstep(0.5, 0.95, face.likely[from / 3] ?? 1);
    const marked = known ? max(smoothstep(0, 0.5, feature), paint * smoothstep(0, 0.15, feature)) : 0;
    // Painted over first and left out after: the edge runs through paint, not through the fringe of what hides the face.
    const over = smoothstep(0, 0.6, strange);
    const leftOut = smoothstep(0.5, 1, strange);
    const even =
      (1 - over) *
      min(1, (evenly + (1 - evenly) * max(stained, stone)) * (1 - feature) * (skin.likely[i] ?? 0) + 0.7 * max(stained, stone) * lips);
    // Under coloured light the hue of eyes and brows is not theirs.
    const pale = max(stone, drawn ? 0.75 * stained * max(0, feature - lips) : 0);
    const grey = weights[0] * (lit[0] ?? 0) + weights[1] * (lit[1] ?? 0) + weights[2] * (lit[2] ?? 0);
    // In a drawn scene `own` is multiplied by the brush's lightness, which is about that of the cell.
    const unit = drawn ? 1 / lightness : 1;
    for (let k = 0; k < 3; k++) {
      const own = (lit[k] ?? 0) + pale * (grey - (lit[k] ?? 0));
      data[n + plan.own + k] = own * unit * (1 - even) * (1 - over);
      data[n + plan.even + k] = even * (want[k] ?? 0) * (1 + (1 - stone) * lips * (redder[k] ?? 0));
      data[n + plan.add + k] = over * (want[k] ?? 0);
    }
    data[n + plan.lit] = (level * wanted) / (max(1, now) * (wanted + 1));
    data[n + plan.share] =
      (1 - smoothstep(fade[0], fade[1], mesh[m + at.edge] ?? 1)) *
      (1 - leftOut * (1 - marked)) *
      smoothstep(0.5, 1, mesh[m + at.inside] ?? 0);
    data[n + plan.feature] = feature;
  }
  return { width, height, data, drawn };
}

/** Lips against the skin around them. */
const redder = [0.1, -0.14, -0.1] as const;

/** How far the light of the photo is coloured, 0 to 1, by how unlike the factors on its channels are. */
function colourfulness(gain: Float32Array): number {
  const r = gain[0] ?? 1;
  const g = gain[1] ?? 1;
  const b = gain[2] ?? 1;
  return smoothstep(1.35, 2.4, max(r, g, b) / max(0.01, min(r, g, b)));
}

function luma(colour: Rgb): number {
  return weights[0] * colour[0] + weights[1] * colour[1] + weights[2] * colour[2];
}

function luma3(data: Float32Array, n: number): number {
  return weights[0] * (data[n] ?? 0) + weights[1] * (data[n + 1] ?? 0) + weights[2] * (data[n + 2] ?? 0);
}

/** Cell of the template's face in which a place of the scene lies. */
export function placeIn({ area, width, height }: TemplateFace, x: number, y: number): number {
  const u = min(max(((x - area.x) / cell) | 0, 0), width - 1);
  const v = min(max(((y - area.y) / cell) | 0, 0), height - 1);
  return v * width + u;
}

/** The colour that the skin shall have: the user's as neutral light would show it, the template's, or something between. */
export function toneOf(skin: Skin, face: TemplateFace, rendering: Rendering): Rgb {
  const own = neutralTone(skin.tone);
  const mix = (k: 0 | 1 | 2): number => own[k] + (face.tone[k] - own[k]) * rendering.skin;
  return [mix(0), mix(1), mix(2)];
}
