import type { FaceSheet } from './skin.ts';

const { floor, max, min } = Math;

/** A face at a fraction of its size: the mean of what is bare in each square of pixels, and how much of the square that is. */
export interface Small {
  readonly width: number;
  readonly height: number;
  /** Three floats a pixel. */
  readonly data: Float32Array;
  /** 0 to 1. */
  readonly bare: Float32Array;
}

/**
 * Light has no detail, so it is worked out on a small picture.
 * @param features where this is not 0 the face is not bare
 */
export function shrink({ width, height, data, edge }: FaceSheet, features: Uint8Array, factor: number): Small {
  const w = max(1, floor((width + factor - 1) / factor));
  const h = max(1, floor((height + factor - 1) / factor));
  const out = new Float32Array(w * h * 3);
  const bare = new Float32Array(w * h);
  for (let y = 0, i = 0; y < height; y++) {
    const row = floor(y / factor) * w;
    for (let x = 0; x < width; x++, i++) {
      if (!((edge[i] ?? 2) <= 1) || features[i] !== 0) continue;
      const to = row + floor(x / factor);
      bare[to] = (bare[to] ?? 0) + 1;
      for (let k = 0; k < 3; k++) out[to * 3 + k] = (out[to * 3 + k] ?? 0) + (data[i * 3 + k] ?? 0);
    }
  }
  for (let to = 0; to < bare.length; to++) {
    const count = bare[to] ?? 0;
    if (count === 0) continue;
    for (let k = 0; k < 3; k++) out[to * 3 + k] = (out[to * 3 + k] ?? 0) / count;
    bare[to] = count / (factor * factor);
  }
  return { width: w, height: h, data: out, bare };
}

/** Three floats a pixel back at full size, bilinear. */
export function regrow(data: Float32Array, { width: w, height: h }: Small, factor: number, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    const fy = min(max((y + 0.5) / factor - 0.5, 0), h - 1);
    const y0 = floor(fy);
    const v = fy - y0;
    const upper = y0 * w;
    const lower = min(y0 + 1, h - 1) * w;
    for (let x = 0; x < width; x++, to += 3) {
      const fx = min(max((x + 0.5) / factor - 0.5, 0), w - 1);
      const x0 = floor(fx);
      const u = fx - x0;
      const x1 = min(x0 + 1, w - 1);
      const a = (upper + x0) * 3;
      const b = (upper + x1) * 3;
      const c = (lower + x0) * 3;
      const d = (lower + x1) * 3;
      const wa = (1 - u) * (1 - v);
      const wb = u * (1 - v);
      const wc = (1 - u) * v;
      const wd = u * v;
      for (let k = 0; k < 3; k++) {
        out[to + k] = wa * (data[a + k] ?? 0) + wb * (data[b + k] ?? 0) + wc * (data[c + k] ?? 0) + wd * (data[d + k] ?? 0);
      }
    }
  }
  return out;
}
