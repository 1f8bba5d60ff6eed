import type { Rendering } from '../../templates/kinds/fusion.ts';
import type { Rgb } from '../raster/colour.ts';
import { smoothstep } from '../raster/picture.ts';
import { powerTable } from '../raster/power.ts';
import { type Coarse, cell } from './coarse.ts';
import type { TemplateFace } from './scene.ts';
import { closeSeam } from './seam.ts';
import { neutralTone, type Skin } from './skin.ts';

const { max, min } = Math;

/** How a face is to be shaded and how much of it is laid, `planned` floats a cell: what does not change within a few pixels. */
export interface Plan {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Numbers of a cell, in this order. */
export const planned = 18;
/** Factors on the photo's red, green and blue that take its light off and put the scene's on. */
export const gainAt = 0;
/** Red, green and blue of evenly lit skin. */
export const wantedAt = 3;
/** How far skin takes that hue. */
export const evenAt = 6;
/** How far what is there is painted over with such skin. */
export const overAt = 7;
/** Levels of red, green and blue to add, so that no seam shows. */
export const addAt = 8;
/** How much of the face is laid, before its strength. */
export const shareAt = 11;
/** Eyes, brows and lips, and the lips alone. */
export const featureAt = 12;
export const lipsAt = 13;
/** How far eyes and brows lose their hue: it is not theirs under coloured light. */
export const paleAt = 14;
/** The photo's mean red, green and blue. */
export const colourAt = 15;

/** How far drawn skin takes one hue: patches of coloured light smaller than the light's own scale would stain it. */
const evenness = 0.7;

/** The face ends softly over this part of its edge (`atlas.edge`), its outermost hair's breadth left out. */
const fade = [0.72, 0.97] as const;

/**
 * @param stray see `findStray`
 */
export function planFace(coarse: Coarse, skin: Skin, stray: Float32Array, face: TemplateFace, rendering: Rendering): Plan {
  const { width, height, edge, feature, inside, restX, restY } = coarse;
  const data = new Float32Array(width * height * planned);
  const tone = toneOf(skin, face, rendering);
  const lift = powerTable(rendering.light - 1);
  const drawn = evenness * max(rendering.paint, 1 - rendering.skin) + +(process.env.EV ?? 0.5) * rendering.skin;
  for (let i = 0, n = 0; i < edge.length; i++, n += planned) {
    const x = restX[i] ?? 0;
    const known = !Number.isNaN(x);
    const at = 3 * (known ? placeIn(face, x, restY[i] ?? 0) : 0);
    let wanted = 0;
    let now = 0;
    for (let k = 0; k < 3; k++) {
      const want = known ? ((face.light[at + k] ?? 0) * (tone[k] ?? 0)) / max(1, face.tone[k] ?? 1) : (tone[k] ?? 0);
      data[n + wantedAt + k] = want;
      wanted += want * (weights[k] ?? 0);
      now += max(4, skin.light[3 * i + k] ?? 0) * (weights[k] ?? 0);
    }
    const level = lift(min(max(wanted / max(6, now), 0.3), 4));
    for (let k = 0; k < 3; k++) {
      data[n + gainAt + k] = level * min(max((data[n + wantedAt + k] ?? 0) / max(4, skin.light[3 * i + k] ?? 0), 0.2), 6);
    }
    const colourful = colourfulness(data, n);
    const lips = coarse.lips[i] ?? 0;
    const marks = feature[i] ?? 0;
    data[n + evenAt] = drawn * (1 - marks) * (skin.likely[i] ?? 0) + 0.7 * colourful * lips;
    data[n + paleAt] = 0.75 * colourful * max(0, marks - lips);
    for (let k = 0; k < 3; k++) data[n + colourAt + k] = coarse.colours[3 * i + k] ?? 0;
    // What hides skin is left out: the template's own skin is there. What hides a feature is painted over: the template's would be a second one.
    const strange = stray[i] ?? 0;
    const marked = smoothstep(0, 0.5, feature[i] ?? 0);
    data[n + overAt] = strange * marked;
    data[n + shareAt] = (1 - smoothstep(fade[0], fade[1], edge[i] ?? 1)) * (1 - strange * (1 - marked)) * (inside[i] ?? 0);
    data[n + featureAt] = marks;
    data[n + lipsAt] = lips;
  }
  const plan = { width, height, data };
  closeSeam(plan, coarse, skin, face, [tone[0] / max(1, face.tone[0]), tone[1] / max(1, face.tone[1]), tone[2] / max(1, face.tone[2])]);
  return plan;
}

/** How far the light of the photo is coloured, 0 to 1, by how unlike the factors on its channels are. */
function colourfulness(data: Float32Array, n: number): number {
  const [r, g, b] = [data[n + gainAt] ?? 1, data[n + gainAt + 1] ?? 1, data[n + gainAt + 2] ?? 1];
  return smoothstep(1.35, 2.4, max(r, g, b) / max(0.01, min(r, g, b)));
}

/** Rec. 601. */
const weights = [0.3, 0.59, 0.11] as const;

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
