import type { Face } from '../faces/face.ts';
import { meshOf, meshPoint } from '../faces/mesh.ts';
import { chin, faceOval } from '../faces/topology.ts';
import { type Plane, resample } from './raster/enlarge.ts';
import { smoothstep } from './raster/picture.ts';
import { type Planes, reducePlanes } from './raster/planes.ts';
import { soften } from './raster/soften.ts';

const { abs, hypot, max, min, round, sqrt } = Math;

/** How much each place belongs to the people, 0 to 1: soft, because no network cuts them out; for what may fade, not for what must be cut. */
export interface Matte extends Plane {
  /** Pixels of the picture to one of the matte. */
  readonly factor: number;
}

/** Longest side of a matte. */
const side = 84;

const turns = 2;

/**
 * Tells people from background: heads and shoulders are expected around the faces, the colours found there and elsewhere are weighed against
 * each other (as GrabCut does with its histograms; Rother, Kolmogorov and Blake, SIGGRAPH 2004), and the picture's own edges say where one
 * ends (guided filter; He, Sun and Tang, PAMI 35, 2013).
 */
export function findSubject(planes: Planes, faces: readonly Face[]): Matte {
  const small = reducePlanes(planes, max(1, round(max(planes.width, planes.height) / side)));
  const { width, height, factor } = small;
  const expected = new Float32Array(width * height);
  for (const face of faces) expectPerson(expected, width, height, factor, meshOf(face));
  const bins = colourBins(small);
  let matte: Float32Array = expected;
  const odds = expected.map((share) => ((share + 0.01) / (1.01 - share)) ** 1.6);
  for (let turn = 0; turn < turns; turn++) matte = snapped(weighed(odds, matte, bins), small.light, width, height);
  return { width, height, factor, data: matte };
}

/** The matte at the scale of some planes. */
export function matteOn(matte: Matte, { width, height, factor }: Planes): Float32Array {
  return resample(matte, width, height, factor / matte.factor).data;
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
      const dx = x - midX;
      const dy = y - midY;
      const up = (dx * ux + dy * uy - 0.08 * length) / length;
      const across = (dy * ux - dx * uy) / (0.68 * length);
      const high = up / (up > -0.08 ? 0.9 : 0.75);
      let share = 1 - smoothstep(0.65, 1.45, sqrt(high * high + across * across));
      if (below > 0) share = max(share, min(1, 3 * below) * (1 - smoothstep(0.5, 1.5, abs(x - neckX) / shoulders)));
      out[i] = max(out[i] ?? 0, share);
    }
  }
}

const levels = 8;
const binCount = levels * levels * levels;

/** A coarse colour for each pixel. */
function colourBins({ light, red, blue }: Planes): Uint16Array {
  const out = new Uint16Array(light.length);
  for (let i = 0; i < out.length; i++) {
    const l = light[i] ?? 0;
    const dr = red[i] ?? 0;
    const db = blue[i] ?? 0;
    const green = l - 0.50937 * dr - 0.19421 * db;
    out[i] = (level(l + dr) * levels + level(green)) * levels + level(l + db);
  }
  return out;
}

function level(channel: number): number {
  return min(levels - 1, max(0, (channel * levels) >> 8));
}

/**
 * What is expected, made surer or less sure by how much more often its colour is seen among the people than elsewhere.
 * @param expected odds of each pixel
 */
function weighed(expected: Float32Array, matte: Float32Array, bins: Uint16Array): Float32Array {
  const inside = new Float64Array(binCount);
  const outside = new Float64Array(binCount);
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i] ?? 0;
    const share = matte[i] ?? 0;
    inside[bin] = (inside[bin] ?? 0) + share * share;
    outside[bin] = (outside[bin] ?? 0) + (1 - share) * (1 - share);
  }
  const evidence = oddsOf(blurred(inside), blurred(outside));
  const out = new Float32Array(bins.length);
  for (let i = 0; i < out.length; i++) {
    const odds = (expected[i] ?? 0) * (evidence[bins[i] ?? 0] ?? 1);
    out[i] = odds / (1 + odds);
  }
  return out;
}

/** Neighbouring colours count for a third: a histogram of few pixels has holes. */
function blurred(histogram: Float64Array): Float64Array {
  let out = histogram;
  for (let step = 1; step < binCount; step *= levels) {
    const from = out;
    out = new Float64Array(binCount);
    for (let bin = 0; bin < binCount; bin++) {
      const place = ((bin / step) | 0) % levels;
      const before = place > 0 ? (from[bin - step] ?? 0) : 0;
      const after = place < levels - 1 ? (from[bin + step] ?? 0) : 0;
      out[bin] = (from[bin] ?? 0) + (before + after) / 3;
    }
  }
  return out;
}

/** How many times likelier each colour is inside, 0.001 to 1000: one colour alone never settles it. */
function oddsOf(inside: Float64Array, outside: Float64Array): Float64Array {
  let all = 1e-6;
  let rest = 1e-6;
  for (let bin = 0; bin < binCount; bin++) {
    all += inside[bin] ?? 0;
    rest += outside[bin] ?? 0;
  }
  return inside.map((count, bin) => min(1e3, max(1e-3, ((count / all + 1e-5) / ((outside[bin] ?? 0) / rest + 1e-5)) ** 0.9)));
}

/** The matte with its edges where the picture has them. */
function snapped(matte: Float32Array, light: Float32Array, width: number, height: number): Float32Array {
  const mean = light.slice();
  const share = matte.slice();
  const square = new Float32Array(light.length);
  const product = new Float32Array(light.length);
  for (let i = 0; i < light.length; i++) {
    const l = light[i] ?? 0;
    square[i] = l * l;
    product[i] = l * (matte[i] ?? 0);
  }
  for (const plane of [mean, share, square, product]) soften(plane, width, height, 3);
  // From here on `product` holds the slope and `share` the shift of the line that each neighbourhood lies on.
  for (let i = 0; i < light.length; i++) {
    const m = mean[i] ?? 0;
    const slope = ((product[i] ?? 0) - m * (share[i] ?? 0)) / ((square[i] ?? 0) - m * m + 150);
    product[i] = slope;
    share[i] = (share[i] ?? 0) - slope * m;
  }
  soften(product, width, height, 1.5);
  soften(share, width, height, 1.5);
  for (let i = 0; i < light.length; i++) mean[i] = min(1, max(0, (light[i] ?? 0) * (product[i] ?? 0) + (share[i] ?? 0)));
  return mean;
}
