import type { AvatarSpec } from '../spec.ts';
import type { Sheet } from './sheet.ts';

const { hypot } = Math;

/** Pixels of hair beside and below the face that are needed to tell. */
const enough = 130;

/**
 * How hair falls, from how well the lines in it agree on one direction (coherence of the structure tensor, 0 to 1). On the sample photos straight hair
 * lies at 0.53 to 0.75 (two of eight lower), wavy hair at 0.06 to 0.43; curls stand off the head besides.
 */
export function measureTexture(sheet: Sheet, mask: Uint8Array, volume: number): AvatarSpec['hair']['texture'] {
  const { width, height, lab } = sheet;
  let along = 0;
  let across = 0;
  let all = 0;
  let seen = 0;
  for (let y = 1; y < height - 1; y++) {
    if (sheet.top + y / sheet.density < 0.1) continue;
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      if (!(mask[i] && mask[i - 1] && mask[i + 1] && mask[i - width] && mask[i + width])) continue;
      const gx = (lab[3 * (i + 1)] ?? 0) - (lab[3 * (i - 1)] ?? 0);
      const gy = (lab[3 * (i + width)] ?? 0) - (lab[3 * (i - width)] ?? 0);
      along += gx * gx - gy * gy;
      across += 2 * gx * gy;
      all += gx * gx + gy * gy;
      seen++;
    }
  }
  if (seen < enough || all === 0) return volume >= 4 ? 'curly' : volume === 3 ? 'wavy' : 'straight';
  const coherence = hypot(along, across) / all;
  if (coherence < 0.2 && volume >= 3) return 'curly';
  return coherence < 0.45 ? 'wavy' : 'straight';
}
