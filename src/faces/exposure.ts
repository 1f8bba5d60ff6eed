import { lightnessAt } from '../image/lightness.ts';
import type { Pixels } from '../image/pixels.ts';
import { type Frame, frameAround, intoCrop, uncrop } from './crop.ts';
import type { Point } from './face.ts';
import { at, centre, interocular, outline } from './landmarks.ts';

const { ceil, cos, max, min, round, sin } = Math;

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
   * Variance of the Laplacian of lightness (Pech-Pacheco et al. 2000, doi:10.1109/ICPR.2000.903548) with the eyes 48 pixels apart, over the square
   * of L* + 16: that is nearly the cube root of the light, so half the light, or a skin that reflects half, changes nothing. In units of a face of L* 50.
   */
  readonly sharpness: number;
}

/** Distance of the eyes in pixels at which sharpness is measured; a smaller face is taken as it is, since enlarging adds no detail. */
const scaleOfSharpness = 48;

/** Samples a side that are averaged into one pixel at that scale. */
const mostSamples = 2;

/** Lightness from which skin has lost its drawing. */
const white = 96;

/** Share of the face that is lighter than its `brightness`. */
const lightest = 0.05;

/** How far the outline is drawn in, as a share of its radius: hair and background begin at the outline, and their edges are none of the face. */
const rim = 0.15;

export function exposure(picture: Pixels, landmarks: readonly Point[]): Exposure {
  const eyes = interocular(landmarks);
  const frame = frameAround(landmarks, 1.1);
  const side = max(16, round((frame.width * min(scaleOfSharpness, eyes)) / eyes));
  const lightness = lightnessIn(picture, frame, side, frame.width / side);
  const [x, y] = centre(landmarks, outline);
  const polygon = outline.map((index): Point => {
    const [px, py] = at(landmarks, index);
    const [u, v] = intoCrop(frame, [px + rim * (x - px), py + rim * (y - py)]);
    return [u * side, v * side];
  });
  const histogram = new Uint32Array(101);
  let [count, sum, edges, edgesSquared] = [0, 0, 0, 0];
  for (let y = 1; y < side - 1; y += 1) {
    const edgesOfRow = crossings(polygon, y + 0.5);
    for (let span = 0; span + 1 < edgesOfRow.length; span += 2) {
      const from = max(1, ceil((edgesOfRow[span] ?? 0) - 0.5));
      const to = min(side - 1, ceil((edgesOfRow[span + 1] ?? 0) - 0.5));
      for (let i = y * side + from; i < y * side + to; i += 1) {
        const value = lightness[i] ?? 0;
        const around = (lightness[i - 1] ?? 0) + (lightness[i + 1] ?? 0) + (lightness[i - side] ?? 0) + (lightness[i + side] ?? 0);
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

/**
 * L* of a square of cells laid over a picture; outside the picture its nearest pixels go on.
 * @param cell side of a cell in pixels
 */
function lightnessIn({ width, height, channels, data }: Pixels, frame: Frame, side: number, cell: number): Float32Array {
  const samples = min(mostSamples, max(1, round(cell)));
  const [left, top] = uncrop(frame, 0, 0);
  const dx = (cos(frame.roll) * cell) / samples;
  const dy = (sin(frame.roll) * cell) / samples;
  const out = new Float32Array(side * side);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      let sum = 0;
      for (let v = row * samples + 0.5; v < (row + 1) * samples; v += 1) {
        for (let u = column * samples + 0.5; u < (column + 1) * samples; u += 1) {
          const x = min(width - 1, max(0, left + u * dx - v * dy)) | 0;
          const y = min(height - 1, max(0, top + u * dy + v * dx)) | 0;
          sum += lightnessAt(data, (y * width + x) * channels);
        }
      }
      out[row * side + column] = sum / (samples * samples);
    }
  }
  return out;
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
