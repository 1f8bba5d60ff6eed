import { fromHex } from '../raster/colour.ts';
import { smoothstep } from '../raster/picture.ts';

const { sqrt } = Math;

/**
 * Soft light (W3C compositing) with a scene's own shadow and highlight colours, by tables.
 * @param shadow @param highlight `#rrggbb`
 * @param amount 0 to 1
 * @returns what changes three bytes of a picture in place
 */
export function tinter(shadow: string, highlight: string, amount: number): (data: Uint8ClampedArray, at: number) => void {
  if (amount === 0) return () => undefined;
  const dark = fromHex(shadow);
  const bright = fromHex(highlight);
  /** For each lightness and channel how far the colour goes towards lighter (positive) or darker. */
  const pull = new Float32Array(256 * 3);
  for (let level = 0; level < 256; level++) {
    const t = smoothstep(0.05, 0.85, level / 255);
    for (let k = 0; k < 3; k++) pull[3 * level + k] = amount * ((2 * ((dark[k] ?? 0) * (1 - t) + (bright[k] ?? 0) * t)) / 255 - 1);
  }
  return (data, at) => {
    const level = 3 * ((0.3 * (data[at] ?? 0) + 0.59 * (data[at + 1] ?? 0) + 0.11 * (data[at + 2] ?? 0)) | 0);
    for (let k = 0; k < 3; k++) {
      const value = data[at + k] ?? 0;
      const by = pull[level + k] ?? 0;
      data[at + k] = value + by * ((by < 0 ? darker[value] : lighter[value]) ?? 0);
    }
  };
}

/** How far soft light can take a channel down and up, of 255. */
const darker = Float32Array.from({ length: 256 }, (_, value) => (value * (255 - value)) / 255);
const lighter = Float32Array.from({ length: 256 }, (_, value) => {
  const base = value / 255;
  const curve = base <= 0.25 ? ((16 * base - 12) * base + 4) * base : sqrt(base);
  return 255 * (curve - base);
});
