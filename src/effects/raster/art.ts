import { decodeArt } from '../../image/artwork.ts';
import type { Pixels } from '../../image/pixels.ts';
import { rasterize } from '../../image/rasterize.ts';
import { assertDrawable, readArt } from '../../templates/load.ts';
import type { Template } from '../../templates/template.ts';
import { readBaked } from './baked.ts';

/**
 * Rasterised art with its colours already multiplied by alpha, so that sampling and blending need no further thought:
 * `data.length === width * height * 4`, all 0 to 255, no colour above its alpha.
 */
export interface Art {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

const drawn = new Map<string, Promise<Art>>();

/** The art of a pack at a size: drawn once per process, or read where it was baked ahead. */
export function art(template: Template, name: string, width: number, height: number): Promise<Art> {
  const key = `${template.folder}/${name}@${template.version}:${width}x${height}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const made = drawArt(template, name, width, height);
  drawn.set(key, made);
  made.catch(() => drawn.delete(key));
  return made;
}

async function drawArt(template: Template, name: string, width: number, height: number): Promise<Art> {
  const bytes = await readArt(template, name);
  const baked = await readBaked(template.folder, name, bytes, width, height);
  if (baked !== undefined) return baked;
  assertDrawable(template, name, bytes);
  return premultiplied(name.endsWith('.svg') ? await rasterize(bytes, width, height) : await decodeArt(bytes, width, height));
}

/** Straight pixels with their colours multiplied by alpha. */
export function premultiplied({ width, height, channels, data }: Pixels): Art {
  const out = new Uint8ClampedArray(width * height * 4);
  for (let from = 0, to = 0; to < out.length; from += channels, to += 4) {
    const alpha = channels === 4 ? (data[from + 3] ?? 0) : 255;
    out[to] = ((data[from] ?? 0) * alpha) / 255;
    out[to + 1] = ((data[from + 1] ?? 0) * alpha) / 255;
    out[to + 2] = ((data[from + 2] ?? 0) * alpha) / 255;
    out[to + 3] = alpha;
  }
  return { width, height, data: out };
}

/** Sheets of one size laid over each other, the first lowest. */
export function laidOver(sheets: readonly Art[], width: number, height: number): Art {
  const [first, ...others] = sheets;
  if (first !== undefined && others.length === 0) return first;
  const data = first === undefined ? new Uint8ClampedArray(width * height * 4) : first.data.slice();
  for (const { data: above } of others) {
    for (let i = 0; i < data.length; i += 4) {
      const alpha = above[i + 3] ?? 0;
      if (alpha === 0) continue;
      const rest = 1 - alpha / 255;
      data[i] = (above[i] ?? 0) + (data[i] ?? 0) * rest;
      data[i + 1] = (above[i + 1] ?? 0) + (data[i + 1] ?? 0) * rest;
      data[i + 2] = (above[i + 2] ?? 0) + (data[i + 2] ?? 0) * rest;
      data[i + 3] = alpha + (data[i + 3] ?? 0) * rest;
    }
  }
  return { width, height, data };
}
