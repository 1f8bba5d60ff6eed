import type { Pixels } from '../../image/pixels.ts';

const { ceil, floor, max, min } = Math;

/**
 * A whole-pixel rectangle of a picture. Boxes that lie between pixels have the same fields, so to the engine these are no whole numbers: a loop that
 * reckons its places in an array with them does so in floats, and takes up to twice the time. The hottest take them as `area.x | 0`.
 */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A share for each pixel of an area: 0 none, 255 all; `data.length === area.width * area.height`. */
export interface Mask {
  readonly area: Area;
  readonly data: Uint8Array;
}

/** The smallest area that holds the points and a margin, cut at the picture's edges; it may be empty. */
export function areaAround(xs: ArrayLike<number>, ys: ArrayLike<number>, margin: number, width: number, height: number): Area {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < xs.length; i++) {
    left = min(left, xs[i] ?? 0);
    right = max(right, xs[i] ?? 0);
    top = min(top, ys[i] ?? 0);
    bottom = max(bottom, ys[i] ?? 0);
  }
  const x = clamp(floor(left - margin), 0, width);
  const y = clamp(floor(top - margin), 0, height);
  return {
    x,
    y,
    width: max(0, clamp(ceil(right + margin), 0, width) - x),
    height: max(0, clamp(ceil(bottom + margin), 0, height) - y),
  };
}

export function clamp(value: number, low: number, high: number): number {
  return min(max(value, low), high);
}

/** 0 at and below `from`, 1 at and above `to`, smooth between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

/** An opaque copy that an effect may draw into: three channels, whatever the source had (four where it does not say). */
export function opaqueCopy(picture: Omit<Pixels, 'channels'> & Partial<Pixels>): Pixels {
  const { width, height, channels = 4, data } = picture;
  if (channels === 3) return { width, height, channels, data: new Uint8ClampedArray(data) };
  const out = new Uint8ClampedArray(width * height * 3);
  for (let from = 0, to = 0; to < out.length; from += 4, to += 3) {
    out[to] = data[from] ?? 0;
    out[to + 1] = data[from + 1] ?? 0;
    out[to + 2] = data[from + 2] ?? 0;
  }
  return { width, height, channels: 3, data: out };
}
