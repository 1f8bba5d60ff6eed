import type { Pixels } from '../../image/pixels.ts';

const { floor, max } = Math;

/**
 * A picture reduced by a whole factor, as lightness (Rec. 601) and two differences of colour, 0 to 255 and -255 to 255: what filters work on.
 * A place p of the picture lies at `p / factor` here (pixel centres at .5).
 */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly factor: number;
  readonly light: Float32Array;
  /** Red minus lightness, and blue minus lightness; green follows from the three. */
  readonly red: Float32Array;
  readonly blue: Float32Array;
}

/** Averages squares of `factor` pixels; what is left at the right and the bottom edge is left out. */
export function reduce({ width: stride, height: rows, channels, data }: Pixels, factor: number): Sheet {
  const width = max(1, floor(stride / factor));
  const height = max(1, floor(rows / factor));
  const light = new Float32Array(width * height);
  const red = new Float32Array(width * height);
  const blue = new Float32Array(width * height);
  const share = 1 / (factor * factor);
  const gap = (stride - factor) * channels;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      let from = (y * factor * stride + x * factor) * channels;
      let [r, g, b] = [0, 0, 0];
      for (let j = 0; j < factor; j++, from += gap) {
        for (let i = 0; i < factor; i++, from += channels) {
          r += data[from] ?? 0;
          g += data[from + 1] ?? 0;
          b += data[from + 2] ?? 0;
        }
      }
      const l = 0.299 * r + 0.587 * g + 0.114 * b;
      light[to] = l * share;
      red[to] = (r - l) * share;
      blue[to] = (b - l) * share;
    }
  }
  return { width, height, factor, light, red, blue };
}

/** A coarser one from a sheet. */
export function reduceSheet(sheet: Sheet, factor: number): Sheet {
  const width = max(1, floor(sheet.width / factor));
  const height = max(1, floor(sheet.height / factor));
  const plane = (data: Float32Array): Float32Array => {
    const out = new Float32Array(width * height);
    for (let y = 0, to = 0; y < height; y++) {
      for (let x = 0; x < width; x++, to++) {
        let sum = 0;
        for (let j = 0; j < factor; j++) {
          const from = (y * factor + j) * sheet.width + x * factor;
          for (let i = 0; i < factor; i++) sum += data[from + i] ?? 0;
        }
        out[to] = sum / (factor * factor);
      }
    }
    return out;
  };
  return { width, height, factor: sheet.factor * factor, light: plane(sheet.light), red: plane(sheet.red), blue: plane(sheet.blue) };
}
