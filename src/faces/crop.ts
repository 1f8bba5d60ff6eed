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
  const { data, width, height, channels } = picture;
  const scale = Math.max(frame.width, frame.height) / side;
  const samples = Math.min(mostSamples, Math.max(1, Math.round(scale)));
  const [cos, sin] = [Math.cos(frame.roll) * scale, Math.sin(frame.roll) * scale];
  const [halfWidth, halfHeight] = [frame.width / scale / 2, frame.height / scale / 2];
  const share = 1 / (samples * samples);
  for (let v = 0; v < side; v += 1) {
    for (let u = 0; u < side; u += 1) {
      let [red, green, blue] = [0, 0, 0];
      for (let n = 0; n < samples * samples; n += 1) {
        const dx = u + ((n % samples) + 0.5) / samples - side / 2;
        const dy = v + (Math.floor(n / samples) + 0.5) / samples - side / 2;
        if (Math.abs(dx) > halfWidth || Math.abs(dy) > halfHeight) continue;
        // Pixel centres lie at halves: the colour of the pixel 0 is that of the point 0.5.
        const x = frame.x + dx * cos - dy * sin - 0.5;
        const y = frame.y + dx * sin + dy * cos - 0.5;
        if (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5) continue;
        const left = Math.max(0, Math.floor(x));
        const top = Math.max(0, Math.floor(y));
        const fx = Math.max(0, x - left);
        const fy = Math.max(0, y - top);
        const at = (top * width + left) * channels;
        const right = left + 1 < width ? channels : 0;
        const below = top + 1 < height ? width * channels : 0;
        const [a, b, c, d] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
        const mix = (i: number) =>
          a * (data[i] ?? 0) + b * (data[i + right] ?? 0) + c * (data[i + below] ?? 0) + d * (data[i + below + right] ?? 0);
        red += mix(at);
        green += mix(at + 1);
        blue += mix(at + 2);
      }
      const out = (v * side + u) * 3;
      into[out] = red * share;
      into[out + 1] = green * share;
      into[out + 2] = blue * share;
    }
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
