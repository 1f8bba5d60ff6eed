import type { Pixels } from '../image/pixels.ts';
import type { Point } from './face.ts';
import { eyeLine } from './landmarks.ts';

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
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
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

/** At most this many samples a side are averaged into one pixel; a face is never shrunk so far that more would show. */
const mostSamples = 6;

/**
 * Cuts a frame out of a picture and brings it upright to the middle of a square, its longer side filling the square. What lies outside the frame
 * or the picture is black.
 * @param side pixels of the square
 * @param into receives `side × side × 3` values from 0 to 255
 */
export function crop(picture: Pixels, frame: Frame, side: number, into: Float32Array): void {
  const scale = Math.max(frame.width, frame.height) / side;
  const samples = Math.min(mostSamples, Math.max(1, Math.round(scale)));
  const cos = Math.cos(frame.roll) * scale;
  const sin = Math.sin(frame.roll) * scale;
  const halfWidth = frame.width / scale / 2;
  const halfHeight = frame.height / scale / 2;
  const share = 1 / (samples * samples);
  into.fill(0, 0, side * side * 3);
  for (let row = 0; row < side * samples; row += 1) {
    const dy = (row + 0.5) / samples - side / 2;
    if (Math.abs(dy) > halfHeight) continue;
    const out = Math.floor(row / samples) * side;
    for (let column = 0; column < side * samples; column += 1) {
      const dx = (column + 0.5) / samples - side / 2;
      if (Math.abs(dx) > halfWidth) continue;
      const to = 3 * (out + Math.floor(column / samples));
      addSample(picture, frame.x + dx * cos - dy * sin, frame.y + dx * sin + dy * cos, share, into, to);
    }
  }
}

/** Adds a share of the colour at a point, interpolated between the four pixels around it; the colour of the pixel 0 is that of the point 0.5. */
function addSample({ data, width, height, channels }: Pixels, x: number, y: number, share: number, into: Float32Array, to: number): void {
  if (x < 0 || y < 0 || x > width || y > height) return;
  const left = Math.max(0, Math.floor(x - 0.5));
  const top = Math.max(0, Math.floor(y - 0.5));
  const fx = Math.max(0, x - 0.5 - left);
  const fy = Math.max(0, y - 0.5 - top);
  const right = left + 1 < width ? channels : 0;
  const below = top + 1 < height ? width * channels : 0;
  const a = (1 - fx) * (1 - fy) * share;
  const b = fx * (1 - fy) * share;
  const c = (1 - fx) * fy * share;
  const d = fx * fy * share;
  let at = (top * width + left) * channels;
  for (let k = 0; k < 3; k += 1, at += 1) {
    const colour = a * (data[at] ?? 0) + b * (data[at + right] ?? 0) + c * (data[at + below] ?? 0) + d * (data[at + below + right] ?? 0);
    into[to + k] = (into[to + k] ?? 0) + colour;
  }
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
