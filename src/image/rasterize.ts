import type { Pixels } from './pixels.ts';
import { fromRaw } from './raw.ts';
import { open } from './sharp.ts';

/**
 * Draws an SVG (a template's own art, never an upload) at exactly the size asked for, from the vectors and not from a scaled bitmap.
 * @param svg a document with a `viewBox`; stretched where its proportions differ from the size
 * @returns 4 channels, straight alpha
 */
export async function rasterize(svg: Buffer, width: number, height: number): Promise<Pixels> {
  return fromRaw(open(svg).resize({ width, height, fit: 'fill' }).ensureAlpha().toColourspace('srgb'), 4);
}

/** The same for a drawing that covers all of its ground. @returns 3 channels */
export async function rasterizeOpaque(svg: Buffer, width: number, height: number): Promise<Pixels> {
  return fromRaw(open(svg).resize({ width, height, fit: 'fill' }).removeAlpha().toColourspace('srgb'), 3);
}
