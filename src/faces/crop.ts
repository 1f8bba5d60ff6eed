import type { Pixels } from '../image/pixels.ts';
import type { Point } from './face.ts';
import { eyeLine } from './landmarks.ts';

// A module's own names: globals are slow to reach in the sandboxes that tests run in.
const { ceil, cos, floor, max, min, round, sin } = Math;

/** A turned rectangle in a picture. */
export interface Frame {
  /** Centre, pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Radians; > 0 is clockwise in the picture, as a face's roll is. */
  readonly roll: number;
}

/**
 * An upright square around the points of a face.
 * @param margin its side over the longer side of the points in it
 */
export function frameAround(points: readonly Point[], margin: number): Frame {
  const roll = eyeLine(points);
  const [cos, sin] = [Math.cos(roll), Math.sin(roll)];
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (const [x, y] of points) {
    const [u, v] = [x * cos + y * sin, y * cos - x * sin];
    left = Math.min(left, u);
    right = Math.max(right, u);
    top = Math.min(top, v);
    bottom = Math.max(bottom, v);
  }
  const side = margin * Math.max(right - left, bottom - top);
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return { x: u * cos - v * sin, y: u * sin + v * cos, width: side, height: side, roll };
}

/** How `crop` writes what it samples. */
export interface Sampling {
  /** At most so many samples a side are averaged into one pixel; fewer are faster and less smooth. */
  readonly most: number;
  /** All of one colour after the other, instead of the three of each pixel together. */
  readonly planar: boolean;
  /** What black and white become. */
  readonly range: readonly [black: number, white: number];
}

/** A face is never shrunk so far that more samples would show. */
const smooth: Sampling = { most: 6, planar: false, range: [0, 255] };

/**
 * Cuts a frame out of a picture and brings it upright to the middle of a square, its longer side filling the square. What lies outside the frame
 * or the picture is black.
 * @param side pixels of the square
 * @param into receives `side × side × 3` values
 */
export function crop(picture: Pixels, frame: Frame, side: number, into: Float32Array, sampling: Sampling = smooth): void {
  const scale = max(frame.width, frame.height) / side;
  const samples = min(sampling.most, max(1, round(scale)));
  into.fill(sampling.range[0], 0, side * side * 3);
  if (samples === 1) sampleOnce(picture, frame, side, into, sampling);
  else sampleOften(picture, frame, side, into, sampling, samples);
}

/** One sample a pixel; away from the edges of the picture nothing is asked. */
function sampleOnce(picture: Pixels, frame: Frame, side: number, into: Float32Array, { planar, range: [black, white] }: Sampling): void {
  const { data, width, height, channels } = picture;
  const scale = max(frame.width, frame.height) / side;
  const [across, along] = [cos(frame.roll) * scale, sin(frame.roll) * scale];
  const columns = inFrame(frame.width / scale, side, 1);
  const rows = inFrame(frame.height / scale, side, 1);
  const middle = (side - 1) / 2;
  const share = (white - black) / 255;
  const [step, plane] = planar ? [1, side * side] : [3, 1];
  const [lastColumn, lastRow, down] = [width - 1, height - 1, width * channels];
  for (let row = rows.from; row < rows.to; row += 1) {
    // The colour of the pixel 0 is that of the point 0.5.
    let x = frame.x - 0.5 + (columns.from - middle) * across - (row - middle) * along;
    let y = frame.y - 0.5 + (columns.from - middle) * along + (row - middle) * across;
    const end = (row * side + columns.to) * step;
    for (let to = (row * side + columns.from) * step; to < end; to += step, x += across, y += along) {
      if (x < -0.5 || y < -0.5 || x > lastColumn + 0.5 || y > lastRow + 0.5) continue;
      const left = x > 0 ? x | 0 : 0;
      const top = y > 0 ? y | 0 : 0;
      const fx = x > 0 ? (x - left) * share : 0;
      const fy = y > 0 ? y - top : 0;
      const d = fx * fy;
      const b = fx - d;
      const c = fy * share - d;
      const a = share - b - c - d;
      const p = top * down + left * channels;
      const q = left < lastColumn ? p + channels : p;
      const r = top < lastRow ? p + down : p;
      const s = q + r - p;
      into[to] = black + a * (data[p] ?? 0) + b * (data[q] ?? 0) + c * (data[r] ?? 0) + d * (data[s] ?? 0);
      into[to + plane] = black + a * (data[p + 1] ?? 0) + b * (data[q + 1] ?? 0) + c * (data[r + 1] ?? 0) + d * (data[s + 1] ?? 0);
      into[to + 2 * plane] = black + a * (data[p + 2] ?? 0) + b * (data[q + 2] ?? 0) + c * (data[r + 2] ?? 0) + d * (data[s + 2] ?? 0);
    }
  }
}

function sampleOften(picture: Pixels, frame: Frame, side: number, into: Float32Array, { planar, range }: Sampling, samples: number): void {
  const { data, width, height, channels } = picture;
  const scale = max(frame.width, frame.height) / side;
  const cosine = (cos(frame.roll) * scale) / samples;
  const sine = (sin(frame.roll) * scale) / samples;
  // Whole samples of the square that lie in the frame.
  const columns = inFrame(frame.width / scale, side, samples);
  const rows = inFrame(frame.height / scale, side, samples);
  const middle = (side * samples - 1) / 2;
  const [black, white] = range;
  const share = (white - black) / 255 / (samples * samples);
  const [step, plane] = planar ? [1, side * side] : [3, 1];
  const [lastColumn, lastRow] = [width - 1, height - 1];
  const down = width * channels;
  for (let row = rows.from; row < rows.to; row += 1) {
    const dy = row - middle;
    const out = floor(row / samples) * side;
    let x = frame.x - 0.5 + (columns.from - middle) * cosine - dy * sine;
    let y = frame.y - 0.5 + (columns.from - middle) * sine + dy * cosine;
    for (let column = columns.from; column < columns.to; column += 1, x += cosine, y += sine) {
      if (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5) continue;
      const left = x > 0 ? x | 0 : 0;
      const top = y > 0 ? y | 0 : 0;
      const fx = x > left ? x - left : 0;
      const fy = y > top ? y - top : 0;
      const right = left < lastColumn ? channels : 0;
      const below = top < lastRow ? down : 0;
      const d = fx * fy;
      const b = fx - d;
      const c = fy - d;
      const a = 1 - fx - c;
      const to = (out + ((column / samples) | 0)) * step;
      let at = top * down + left * channels;
      for (let k = 0; k < 3; k += 1, at += 1) {
        const colour =
          a * (data[at] ?? 0) + b * (data[at + right] ?? 0) + c * (data[at + below] ?? 0) + d * (data[at + below + right] ?? 0);
        into[to + k * plane] = (into[to + k * plane] ?? 0) + share * colour;
      }
    }
  }
}

/** Samples whose middle lies in a frame so many pixels of the square long. */
function inFrame(length: number, side: number, samples: number): { readonly from: number; readonly to: number } {
  const from = max(0, ceil(((side - length) / 2) * samples - 0.5));
  return { from, to: side * samples - from };
}

/** A point of the picture in shares of the square that `crop` makes. */
export function intoCrop(frame: Frame, [x, y]: Point): Point {
  const side = Math.max(frame.width, frame.height);
  const [dx, dy] = [(x - frame.x) / side, (y - frame.y) / side];
  const [cos, sin] = [Math.cos(frame.roll), Math.sin(frame.roll)];
  return [0.5 + dx * cos + dy * sin, 0.5 + dy * cos - dx * sin];
}

/** A point in shares of the square that `crop` made, back in the picture. */
export function uncrop(frame: Frame, u: number, v: number): Point {
  const side = Math.max(frame.width, frame.height);
  const [dx, dy] = [(u - 0.5) * side, (v - 0.5) * side];
  const [cos, sin] = [Math.cos(frame.roll), Math.sin(frame.roll)];
  return [frame.x + dx * cos - dy * sin, frame.y + dx * sin + dy * cos];
}
