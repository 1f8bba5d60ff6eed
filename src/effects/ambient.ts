import type { Face } from '../faces/face.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Rgb } from './raster/colour.ts';

const { max, min, round } = Math;

/** What counts as full light: the whites of a well exposed photo. */
const full = 225;

/**
 * The light around a head, as factors on the colours of what is put on it: a wreath in a dim room must not glow. It is read from the brightest
 * twentieth of the surroundings, which are rarely skin, so that it says something of the light and not of the person.
 * @returns red, green, blue; 0.45 to 1
 */
export function ambientLight({ width, height, channels, data }: Pixels, { box }: Face): Rgb {
  const left = max(0, round(box.x - box.width));
  const top = max(0, round(box.y - box.height));
  const right = min(width, round(box.x + 2 * box.width));
  const bottom = min(height, round(box.y + 2 * box.height));
  const step = max(1, round(box.width / 40));
  // Sums of red, green, blue and a count for each of 256 levels of light; the brightest levels are then taken until they make a twentieth.
  const levels = new Float64Array(256 * 4);
  let total = 0;
  for (let y = top; y < bottom; y += step) {
    for (let x = left; x < right; x += step, total++) {
      const at = (y * width + x) * channels;
      const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      const to = 4 * round((red + green + blue) / 3);
      levels[to] = (levels[to] ?? 0) + red;
      levels[to + 1] = (levels[to + 1] ?? 0) + green;
      levels[to + 2] = (levels[to + 2] ?? 0) + blue;
      levels[to + 3] = (levels[to + 3] ?? 0) + 1;
    }
  }
  const sum = [0, 0, 0, 0];
  for (let to = 4 * 255; to >= 0 && (sum[3] ?? 0) < total / 20; to -= 4) {
    for (let k = 0; k < 4; k++) sum[k] = (sum[k] ?? 0) + (levels[to + k] ?? 0);
  }
  const [red = 0, green = 0, blue = 0, count = 0] = sum;
  const [r, g, b] = [red / max(1, count), green / max(1, count), blue / max(1, count)];
  const level = (r + g + b) / 3 / full;
  // Colour counts for a third only: the brightest spot may well be a red cushion.
  const factor = (value: number): number => min(1, max(0.45, 0.25 + 0.75 * level * (0.67 + (0.33 * value) / max(1, (r + g + b) / 3))));
  return [factor(r), factor(g), factor(b)];
}
