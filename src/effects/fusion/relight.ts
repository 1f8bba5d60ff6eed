import { powerTable } from '../raster/power.ts';
import type { FaceSheet, Skin } from './skin.ts';
import { neutralTone } from './skin.ts';

const { max, min } = Math;

/** How far skin takes one hue: a drawn skin has one, and patches of coloured light smaller than the light's own scale would stain it. */
const evenness = 0.7;

/** Powers of the shade for red, green and blue: light that has gone through skin is red, so its shadows are warmer than its lights. */
const shadeRed = powerTable(0.86);
const shadeGreen = powerTable(1.05);
const shadeBlue = powerTable(1.1);

/**
 * Takes the photo's light off a face and puts the scene's on; what is stray is painted over with skin. Works in place.
 * @param stray 0 to 1 a pixel
 * @param features as `featureMask` gives them
 * @param light light of the scene, three factors a pixel of the sheet
 * @param amount how far lightness follows the scene, 0 to 1; colour follows all the way, or stage light would stay on the face
 */
export function relight(
  { data, edge }: FaceSheet,
  skin: Skin,
  stray: Float32Array,
  features: Uint8Array,
  light: Float32Array,
  amount: number,
): void {
  const [r, g, b] = neutralTone(skin.tone);
  const lift = powerTable(amount - 1);
  for (let i = 0, n = 0; i < edge.length; i++, n += 3) {
    if (!((edge[i] ?? 2) <= 1)) continue;
    const over = stray[i] ?? 0;
    const wr = r * (light[n] ?? 1);
    const wg = g * (light[n + 1] ?? 1);
    const wb = b * (light[n + 2] ?? 1);
    const lr = max(4, skin.light[n] ?? 0);
    const lg = max(4, skin.light[n + 1] ?? 0);
    const lb = max(4, skin.light[n + 2] ?? 0);
    const wanted = max(1, 0.3 * wr + 0.59 * wg + 0.11 * wb);
    const level = lift(min(max(wanted / max(6, 0.3 * lr + 0.59 * lg + 0.11 * lb), 0.3), 4));
    const red = ((data[n] ?? 0) * (1 - over) + lr * over) * level * min(max(wr / lr, 0.2), 6);
    const green = ((data[n + 1] ?? 0) * (1 - over) + lg * over) * level * min(max(wg / lg, 0.2), 6);
    const blue = ((data[n + 2] ?? 0) * (1 - over) + lb * over) * level * min(max(wb / lb, 0.2), 6);
    const shade = max(0.02, (0.3 * red + 0.59 * green + 0.11 * blue) / wanted);
    const even = evenness * (features[i] === 2 ? 1 : max(over, skin.likely[i] ?? 0));
    data[n] = red * (1 - even) + wr * shadeRed(shade) * even;
    data[n + 1] = green * (1 - even) + wg * shadeGreen(shade) * even;
    data[n + 2] = blue * (1 - even) + wb * shadeBlue(shade) * even;
  }
}
