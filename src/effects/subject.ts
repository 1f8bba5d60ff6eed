import type { Face } from '../faces/face.ts';
import { meshOf, meshPoint } from '../faces/mesh.ts';
import { chin, faceOval } from '../faces/topology.ts';
import { reduceSheet, type Sheet } from './raster/sheet.ts';
import { soften } from './raster/soften.ts';

const { abs, exp, hypot, log, max, min, round } = Math;

/** How much each place belongs to the people, 0 to 1: soft, because no network cuts them out; for what may fade, not for what must be cut. */
export interface Matte {
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture to one of the matte. */
  readonly factor: number;
  readonly data: Float32Array;
}

/** Longest side of a matte. */
const side = 120;

const turns = 2;

/**
 * Tells people from background: heads and shoulders are expected around the faces, the colours found there and elsewhere are weighed against
 * each other (as GrabCut does with its histograms; Rother, Kolmogorov and Blake, SIGGRAPH 2004), and the picture's own edges say where one
 * ends (guided filter; He, Sun and Tang, PAMI 35, 2013).
 */
export function findSubject(sheet: Sheet, faces: readonly Face[]): Matte {
  const small = reduceSheet(sheet, max(1, round(max(sheet.width, sheet.height) / side)));
  const { width, height, factor } = small;
  const expected = new Float32Array(width * height);
  for (const face of faces) expectPerson(expected, width, height, factor, meshOf(face));
  const bins = colourBins(small);
  let matte: Float32Array = expected;
  for (let turn = 0; turn < turns; turn++) matte = snapped(weighed(expected, matte, bins), small.light, width, height);
  return { width, height, factor, data: matte };
}

/** The matte at the scale of a sheet. */
export function matteOn({ width, height, factor, data }: Matte, sheet: Sheet): Float32Array {
  const out = new Float32Array(sheet.width * sheet.height);
  const scale = sheet.factor / factor;
  for (let y = 0, to = 0; y < sheet.height; y++) {
    const v = min(max((y + 0.5) * scale - 0.5, 0), height - 1.001);
    const above = (v | 0) * width;
    const below = min((v | 0) + 1, height - 1) * width;
    const dv = v - (v | 0);
    for (let x = 0; x < sheet.width; x++, to++) {
      const u = min(max((x + 0.5) * scale - 0.5, 0), width - 1.001);
      const i = u | 0;
      const du = u - i;
      const upper = (data[above + i] ?? 0) * (1 - du) + (data[above + i + 1] ?? 0) * du;
      const lower = (data[below + i] ?? 0) * (1 - du) + (data[below + i + 1] ?? 0) * du;
      out[to] = upper * (1 - dv) + lower * dv;
    }
  }
  return out;
}

/** A head with its hair around the face, and shoulders below it. */
function expectPerson(out: Float32Array, width: number, height: number, factor: number, mesh: Float32Array): void {
  const [topX, topY] = meshPoint(mesh, faceOval[0]);
  const [chinX, chinY] = meshPoint(mesh, chin);
  const length = hypot(topX - chinX, topY - chinY) / factor;
  const ux = (topX - chinX) / factor / length;
  const uy = (topY - chinY) / factor / length;
  const midX = (topX + chinX) / 2 / factor;
  const midY = (topY + chinY) / 2 / factor;
  const neckX = 0.7 * (chinX / factor) + 0.3 * midX;
  const neckY = chinY / factor - 0.15 * length;
  for (let y = 0, i = 0; y < height; y++) {
    const below = (y - neckY) / length;
    const shoulders = (0.35 + 0.9 * min(1, 1.1 * below)) * length;
    for (let x = 0; x < width; x++, i++) {
      const [dx, dy] = [x - midX, y - midY];
      const up = dx * ux + dy * uy;
      const across = dy * ux - dx * uy;
      const head = hypot((up - 0.08 * length) / ((up > 0 ? 0.9 : 0.75) * length), across / (0.68 * length));
      let share = 1 / (1 + exp(7 * (head - 1.05)));
      if (below > 0) share = max(share, min(1, 3 * below) / (1 + exp(6 * (abs(x - neckX) / shoulders - 1))));
      out[i] = max(out[i] ?? 0, share);
    }
  }
}

const levels = 8;
const binCount = levels * levels * levels;

/** A coarse colour for each pixel. */
function colourBins({ light, red, blue }: Sheet): Uint16Array {
  return Uint16Array.from(light, (l, i) => {
    const dr = red[i] ?? 0;
    const db = blue[i] ?? 0;
    const green = l - (0.299 * dr + 0.114 * db) / 0.587;
    return (level(l + dr) * levels + level(green)) * levels + level(l + db);
  });
}

function level(channel: number): number {
  return min(levels - 1, max(0, (channel * levels) >> 8));
}

/** What is expected, made surer or less sure by how much more often its colour is seen among the people than elsewhere. */
function weighed(expected: Float32Array, matte: Float32Array, bins: Uint16Array): Float32Array {
  const inside = new Float64Array(binCount);
  const outside = new Float64Array(binCount);
  matte.forEach((share, i) => {
    const bin = bins[i] ?? 0;
    inside[bin] = (inside[bin] ?? 0) + share * share;
    outside[bin] = (outside[bin] ?? 0) + (1 - share) * (1 - share);
  });
  const evidence = logRatio(blurred(inside), blurred(outside));
  return expected.map((share, i) => {
    const prior = 1.6 * log((share + 0.01) / (1.01 - share));
    return 1 / (1 + exp(-prior - 0.9 * (evidence[bins[i] ?? 0] ?? 0)));
  });
}

/** Neighbouring colours count for a third: a histogram of few pixels has holes. */
function blurred(histogram: Float64Array): Float64Array {
  let out = histogram;
  for (const step of [1, levels, levels * levels]) {
    const from = out;
    out = from.map((count, bin) => {
      const place = ((bin / step) | 0) % levels;
      return count + ((place > 0 ? (from[bin - step] ?? 0) : 0) + (place < levels - 1 ? (from[bin + step] ?? 0) : 0)) / 3;
    });
  }
  return out;
}

function logRatio(inside: Float64Array, outside: Float64Array): Float64Array {
  const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 1e-6);
  const [all, rest] = [sum(inside), sum(outside)];
  return inside.map((count, bin) => min(8, max(-8, log((count / all + 1e-5) / ((outside[bin] ?? 0) / rest + 1e-5)))));
}

/** The matte with its edges where the picture has them. */
function snapped(matte: Float32Array, light: Float32Array, width: number, height: number): Float32Array {
  const around = (plane: Float32Array): Float32Array => soften(plane, width, height, 4);
  const mean = around(light.slice());
  const share = around(matte.slice());
  const square = around(light.map((l) => l * l));
  const product = around(light.map((l, i) => l * (matte[i] ?? 0)));
  const slope = light.map((_, i) => {
    const m = mean[i] ?? 0;
    return ((product[i] ?? 0) - m * (share[i] ?? 0)) / ((square[i] ?? 0) - m * m + 150);
  });
  const shift = slope.map((a, i) => (share[i] ?? 0) - a * (mean[i] ?? 0));
  soften(slope, width, height, 2);
  soften(shift, width, height, 2);
  return light.map((l, i) => min(1, max(0, l * (slope[i] ?? 0) + (shift[i] ?? 0))));
}
