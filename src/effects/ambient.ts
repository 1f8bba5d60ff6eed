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
  const step = max(1, round(box.width / 80));
  const samples: number[] = [];
  for (let y = top; y < bottom; y += step) for (let x = left; x < right; x += step) samples.push((y * width + x) * channels);
  const light = (at: number): number => (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0);
  samples.sort((a, b) => light(b) - light(a));
  const brightest = samples.slice(0, max(1, round(samples.length / 20)));
  const mean = (k: number): number => brightest.reduce((sum, at) => sum + (data[at + k] ?? 0), 0) / brightest.length;
  const [r, g, b] = [mean(0), mean(1), mean(2)];
  const level = (r + g + b) / 3 / full;
  // Colour counts for a third only: the brightest spot may well be a red cushion.
  const factor = (value: number): number => min(1, max(0.45, 0.25 + 0.75 * level * (0.67 + (0.33 * value) / max(1, (r + g + b) / 3))));
  return [factor(r), factor(g), factor(b)];
}
