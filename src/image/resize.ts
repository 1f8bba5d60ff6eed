import type { Pixels } from './pixels.ts';
import { fromRaw } from './raw.ts';
import { openRaw } from './sharp.ts';

/** A part of a picture in whole pixels, entirely inside it. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A picture, or a region of one, at exactly another size (Lanczos, alpha-aware). The source stays as it was.
 * @param width whole pixels, at least 1, as is height
 */
export async function resize(picture: Pixels, width: number, height: number, region?: Region): Promise<Pixels> {
  let pipeline = openRaw(picture.data, picture.width, picture.height, picture.channels);
  if (region !== undefined) pipeline = pipeline.extract(region);
  return fromRaw(pipeline.resize({ width, height, fit: 'fill' }), picture.channels);
}

/** The size of a picture whose longest side is brought down to `maxSide`; one that is smaller keeps its own. */
export function fitInside(width: number, height: number, maxSide: number): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, maxSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
