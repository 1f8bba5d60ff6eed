import { fromLab, type Rgb, toLab } from '../raster/colour.ts';
import { lowpass } from '../raster/lowpass.ts';
import { quickLog } from '../raster/power.ts';
import { at, type Coarse, meshed } from './coarse.ts';

const { atan2, cos, hypot, log2, max, min, round, sin } = Math;

/** What is known of the skin in a face. */
export interface Skin {
  /** The usual colour of the skin. */
  readonly tone: Rgb;
  /** How sure it is that a cell shows skin, 0 to 1: brows, lips, hair, spectacles and background get little. */
  readonly likely: Float32Array;
  /** The light on the skin, three floats a cell: its low frequencies, filled in below what is not skin. */
  readonly light: Float32Array;
}

/** Details below this share of the face's width are not light. */
const finest = 1 / 8;

/** Within these limits a colour is skin: natural logarithms of lightness and of hue; wider around the tone, which is one for the whole face. */
const nearTone = [0.6, 1.5] as const;
const nearLight = [0.32, 1] as const;

export function readSkin(coarse: Coarse): Skin {
  const { width, height, colours, cover, mesh } = coarse;
  const bare = new Float32Array(cover.length);
  for (let i = 0, m = 0; i < bare.length; i++, m += meshed) {
    if (mesh[m + at.edge] !== 1) bare[i] = (cover[i] ?? 0) * (1 - (mesh[m + at.feature] ?? 0));
  }
  const tone = skinTone(coarse, bare);
  const levels = max(1, round(log2(width * finest)));
  // The first light is near the tone everywhere; what is near the first light is skin, and gives the second.
  const believed = new Float32Array(bare.length);
  for (let i = 0; i < bare.length; i++)
    believed[i] = (bare[i] ?? 0) * similarity(colours, 3 * i, tone[0], tone[1], tone[2], nearTone[0], nearTone[1]);
  const first = lowpass(withPrior(colours, believed, tone, 0), believed, width, height, levels);
  const likely = alike(coarse, first);
  for (let i = 0; i < bare.length; i++) believed[i] = (bare[i] ?? 0) * (likely[i] ?? 0);
  const light = lowpass(withPrior(colours, believed, first, 3), believed, width, height, levels);
  return { tone, likely: alike(coarse, light), light };
}

/** How much the light of before is believed where no skin is seen. */
const doubt = 0.12;

/**
 * Where little is believed, what was expected counts too, and more than a beard that fills the whole jaw; raises what is believed to the sum.
 * @param expected colours, one every `step` numbers: with 0 the same for all cells
 */
function withPrior(colours: Float32Array, believed: Float32Array, expected: ArrayLike<number>, step: 0 | 3): Float32Array {
  const out = new Float32Array(colours.length);
  for (let i = 0; i < believed.length; i++) {
    const own = believed[i] ?? 0;
    const prior = doubt * (1 - own) * (1 - own);
    believed[i] = own + prior;
    for (let k = 0; k < 3; k++) out[3 * i + k] = ((colours[3 * i + k] ?? 0) * own + (expected[step * i + k] ?? 0) * prior) / (own + prior);
  }
  return out;
}

function alike({ colours, cover }: Coarse, light: Float32Array): Float32Array {
  const out = new Float32Array(cover.length);
  for (let i = 0, k = 0; i < out.length; i++, k += 3) {
    if ((cover[i] ?? 0) > 0)
      out[i] = similarity(colours, k, light[k] ?? 0, light[k + 1] ?? 0, light[k + 2] ?? 0, nearLight[0], nearLight[1]);
  }
  return out;
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

/** The median colour of what is bare and lies well inside: cheeks, nose and chin outweigh what hair may cover. */
function skinTone({ colours, mesh }: Coarse, bare: Float32Array): Rgb {
  const reds = new Uint32Array(256);
  const greens = new Uint32Array(256);
  const blues = new Uint32Array(256);
  let total = 0;
  for (let i = 0; i < bare.length; i++) {
    const m = i * meshed;
    if ((bare[i] ?? 0) < 0.9 || (mesh[m + at.edge] ?? 1) > 0.5 || (mesh[m + at.hidden] ?? 0) > 0.3) continue;
    total++;
    countIn(reds, colours[3 * i] ?? 0);
    countIn(greens, colours[3 * i + 1] ?? 0);
    countIn(blues, colours[3 * i + 2] ?? 0);
  }
  if (total === 0) return [128, 128, 128];
  const median = (count: Uint32Array): number => {
    let below = 0;
    return count.findIndex((each) => {
      below += each;
      return 2 * below >= total;
    });
  };
  return [median(reds), median(greens), median(blues)];
}

function countIn(counts: Uint32Array, value: number): void {
  const level = round(value);
  counts[level] = (counts[level] ?? 0) + 1;
}

/**
 * The skin colour as neutral light would show it. Lightness stays the user's own, but dark photos are
 * brought a third of the way towards the light of day and burnt-out ones back; a hue that
 * no skin has (coloured stage light, a wrong white balance) is brought to the nearest one that some skin has.
 * The limits are those between which published means of skin in CIELAB lie, a little pulled in.
 */
export function neutralTone(tone: Rgb): Rgb {
  const [l, a, b] = toLab(tone);
  const chroma = 0.4 * min(max(hypot(a, b), 12), 36) + 0.6 * 31;
  const hue = (atan2(b, a) * 180) / Math.PI;
  const near = (min(max(hue, 48), 60) * Math.PI) / 180;
  const light = l < 72 ? l + 0.34 * (72 - l) : l > 82 ? 82 + 0.4 * (l - 82) : l;
  return fromLab([light, chroma * cos(near), chroma * sin(near)]);
}
