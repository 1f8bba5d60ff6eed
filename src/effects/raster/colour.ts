const { cbrt, max, min } = Math;

/** sRGB (D65) and CIE L*a*b*, after CIE 15 and IEC 61966-2-1. */

export type Lab = readonly [l: number, a: number, b: number];
export type Rgb = readonly [r: number, g: number, b: number];

const white = [0.95047, 1, 1.08883] as const;

/** @param rgb 0 to 255 a channel */
export function toLab([r, g, b]: Rgb): Lab {
  const [lr, lg, lb] = [linear(r), linear(g), linear(b)];
  const x = bend((0.4124564 * lr + 0.3575761 * lg + 0.1804375 * lb) / white[0]);
  const y = bend((0.2126729 * lr + 0.7151522 * lg + 0.072175 * lb) / white[1]);
  const z = bend((0.0193339 * lr + 0.119192 * lg + 0.9503041 * lb) / white[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** @returns 0 to 255 a channel; what no screen can show is cut off */
export function fromLab([l, a, b]: Lab): Rgb {
  const fy = (l + 16) / 116;
  const x = white[0] * unbend(fy + a / 500);
  const y = white[1] * unbend(fy);
  const z = white[2] * unbend(fy - b / 200);
  return [
    gamma(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
    gamma(-0.969266 * x + 1.8760108 * y + 0.041556 * z),
    gamma(0.0556434 * x - 0.2040259 * y + 1.0572252 * z),
  ];
}

/** Lightness of a pixel in the plain weights of video (Rec. 601), on the scale of its channels. */
export function lightness(data: Float32Array, at: number): number {
  return 0.3 * (data[at] ?? 0) + 0.59 * (data[at + 1] ?? 0) + 0.11 * (data[at + 2] ?? 0);
}

/** @param hex `#rrggbb` */
export function fromHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function linear(channel: number): number {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

function gamma(light: number): number {
  const c = min(max(light, 0), 1);
  return 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
}

function bend(t: number): number {
  return t > 216 / 24389 ? cbrt(t) : (24389 / 27 / 116) * t + 16 / 116;
}

function unbend(t: number): number {
  return t > 6 / 29 ? t ** 3 : 3 * (6 / 29) ** 2 * (t - 4 / 29);
}
