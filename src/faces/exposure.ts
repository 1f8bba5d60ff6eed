import { lightnessAt } from '../image/lightness.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Point } from './face.ts';
import { at, centre, interocular, outline } from './landmarks.ts';

const { ceil, floor, max, min, round } = Math;

/** What light and lens made of a face. */
export interface Exposure {
  /**
   * CIE lightness L* that the lightest twentieth of the face reaches, 0 to 100. Sheen, the white of the eyes and the teeth are as bright on every
   * skin, so this says how much light there was; a mean would say how dark the skin is.
   */
  readonly brightness: number;
  /** Share of the face that is as good as white, 0 to 1. */
  readonly clipped: number;
  /**
   * Variance of the Laplacian of lightness (Pech-Pacheco et al. 2000, doi:10.1109/ICPR.2000.903548) with the eyes about 48 pixels apart, over the
   * square of L* + 16: that is nearly the cube root of the light, so half the light, or a skin that reflects half, changes nothing. In units of a face
   * of L* 50.
   */
  readonly sharpness: number;
}

/** Distance of the eyes in pixels at which sharpness is measured; a smaller face is taken as it is, since enlarging adds no detail. */
const scaleOfSharpness = 48;

/** Lightness from which skin has lost its drawing. */
const white = 96;

/** Share of the face that is lighter than its `brightness`. */
const lightest = 0.05;

/** How far the outline is drawn in, as a share of its radius: hair and background begin at the outline, and their edges are none of the face. */
const rim = 0.15;

/** Measures what lies within the outline of a face. */
export function exposure(picture: Pixels, landmarks: readonly Point[]): Exposure {
  const factor = max(1, round(interocular(landmarks) / scaleOfSharpness));
  const [x, y] = centre(landmarks, outline);
  const polygon = outline.map((index): Point => {
    const [px, py] = at(landmarks, index);
    return [(px + rim * (x - px)) / factor, (py + rim * (y - py)) / factor];
  });
  const { left, top, width, height, lightness } = reducedAround(picture, polygon, factor);
  const histogram = new Uint32Array(101);
  let count = 0;
  let sum = 0;
  let edges = 0;
  let edgesSquared = 0;
  for (let row = 1; row < height - 1; row += 1) {
    const edgesOfRow = crossings(polygon, top + row + 0.5);
    for (let span = 0; span + 1 < edgesOfRow.length; span += 2) {
      const from = max(1, ceil((edgesOfRow[span] ?? 0) - left - 0.5));
      const to = min(width - 1, ceil((edgesOfRow[span + 1] ?? 0) - left - 0.5));
      for (let i = row * width + from; i < row * width + to; i += 1) {
        const value = lightness[i] ?? 0;
        const around = (lightness[i - 1] ?? 0) + (lightness[i + 1] ?? 0) + (lightness[i - width] ?? 0) + (lightness[i + width] ?? 0);
        const laplacian = around - 4 * value;
        histogram[value | 0] = (histogram[value | 0] ?? 0) + 1;
        count += 1;
        sum += value;
        edges += laplacian;
        edgesSquared += laplacian * laplacian;
      }
    }
  }
  lightness.fill(0);
  const n = max(1, count);
  const sharpness = (edgesSquared / n - (edges / n) ** 2) * (66 / (sum / n + 16)) ** 2;
  return { brightness: quantile(histogram, 1 - lightest), clipped: above(histogram, white) / n, sharpness };
}

/** L* of the part of a picture around a polygon, reduced by a whole factor; left and top in reduced pixels. */
interface Reduced {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly lightness: Float32Array;
}

/**
 * Pixels are taken where they lie and not interpolated, which would soften them; four of each square make a reduced one, so that the time does not grow
 * with the face.
 */
function reducedAround({ width, height, channels, data }: Pixels, polygon: readonly Point[], factor: number): Reduced {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  const left = max(0, floor(min(...xs)) - 1);
  const top = max(0, floor(min(...ys)) - 1);
  const columns = max(0, min(floor(width / factor), ceil(max(...xs)) + 1) - left);
  const rows = max(0, min(floor(height / factor), ceil(max(...ys)) + 1) - top);
  const near = floor(factor / 4);
  const far = factor - 1 - near;
  const [right, below] = [(far - near) * channels, (far - near) * width * channels];
  const lightness = new Float32Array(columns * rows);
  for (let row = 0, to = 0; row < rows; row += 1) {
    let from = (((top + row) * factor + near) * width + left * factor + near) * channels;
    for (let column = 0; column < columns; column += 1, to += 1, from += factor * channels) {
      const first = lightnessAt(data, from);
      lightness[to] =
        factor === 1
          ? first
          : (first + lightnessAt(data, from + right) + lightnessAt(data, from + below) + lightnessAt(data, from + below + right)) / 4;
    }
  }
  return { left, top, width: columns, height: rows, lightness };
}

/** The value, from 0 to 100, that a share of the counted stays below. */
function quantile(histogram: Uint32Array, share: number): number {
  const wanted = share * above(histogram, 0);
  let below = 0;
  for (const [value, count] of histogram.entries()) {
    below += count;
    if (below >= wanted) return value;
  }
  return 0;
}

function above(histogram: Uint32Array, least: number): number {
  return histogram.subarray(least).reduce((sum, count) => sum + count, 0);
}

/** Where a horizontal line crosses the edges of a polygon, left to right; between each first and second is its inside. */
function crossings(polygon: readonly Point[], y: number): readonly number[] {
  const xs: number[] = [];
  let from = polygon[polygon.length - 1];
  for (const to of polygon) {
    if (from && from[1] > y !== to[1] > y) xs.push(from[0] + ((y - from[1]) * (to[0] - from[0])) / (to[1] - from[1]));
    from = to;
  }
  return xs.sort((a, b) => a - b);
}
