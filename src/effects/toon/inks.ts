import { fromHex, type Rgb } from '../raster/colour.ts';
import { smoothstep } from '../raster/picture.ts';
import { mix } from './drawing.ts';
import type { Skin } from './skin.ts';
import { toneAt } from './tones.ts';

const { abs, max } = Math;

/** The colours of one face, all made from its own skin. */
export interface Inks {
  readonly light: Rgb;
  readonly shade: Rgb;
  readonly deep: Rgb;
  /** Of lines on skin, and of the darkest ones: lashes. */
  readonly line: Rgb;
  readonly lash: Rgb;
}

/** @param tones what the skin is printed in, see toneTable @param ink the colour of lines */
export function inksOf(skin: Skin, tones: Float32Array, vivid: number, ink: string): Inks {
  const tone = toneAt(tones, skin.light);
  const [dr, db] = [skin.red / skin.light, skin.blue / skin.light];
  const strength = vividness(vivid, dr, db);
  // Shadows on skin are warmer than its lights: some of the light in them has been through it.
  const at = (share: number, warm: number): Rgb => {
    const level = tone * share;
    const red = level * (1 + strength * dr) + warm;
    const blue = level * (1 + strength * db);
    return [red, (level - 0.299 * red - 0.114 * blue) / 0.587, blue];
  };
  const deep = at(0.62, 12);
  const line = fromHex(ink);
  return {
    light: at(1, 0),
    shade: at(0.86, 6),
    deep,
    line: mix(deep, line, 1 - 0.4 * smoothstep(60, 130, tone)),
    lash: mix(line, [20, 12, 20], 0.5),
  };
}

/** Pale colours gain most, those that are strong already (sunlit skin among them) nothing. @param red @param blue shares of lightness */
export function vividness(most: number, red: number, blue: number): number {
  return 1 + (most - 1) * max(0, 1 - (abs(red) + abs(blue)) / 0.8);
}
