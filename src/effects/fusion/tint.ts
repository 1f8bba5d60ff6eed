import type { Rendering } from '../../templates/kinds/fusion.ts';
import { fromHex } from '../raster/colour.ts';
import { smoothstep } from '../raster/picture.ts';

const { round, sqrt } = Math;

/**
 * Soft light (W3C compositing) with a scene's own shadow and highlight colours, as a table: for each lightness 0 to 255, for red, green and blue,
 * what each value becomes.
 */
export function tintTable({ shadow, highlight, tint }: Pick<Rendering, 'shadow' | 'highlight' | 'tint'>): Uint8Array {
  const dark = fromHex(shadow);
  const bright = fromHex(highlight);
  const out = new Uint8Array(256 * 768);
  for (let level = 0, to = 0; level < 256; level++) {
    const t = smoothstep(0.05, 0.85, level / 255);
    for (let k = 0; k < 3; k++) {
      // How far the colour goes towards lighter (positive) or darker.
      const pull = tint * ((2 * ((dark[k] ?? 0) * (1 - t) + (bright[k] ?? 0) * t)) / 255 - 1);
      const reach = pull < 0 ? darker : lighter;
      for (let value = 0; value < 256; value++, to++) out[to] = round(value + pull * (reach[value] ?? 0));
    }
  }
  return out;
}

/** How far soft light can take a channel down and up, of 255. */
const darker = Float32Array.from({ length: 256 }, (_, value) => (value * (255 - value)) / 255);
const lighter = Float32Array.from({ length: 256 }, (_, value) => {
  const base = value / 255;
  const curve = base <= 0.25 ? ((16 * base - 12) * base + 4) * base : sqrt(base);
  return 255 * (curve - base);
});
