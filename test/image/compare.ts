import type { Pixels } from '../../src/image/pixels.ts';

/** Largest and mean difference of two pictures over all channels, 0 to 255. */
export function compare(a: Pixels, b: Pixels): { readonly largest: number; readonly mean: number } {
  if (a.width !== b.width || a.height !== b.height || a.channels !== b.channels) {
    throw new Error(`Expected ${a.width}×${a.height}×${a.channels} but received ${b.width}×${b.height}×${b.channels}`);
  }
  let largest = 0;
  let sum = 0;
  for (let i = 0; i < a.data.length; i += 1) {
    const difference = Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0));
    if (difference > largest) largest = difference;
    sum += difference;
  }
  return { largest, mean: sum / a.data.length };
}
