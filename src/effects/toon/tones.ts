import { clamp, smoothstep } from '../raster/picture.ts';

const { abs, max, min, PI, round, sin } = Math;

/** Levels of light that a picture is drawn in, darkest first. */
export type Tones = readonly number[];

/**
 * The levels that suit a picture best: k-means of its lightness (Lloyd 1957), begun at even shares.
 * @param histogram weight of each of 256 levels of light
 */
export function findTones(histogram: Float64Array, count: number): Tones {
  const total = histogram.reduce((sum, value) => sum + value, 0);
  const tones: number[] = [];
  for (let level = 0, sum = 0; level < 256; level++) {
    sum += histogram[level] ?? 0;
    while (tones.length < count && sum >= (total * (tones.length + 0.5)) / count) tones.push(level);
  }
  while (tones.length < count) tones.push(255);
  for (let round = 0; round < rounds; round++) settle(histogram, tones);
  for (let i = 1; i < count; i++) tones[i] = max(tones[i] ?? 0, (tones[i - 1] ?? 0) + closest);
  return tones;
}

const rounds = 12;

/** Tones nearer to each other than this look like a mistake. */
const closest = 14;

function settle(histogram: Float64Array, tones: number[]): void {
  const sums = new Float64Array(tones.length);
  const weights = new Float64Array(tones.length);
  for (let level = 0, i = 0; level < 256; level++) {
    while (i < tones.length - 1 && abs(level - (tones[i + 1] ?? 0)) < abs(level - (tones[i] ?? 0))) i++;
    sums[i] = (sums[i] ?? 0) + level * (histogram[level] ?? 0);
    weights[i] = (weights[i] ?? 0) + (histogram[level] ?? 0);
  }
  for (let i = 0; i < tones.length; i++) if ((weights[i] ?? 0) > 0) tones[i] = (sums[i] ?? 0) / (weights[i] ?? 1);
}

/**
 * What becomes of a tone: illustrators draw a little lighter than life. Dark skin is lifted by less, so that it stays what it is; for the same reason
 * no photo is brightened as a whole, for nobody can tell a dark room from a dark person.
 * @param skin lightness of the skin
 * @param lift levels by which middle tones are raised
 */
export function gradeOf(skin: number, lift: number): (tone: number) => number {
  const most = lift * min(1, skin / 160);
  return (tone) => clamp(tone + most * (sin((PI * tone) / 256) + 0.5 * (1 - tone / 255)), 0, 255);
}

/** Entries of a tone table to one level of light, and levels before the first and after the last that it also knows. */
export const tonesPerLevel = 4;
export const toneMargin = 128;

/**
 * What each level of light becomes: the nearest tone, with a short ramp between two.
 * @param ramp half the width of a ramp in levels
 * @param grade what becomes of a tone itself
 * @returns for `(level + toneMargin) * tonesPerLevel`
 */
export function toneTable(tones: Tones, ramp: number, grade: (tone: number) => number): Float32Array {
  const graded = tones.map(grade);
  return Float32Array.from({ length: (256 + 2 * toneMargin) * tonesPerLevel }, (_, i) => {
    const level = (i + 0.5) / tonesPerLevel - toneMargin;
    const upper = tones.findIndex((tone) => tone > level);
    if (upper === 0) return graded[0] ?? 0;
    if (upper < 0) return graded.at(-1) ?? 255;
    const middle = ((tones[upper - 1] ?? 0) + (tones[upper] ?? 0)) / 2;
    const share = smoothstep(middle - ramp, middle + ramp, level);
    return (graded[upper - 1] ?? 0) * (1 - share) + (graded[upper] ?? 0) * share;
  });
}

/** What a level of light becomes. */
export function toneAt(table: Float32Array, level: number): number {
  return table[round((level + toneMargin) * tonesPerLevel)] ?? 0;
}
