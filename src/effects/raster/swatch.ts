import type { Pixels } from '../../image/pixels.ts';
import type { Area } from './picture.ts';
import { bytes, floats } from './scratch.ts';

const { max, min } = Math;

/** A part of a picture at a size of its own, to be sampled from: three bytes a pixel, in borrowed memory. */
export interface Swatch {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Cuts a part out and averages squares of `factor` pixels, so that a warp that shrinks does not skip any. */
export function reduced({ width: across, height: down, channels, data }: Pixels, area: Area, factor: number): Swatch {
  const width = max(2, (area.width / factor) | 0);
  const height = max(2, (area.height / factor) | 0);
  const out = bytes('swatch', width * height * 3);
  const last = across - 1;
  const share = 1 / (factor * factor);
  if (factor === 1 && channels === 3 && area.x + width <= across && area.y + height <= down) {
    for (let y = 0; y < height; y++) {
      const from = 3 * ((area.y + y) * across + area.x);
      out.set(data.subarray(from, from + 3 * width), 3 * y * width);
    }
    return { width, height, data: out };
  }
  const sums = new Uint32Array(width * 3);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let v = 0; v < factor; v++) {
      const row = min(down - 1, area.y + y * factor + v) * across;
      for (let x = 0, to = 0; x < width; x++, to += 3) {
        for (let u = 0; u < factor; u++) {
          const from = (row + min(last, area.x + x * factor + u)) * channels;
          sums[to] = (sums[to] ?? 0) + (data[from] ?? 0);
          sums[to + 1] = (sums[to + 1] ?? 0) + (data[from + 1] ?? 0);
          sums[to + 2] = (sums[to + 2] ?? 0) + (data[from + 2] ?? 0);
        }
      }
    }
    const start = y * width * 3;
    for (let i = 0; i < sums.length; i++) out[start + i] = (sums[i] ?? 0) * share;
  }
  return { width, height, data: out };
}

/**
 * Twice the size by cubic convolution (Keys 1981, doi:10.1109/TASSP.1981.1163711): pixels of the result lie a quarter of a pixel to either side of
 * the old ones, so there are two sets of four weights.
 */
export function doubled({ width, height, data }: Swatch): Swatch {
  const tall = floats('swatch tall', width * height * 2 * 3);
  const row = width * 3;
  for (let y = 0; y < height * 2; y++) {
    const [a, b, c, d] = taps(y, height);
    const [wa, wb, wc, wd] = weights[y % 2] ?? weights[0];
    for (let i = 0, to = y * row; i < row; i++, to++) {
      tall[to] =
        wa * (data[a * row + i] ?? 0) + wb * (data[b * row + i] ?? 0) + wc * (data[c * row + i] ?? 0) + wd * (data[d * row + i] ?? 0);
    }
  }
  const out = bytes('swatch doubled', width * 2 * height * 2 * 3);
  for (let x = 0; x < width * 2; x++) {
    const [a, b, c, d] = taps(x, width);
    const [wa, wb, wc, wd] = weights[x % 2] ?? weights[0];
    for (let y = 0; y < height * 2; y++) {
      const from = y * row;
      const to = (y * width * 2 + x) * 3;
      for (let k = 0; k < 3; k++) {
        out[to + k] =
          wa * (tall[from + 3 * a + k] ?? 0) +
          wb * (tall[from + 3 * b + k] ?? 0) +
          wc * (tall[from + 3 * c + k] ?? 0) +
          wd * (tall[from + 3 * d + k] ?? 0);
      }
    }
  }
  return { width: width * 2, height: height * 2, data: out };
}

/** The four old pixels around a new one; past the edge it goes on. */
function taps(at: number, count: number): readonly [number, number, number, number] {
  const first = (at >> 1) - 2 + (at % 2);
  const inside = (i: number): number => max(0, min(count - 1, i));
  return [inside(first), inside(first + 1), inside(first + 2), inside(first + 3)];
}

/** Keys' kernel (a = -1/2) at a quarter past the third old pixel's left neighbour, and mirrored. */
const weights = [
  [-0.0234375, 0.2265625, 0.8671875, -0.0703125],
  [-0.0703125, 0.8671875, 0.2265625, -0.0234375],
] as const;
