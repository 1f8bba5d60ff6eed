import { spread } from './spread.ts';

const { max } = Math;

/**
 * Smooths lightness and keeps its edges: the guided filter with the picture as its own guide (He, Sun and Tang, PAMI 35, 2013). Where the
 * variance around a pixel is well below `flat`, it becomes the local mean; well above, it stays.
 * @param light one float a pixel, 0 to 255
 * @param flat variance (0 to 1 squared) that counts as flat, a number for each pixel
 */
export function smoothLight(light: Float32Array, flat: Float32Array, width: number, height: number, radius: number): Float32Array {
  const count = light.length;
  const square = new Float32Array(count);
  for (let i = 0; i < count; i++) square[i] = (light[i] ?? 0) * (light[i] ?? 0);
  const mean = spread(light, width, height, radius);
  const meanSquare = spread(square, width, height, radius);
  const slope = new Float32Array(count);
  const shift = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const m = mean[i] ?? 0;
    const variance = max(0, (meanSquare[i] ?? 0) - m * m) / 65025;
    const a = variance / (variance + (flat[i] ?? 0) + 1e-6);
    slope[i] = a;
    shift[i] = m * (1 - a);
  }
  const meanSlope = spread(slope, width, height, radius);
  const meanShift = spread(shift, width, height, radius);
  for (let i = 0; i < count; i++) square[i] = (meanSlope[i] ?? 0) * (light[i] ?? 0) + (meanShift[i] ?? 0);
  return square;
}
