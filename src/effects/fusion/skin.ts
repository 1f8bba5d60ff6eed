import { fromLab, type Rgb, toLab } from '../raster/colour.ts';
import { lowpass } from '../raster/lowpass.ts';
import { quickLog } from '../raster/power.ts';
import type { Vertices } from './points.ts';
import { regrow, shrink } from './shrink.ts';

const { atan2, cos, floor, hypot, log2, max, min, round, sin } = Math;

/** What is known of the skin in a face that lies in a small picture of its own (three floats a pixel). */
export interface Skin {
  /** The usual colour of the skin. */
  readonly tone: Rgb;
  /** How sure it is that a pixel shows skin, 0 to 1: brows, lips, hair, spectacles and background get little. */
  readonly likely: Float32Array;
  /** The light on the skin: its low frequencies, filled in below what is not skin. */
  readonly light: Float32Array;
}

export interface FaceSheet {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
  /** 0 inside the face to 1 on its outline; above 1 or NaN outside. */
  readonly edge: Float32Array;
}

/** Triangles of landmarks that show bare skin on nearly every face: both cheeks, the bridge and the sides of the nose. */
const bare: readonly (readonly [number, number, number])[] = [
  [41, 31, 48],
  [41, 3, 48],
  [46, 35, 54],
  [46, 13, 54],
  [27, 31, 35],
];

/** Light is worked out at this fraction of the size. */
const smaller = 4;

/**
 * @param at vertices of the face in pixels of the sheet
 * @param features as `featureMask` gives them
 */
export function readSkin(sheet: FaceSheet, at: Vertices, features: Uint8Array): Skin {
  const tone = skinTone(sheet, at);
  const { width, height, data, edge } = sheet;
  const small = shrink(sheet, features, smaller);
  const levels = max(1, round(log2(width / 12 / smaller)));
  // The first light is near the tone everywhere; what is near the first light is skin, and gives the second.
  const believed = small.bare.map((bare, i) => bare * similarity(small.data, i * 3, tone[0], tone[1], tone[2], 0.6, 1.5));
  const first = lowpass(small.data, believed, small.width, small.height, levels);
  for (let i = 0, k = 0; i < believed.length; i++, k += 3) {
    const bare = small.bare[i] ?? 0;
    if (bare > 0) believed[i] = bare * similarity(small.data, k, first[k] ?? 0, first[k + 1] ?? 0, first[k + 2] ?? 0, 0.32, 1);
  }
  const light = regrow(lowpass(small.data, believed, small.width, small.height, levels), small, smaller, width, height);
  const likely = new Float32Array(width * height);
  for (let i = 0, k = 0; i < likely.length; i++, k += 3) {
    if (!((edge[i] ?? 2) <= 1) || features[i] !== 0) continue;
    likely[i] = similarity(data, k, light[k] ?? 0, light[k + 1] ?? 0, light[k + 2] ?? 0, 0.32, 1);
  }
  return { tone, likely, light };
}

/**
 * 1 for a like colour, towards 0 where lightness (natural logarithm, in units of `stops`) or hue (in units of `hues`) differ; a shine counts as
 * skin for longer than a shadow does.
 */
function similarity(data: Float32Array, at: number, r0: number, g0: number, b0: number, stops: number, hues: number): number {
  const r = (data[at] ?? 0) + 8;
  const g = (data[at + 1] ?? 0) + 8;
  const b = (data[at + 2] ?? 0) + 8;
  const stop = quickLog((0.3 * r + 0.59 * g + 0.11 * b) / (0.3 * r0 + 0.59 * g0 + 0.11 * b0 + 8));
  const red = quickLog((r * (g0 + 8)) / (g * (r0 + 8)));
  const blue = quickLog((b * (g0 + 8)) / (g * (b0 + 8)));
  const dark = stop / (stop > 0 ? 1.5 * stops : stops);
  const apart = dark * dark + (red * red + 0.5 * blue * blue) / (hues * hues);
  // As exp(-apart), but for the long tail.
  return apart > 4 ? 0 : 1 / (1 + apart * (1 + apart * (0.5 + apart * (1 / 6 + apart / 24))));
}

/** The median colour over the bare triangles, a fixed grid of places in each. */
function skinTone({ width, height, data }: FaceSheet, { xs, ys }: Vertices): Rgb {
  const found: number[][] = [[], [], []];
  for (const [a, b, c] of bare) {
    for (let i = 1; i < 12; i++) {
      for (let j = 1; j < 12 - i; j++) {
        const k = 12 - i - j;
        const x = floor(((xs[a] ?? 0) * i + (xs[b] ?? 0) * j + (xs[c] ?? 0) * k) / 12);
        const y = floor(((ys[a] ?? 0) * i + (ys[b] ?? 0) * j + (ys[c] ?? 0) * k) / 12);
        if (x < 0 || y < 0 || x >= width || y >= height) continue;
        found.forEach((channel, n) => {
          channel.push(data[(y * width + x) * 3 + n] ?? 0);
        });
      }
    }
  }
  const [r = 128, g = 128, b = 128] = found.map((channel) => channel.sort((p, q) => p - q)[channel.length >> 1] ?? 128);
  return [r, g, b];
}

/**
 * The skin colour as neutral light would show it. Lightness stays the user's own, but dark photos are
 * brought a third of the way towards the light of day and burnt-out ones back; a hue that
 * no skin has (coloured stage light, a wrong white balance) is brought to the nearest one that some skin has.
 * The limits are those between which published means of skin in CIELAB lie, a little pulled in.
 */
export function neutralTone(tone: Rgb): Rgb {
  const [l, a, b] = toLab(tone);
  const chroma = 0.5 * min(max(hypot(a, b), 12), 36) + 0.5 * 28;
  const hue = (atan2(b, a) * 180) / Math.PI;
  const near = (min(max(hue, 40), 54) * Math.PI) / 180;
  const light = l < 72 ? l + 0.34 * (72 - l) : l > 82 ? 82 + 0.4 * (l - 82) : l;
  return fromLab([light, chroma * cos(near), chroma * sin(near)]);
}
