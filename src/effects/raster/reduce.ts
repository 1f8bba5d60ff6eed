import type { Pixels } from '../../image/pixels.ts';
import type { Area } from './picture.ts';

const { floor, max, min } = Math;

/** Colours in floats (0 to 255), three a pixel: a part of a picture, reduced by a whole factor. */
export interface Patch {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
  /** The picture's pixel at the patch's top left corner, and how many of its pixels make one of the patch. */
  readonly x: number;
  readonly y: number;
  readonly factor: number;
}

/** Cuts a part out and averages squares of `factor` pixels, so that a warp that shrinks does not skip pixels. */
export function cutPatch(picture: Pixels, area: Area, factor: number): Patch {
  const width = max(1, floor(area.width / factor));
  const height = max(1, floor(area.height / factor));
  const data = new Float32Array(width * height * 3);
  const { channels, data: source } = picture;
  const share = 1 / (factor * factor);
  for (let y = 0; y < height * factor; y++) {
    const row = floor(y / factor) * width;
    let from = (min(area.y + y, picture.height - 1) * picture.width + area.x) * channels;
    for (let x = 0; x < width * factor; x++, from += channels) {
      const to = (row + floor(x / factor)) * 3;
      data[to] = (data[to] ?? 0) + (source[from] ?? 0) * share;
      data[to + 1] = (data[to + 1] ?? 0) + (source[from + 1] ?? 0) * share;
      data[to + 2] = (data[to + 2] ?? 0) + (source[from + 2] ?? 0) * share;
    }
  }
  return { width, height, data, x: area.x, y: area.y, factor };
}

/** Bilinear sample at a position of the whole picture; outside the patch its edge goes on. Writes three numbers at `to`. */
export function samplePatch(patch: Patch, x: number, y: number, out: Float32Array, to: number): void {
  const { width, height, data } = patch;
  const fx = min(max((x - patch.x) / patch.factor - 0.5, 0), width - 1);
  const fy = min(max((y - patch.y) / patch.factor - 0.5, 0), height - 1);
  const x0 = min(floor(fx), max(0, width - 2));
  const y0 = min(floor(fy), max(0, height - 2));
  const u = fx - x0;
  const v = fy - y0;
  const a = (y0 * width + x0) * 3;
  const b = a + (width > 1 ? 3 : 0);
  const c = a + (height > 1 ? width * 3 : 0);
  const d = c + (width > 1 ? 3 : 0);
  for (let k = 0; k < 3; k++) {
    const upper = (data[a + k] ?? 0) * (1 - u) + (data[b + k] ?? 0) * u;
    const lower = (data[c + k] ?? 0) * (1 - u) + (data[d + k] ?? 0) * u;
    out[to + k] = upper * (1 - v) + lower * v;
  }
}
