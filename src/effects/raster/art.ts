import type { Pixels } from '../../image/pixels.ts';
import { rasterize } from '../../image/rasterize.ts';
import { readArt } from '../../templates/load.ts';
import type { Template } from '../../templates/template.ts';

/**
 * Rasterised art, premultiplied and in floats so that sampling and blending need no further thought:
 * `data.length === width * height * 4`, colour 0 to 255 already multiplied by alpha, alpha 0 to 1.
 */
export interface Art {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

const drawn = new Map<string, Promise<Art>>();

/** The art of a pack at a size, drawn once per process. */
export function art(template: Template, name: string, width: number, height: number): Promise<Art> {
  const key = `${template.folder}/${name}@${template.version}:${width}x${height}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const made = readArt(template, name)
    .then((svg) => rasterize(svg, width, height))
    .then(premultiplied);
  drawn.set(key, made);
  return made;
}

/** Straight 8-bit pixels as premultiplied floats. */
export function premultiplied(picture: Pixels): Art {
  const { width, height, channels, data } = picture;
  const out = new Float32Array(width * height * 4);
  for (let from = 0, to = 0; to < out.length; from += channels, to += 4) {
    const alpha = channels === 4 ? (data[from + 3] ?? 0) / 255 : 1;
    out[to] = (data[from] ?? 0) * alpha;
    out[to + 1] = (data[from + 1] ?? 0) * alpha;
    out[to + 2] = (data[from + 2] ?? 0) * alpha;
    out[to + 3] = alpha;
  }
  return { width, height, data: out };
}

/** Lays `upper` over `lower`, both of one size, into `lower`. */
export function layOver(lower: Art, upper: Art): void {
  const below = lower.data;
  const above = upper.data;
  for (let i = 0; i < below.length; i += 4) {
    const rest = 1 - (above[i + 3] ?? 0);
    if (rest === 1) continue;
    below[i] = (above[i] ?? 0) + (below[i] ?? 0) * rest;
    below[i + 1] = (above[i + 1] ?? 0) + (below[i + 1] ?? 0) * rest;
    below[i + 2] = (above[i + 2] ?? 0) + (below[i + 2] ?? 0) * rest;
    below[i + 3] = (above[i + 3] ?? 0) + (below[i + 3] ?? 0) * rest;
  }
}

/** An empty sheet. */
export function clearArt(width: number, height: number): Art {
  return { width, height, data: new Float32Array(width * height * 4) };
}
