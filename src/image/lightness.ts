const { cbrt } = Math;

/**
 * CIE 1976 lightness L* (0 to 100) of sRGB pixels, D65, by tables: several million a second are asked for, and three powers and a cube root for
 * each would cost more than everything that is done with them.
 */

/** Linear light, 0 to 1, of each of the 256 sRGB values (IEC 61966-2-1). */
export const linearLight = Float32Array.from({ length: 256 }, (_, value) => {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/** What red, green and blue light add to the luminance. */
export const luminanceOf = [0.2126, 0.7152, 0.0722] as const;

/** Steps of luminance; in the darkest of them L* grows by 0.22, from 10 on by less than 0.08. */
const steps = 4095;

const fromRed = linearLight.map((light) => light * luminanceOf[0] * steps);
const fromGreen = linearLight.map((light) => light * luminanceOf[1] * steps);
const fromBlue = linearLight.map((light) => light * luminanceOf[2] * steps);

const lightnesses = Float32Array.from({ length: steps + 1 }, (_, step) => {
  const y = step / steps;
  return y > 216 / 24389 ? 116 * cbrt(y) - 16 : (y * 24389) / 27;
});

/** @param at place of the pixel's red channel */
export function lightnessAt(data: ArrayLike<number>, at: number): number {
  const y = (fromRed[data[at] ?? 0] ?? 0) + (fromGreen[data[at + 1] ?? 0] ?? 0) + (fromBlue[data[at + 2] ?? 0] ?? 0);
  return lightnesses[(y + 0.5) | 0] ?? 0;
}
