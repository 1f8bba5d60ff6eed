import { at, type Coarse, meshed } from './coarse.ts';
import type { Skin } from './skin.ts';

const { max, min, round, sqrt } = Math;

/** Pixels a side of a sample of grain; it is laid tile by tile. */
export const grainSide = 32;

/** Cells over which what is finer counts as grain: the mean around a pixel is taken over as much. */
const around = 4;

/** Levels of 255 that no grain exceeds: what does is a mole or an eyelash. */
const most = 12;

/**
 * A piece of the grain that a photo has, or a canvas: lightness less its mean nearby, from the place where the face is smoothest.
 * @param light one float a pixel of the area that the cells are of
 * @returns `grainSide` squared levels
 */
export function grainOf(light: Float32Array, width: number, height: number, coarse: Coarse, skin: Skin): Int8Array {
  const out = new Int8Array(grainSide * grainSide);
  const [left, top] = smoothest(coarse, skin);
  for (let y = 0; y < grainSide; y++) {
    for (let x = 0; x < grainSide; x++) {
      const u = min(width - 1, left + x);
      const v = min(height - 1, top + y);
      let sum = 0;
      let count = 0;
      for (let b = max(0, v - around); b <= min(height - 1, v + around); b++) {
        for (let a = max(0, u - around); a <= min(width - 1, u + around); a++, count++) sum += light[b * width + a] ?? 0;
      }
      out[y * grainSide + x] = round(max(-most, min(most, (light[v * width + u] ?? 0) - sum / count)));
    }
  }
  return out;
}

/** Upper left pixel of the square of bare skin that varies least. */
function smoothest({ width, height, mesh, rough, cover }: Coarse, { likely }: Skin): readonly [number, number] {
  const cells = grainSide / 4;
  let best: readonly [number, number] = [0, 0];
  let least = Infinity;
  for (let y = 0; y + cells <= height; y += 2) {
    for (let x = 0; x + cells <= width; x += 2) {
      let cost = 0;
      for (let v = y; v < y + cells; v++) {
        for (let i = v * width + x; i < v * width + x + cells; i++) {
          const skin = (likely[i] ?? 0) * (1 - (mesh[i * meshed + at.feature] ?? 0)) * ((mesh[i * meshed + at.edge] ?? 1) < 0.9 ? 1 : 0);
          cost += (rough[i] ?? 0) + 1 - skin * (cover[i] ?? 0);
        }
      }
      if (cost < least) {
        least = cost;
        best = [4 * x, 4 * y];
      }
    }
  }
  return best;
}

/** How grainy a face is: median of the standard deviation of lightness within a cell of bare skin, levels of 255. */
export function graininess({ mesh, rough, colours }: Coarse, { likely }: Skin): number {
  const found: number[] = [];
  for (let i = 0; i < likely.length; i++) {
    const m = i * meshed;
    if ((likely[i] ?? 0) < 0.8 || (mesh[m + at.feature] ?? 0) > 0.1 || (mesh[m + at.edge] ?? 1) > 0.8) continue;
    found.push((rough[i] ?? 0) * (8 + 0.3 * (colours[3 * i] ?? 0) + 0.59 * (colours[3 * i + 1] ?? 0) + 0.11 * (colours[3 * i + 2] ?? 0)));
  }
  found.sort((a, b) => a - b);
  return found[found.length >> 1] ?? 0;
}

/**
 * How much of the template's grain a face lacks.
 * @param wanted @param own see `graininess`; the face's own already in the scene's light
 * @returns factor on the sample, 0 to 1
 */
export function lackOfGrain(wanted: number, own: number): number {
  return wanted <= own || wanted < 0.5 ? 0 : sqrt(wanted * wanted - own * own) / wanted;
}
