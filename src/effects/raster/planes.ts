import type { Pixels } from '../../image/pixels.ts';

const { floor, max } = Math;

/**
 * A picture reduced by a whole factor, as lightness (Rec. 601) and two differences of colour, 0 to 255 and -255 to 255: what filters work on.
 * A place p of the picture lies at `p / factor` here (pixel centres at .5).
 */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly factor: number;
  readonly light: Float32Array;
  /** Red minus lightness, and blue minus lightness; green follows from the three. */
  readonly red: Float32Array;
  readonly blue: Float32Array;
}

/** Averages squares of `factor` pixels; what is left at the right and the bottom edge is left out. */
export function reduce(picture: Pixels, factor: number): Planes {
  const width = max(1, floor(picture.width / factor));
  const height = max(1, floor(picture.height / factor));
  const light = new Float32Array(width * height);
  const red = new Float32Array(width * height);
  const blue = new Float32Array(width * height);
  const planes = { width, height, factor, light, red, blue };
  for (let y = 0; y < height; y++) reduceRow(picture, y, planes);
  return planes;
}

function reduceRow({ width: stride, channels, data }: Pixels, y: number, { width, factor, light, red, blue }: Planes): void {
  const share = 1 / (factor * factor);
  const gap = (stride - factor) * channels;
  for (let x = 0, to = y * width; x < width; x++, to++) {
    let from = (y * factor * stride + x * factor) * channels;
    let r = 0;
    let g = 0;
    let b = 0;
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

/** Coarser ones. */
export function reducePlanes(planes: Planes, factor: number): Planes {
  const width = max(1, floor(planes.width / factor));
  const height = max(1, floor(planes.height / factor));
  const plane = (data: Float32Array): Float32Array => {
    const out = new Float32Array(width * height);
    for (let y = 0; y < height; y++) reducePlaneRow(data, planes.width, y, factor, width, out);
    return out;
  };
  return { width, height, factor: planes.factor * factor, light: plane(planes.light), red: plane(planes.red), blue: plane(planes.blue) };
}

function reducePlaneRow(data: Float32Array, stride: number, y: number, factor: number, width: number, out: Float32Array): void {
  for (let x = 0; x < width; x++) {
    let sum = 0;
    for (let j = 0; j < factor; j++) {
      const from = (y * factor + j) * stride + x * factor;
      for (let i = 0; i < factor; i++) sum += data[from + i] ?? 0;
    }
    out[y * width + x] = sum / (factor * factor);
  }
}
