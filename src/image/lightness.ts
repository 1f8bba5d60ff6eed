const { cbrt } = Math;

/**
 * CIE 1976 lightness L* (0 to 100) of sRGB pixels, D65, by tables: several million a second are asked for, and three powers and a cube root for
 * each would cost more than everything that is done with them.
 */

/** Steps of luminance; in the darkest of them L* grows by 0.22, from 10 on by less than 0.08. */
const steps = 4095;

const fromRed = luminances(0.2126);
const fromGreen = luminances(0.7152);
const fromBlue = luminances(0.0722);

const lightnesses = Float32Array.from({ length: steps + 1 }, (_, step) => {
  const y = step / steps;
  return y > 216 / 24389 ? 116 * cbrt(y) - 16 : (y * 24389) / 27;
});

/** @param at place of the pixel's red channel */
export function lightnessAt(data: ArrayLike<number>, at: number): number {
  const y = (fromRed[data[at] ?? 0] ?? 0) + (fromGreen[data[at + 1] ?? 0] ?? 0) + (fromBlue[data[at + 2] ?? 0] ?? 0);
  return lightnesses[(y + 0.5) | 0] ?? 0;
}

/** What each of the 256 sRGB values (IEC 61966-2-1) of a channel adds to the luminance, in `steps`. */
function luminances(weight: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => {
    const v = value / 255;
    const linear = v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return linear * weight * steps;
  });
}
