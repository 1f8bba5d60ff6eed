import type { Lab } from '../../raster/colour.ts';
import { binColours, binCount, binDistance, binOf, spread } from './bins.ts';
import type { FaceEdge } from './face-edge.ts';
import type { Ray } from './hairline.ts';
import { hair, kinds, skin, usualPlaces } from './places.ts';
import { labAt, medianOf, pixelAt, type Sheet } from './sheet.ts';

const { min } = Math;

/** Where hair was found around a face. */
export interface HairRegion {
  /** 1 where a pixel of the sheet is hair. */
  readonly mask: Uint8Array;
  /** The colour of the hair as the photo shows it; undefined where there is next to none. */
  readonly colour: Lab | undefined;
  /** Share of the scalp that has the colours of the face, 0 to 1: nearly all of a bare head, some of fair hair. */
  readonly bare: number;
}

/** How often what was learned is learned again. */
const rounds = 3;

/**
 * Finds the hair. Where hair, skin and everything else usually are around a face is known beforehand (see places.ts); which colours they have in this
 * photo is learned from that by turns (expectation and maximisation over boxes of colours); what hangs together with the scalp is the hair.
 * @param sheet upright with the face, reaching well above and below it
 * @param skins colours of the skin of the face in its different lights
 * @param rays what begins where the skin of the forehead ends
 */
export function findHair(sheet: Sheet, edge: FaceEdge, skins: readonly Lab[], rays: readonly Ray[]): HairRegion {
  const prior = usualPlaces(sheet, edge);
  const begins = rays.slice(1, -1).flatMap(({ height, above }) => (height === undefined || isSkin(above, skins) ? [] : [binOf(...above)]));
  const share = learn(binColours(sheet), prior, begins);
  smooth(share, sheet.width, sheet.height);
  const mask = connected(sheet, share, prior);
  return { mask, colour: colourOf(sheet, mask), bare: bareness(sheet, edge, skins) };
}

/**
 * How much is learned from a pixel. Hair's colours are learned on the scalp and the room's far from the head: between them, beside the face, long hair
 * hangs as often as the room shows.
 */
function trust(kind: number, usuallyHair: number): number {
  if (kind === hair) return usuallyHair > 0.8 ? 1 : 0.3;
  if (kind === skin) return 1;
  return usuallyHair < 0.12 ? 1 : 0.12;
}

/** Share of each pixel that is hair, from its place and from what its colour turned out to be. */
function learn(bins: Int16Array, prior: Float32Array, begins: readonly number[]): Float32Array {
  const share = prior.slice();
  const weights = prior.slice();
  for (let i = 0; i < bins.length; i++) {
    for (let k = 0; k < kinds; k++) weights[i * kinds + k] = trust(k, prior[i * kinds + hair] ?? 0);
  }
  let alike: Float64Array = new Float64Array(binCount);
  for (let round = 0; round < rounds; round++) {
    const likely = likelihoods(bins, share, weights);
    if (round < 2) alike = likeScalp(bins, share, prior, begins);
    for (let bin = 0; bin < binCount; bin++) likely[bin] = (likely[bin] ?? 0) * (alike[bin] ?? 0);
    for (let i = 0; i < bins.length; i++) {
      const bin = bins[i] ?? -1;
      if (bin < 0) continue;
      const h = (prior[i * kinds] ?? 0) * (likely[bin] ?? 0);
      const s = (prior[i * kinds + 1] ?? 0) * (likely[binCount + bin] ?? 0);
      const o = (prior[i * kinds + 2] ?? 0) * (likely[2 * binCount + bin] ?? 0);
      const sum = h + s + o;
      share[i * kinds] = h / sum;
      share[i * kinds + 1] = s / sum;
      share[i * kinds + 2] = o / sum;
    }
  }
  const found = new Float32Array(bins.length);
  for (let i = 0; i < bins.length; i++) found[i] = (bins[i] ?? -1) < 0 ? 0 : (share[i * kinds + hair] ?? 0);
  return found;
}

/**
 * How alike each box of colours that the photo shows is to what the scalp shows, 0 to 1. A cushion behind a head lies where hair may hang and nowhere else; only its colour
 * tells it from hair.
 */
function likeScalp(bins: Int16Array, share: Float32Array, prior: Float32Array, begins: readonly number[]): Float64Array {
  const scalp = new Float64Array(binCount);
  const seen = new Uint8Array(binCount);
  let total = 0;
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i] ?? -1;
    if (bin < 0) continue;
    seen[bin] = 1;
    if ((prior[i * kinds + hair] ?? 0) < 0.8) continue;
    scalp[bin] = (scalp[bin] ?? 0) + (share[i * kinds + hair] ?? 0);
    total += share[i * kinds + hair] ?? 0;
  }
  const common: number[] = [];
  for (let bin = 0; bin < binCount; bin++) if ((scalp[bin] ?? 0) > 0.025 * total) common.push(bin);
  // Where little hair lies under a bright sky, the first thing over the forehead tells which of the two is hair.
  const first = common.filter((bin) => begins.some((begin) => binDistance(bin, begin) < 3));
  const main = first.length > 0 ? first : common;
  const alike = new Float64Array(binCount);
  for (let bin = 0; bin < binCount; bin++) {
    if (seen[bin] === 0) continue;
    let least = Number.POSITIVE_INFINITY;
    for (const other of main) least = min(least, binDistance(bin, other));
    alike[bin] = 1 / (1 + least * least);
  }
  return alike;
}

/** How likely each kind shows each box of colours, kind by kind. */
function likelihoods(bins: Int16Array, share: Float32Array, weights: Float32Array): Float64Array {
  const seen = new Float64Array(binCount * kinds).fill(1e-3);
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i] ?? -1;
    if (bin < 0) continue;
    for (let k = 0; k < kinds; k++) {
      const to = k * binCount + bin;
      seen[to] = (seen[to] ?? 0) + (share[i * kinds + k] ?? 0) * (weights[i * kinds + k] ?? 0);
    }
  }
  for (let k = 0; k < kinds; k++) {
    spread(seen, k * binCount);
    let total = 0;
    for (let bin = k * binCount; bin < (k + 1) * binCount; bin++) total += seen[bin] ?? 0;
    for (let bin = k * binCount; bin < (k + 1) * binCount; bin++) seen[bin] = (seen[bin] ?? 0) / total;
  }
  return seen;
}

/** Single pixels take the side of what is around them. */
function smooth(share: Float32Array, width: number, height: number): void {
  for (let turn = 0; turn < 2; turn++) {
    const before = share.slice();
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) {
        const i = y * width + x;
        share[i] = (three(before, i - width) + three(before, i) + three(before, i + width)) / 9;
      }
    }
  }
}

function three(values: Float32Array, middle: number): number {
  return (values[middle - 1] ?? 0) + (values[middle] ?? 0) + (values[middle + 1] ?? 0);
}

function connected(sheet: Sheet, share: Float32Array, prior: Float32Array): Uint8Array {
  const mask = new Uint8Array(share.length);
  const queue: number[] = [];
  for (let i = 0; i < share.length; i++) {
    if ((share[i] ?? 0) < 0.5 || (prior[i * kinds + hair] ?? 0) < 0.6) continue;
    mask[i] = 1;
    queue.push(i);
  }
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const x = next % sheet.width;
    for (const to of [x > 0 ? next - 1 : -1, x < sheet.width - 1 ? next + 1 : -1, next - sheet.width, next + sheet.width]) {
      if (to < 0 || to >= mask.length || mask[to] === 1 || (share[to] ?? 0) < 0.5) continue;
      mask[to] = 1;
      queue.push(to);
    }
  }
  return mask;
}

/** Looked for right over the forehead where hair lines end and crowns do not yet. */
function bareness(sheet: Sheet, edge: FaceEdge, skins: readonly Lab[]): number {
  const [middle] = edge.middle;
  const top = edge.middle[1] - edge.radius(-Math.PI / 2);
  const [low, high] = [top - 0.42, top - 0.62];
  let like = 0;
  let all = 0;
  for (let y = high; y < low; y += 0.5 / sheet.density) {
    for (let x = middle - 0.45; x < middle + 0.45; x += 0.5 / sheet.density) {
      const pixel = pixelAt(sheet, x, y);
      if (pixel < 0) continue;
      all++;
      if (isSkin(labAt(sheet, pixel), skins)) like++;
    }
  }
  return all === 0 ? 0 : like / all;
}

function isSkin([l, a, b]: Lab, skins: readonly Lab[]): boolean {
  return skins.some(([sl, sa, sb]) => (0.7 * (l - sl)) ** 2 + (a - sa) ** 2 + (b - sb) ** 2 < 9 * 9);
}

function colourOf(sheet: Sheet, mask: Uint8Array): Lab | undefined {
  const found: number[] = [];
  for (let pixel = 0; pixel < mask.length; pixel += 2) if (mask[pixel] === 1) found.push(pixel);
  return found.length < 30 ? undefined : medianOf(sheet, found);
}
