import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Art } from './art.ts';

/**
 * Art drawn ahead of time. Drawing an SVG with soft light takes a second, reading its pixels a few milliseconds, and a darkroom that lives for
 * one photo would draw it every time. Baked art is a cache: it names the drawing it was made from, and where that differs it is not used.
 * Layout: 8 bytes `MAYFLYA1`, SHA-256 of the SVG, width and height (32 bits, little-endian), then premultiplied RGBA.
 */
const magic = Buffer.from('MAYFLYA1');
const headerLength = magic.length + 32 + 8;

/** Folder of baked art inside a pack; ignored by git. */
export const bakedFolder = '.baked';

/** @returns undefined where there is none for this drawing and size */
export async function readBaked(folder: string, name: string, svg: Buffer, width: number, height: number): Promise<Art | undefined> {
  const bytes = await readFile(bakedPath(folder, name, width, height)).catch(() => undefined);
  if (bytes === undefined || bytes.length !== headerLength + width * height * 4) return undefined;
  if (!bytes.subarray(0, headerLength).equals(header(svg, width, height))) return undefined;
  return { width, height, data: new Uint8ClampedArray(bytes.buffer, bytes.byteOffset + headerLength, width * height * 4) };
}

/** A file to be written into a pack. */
export interface BakedFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** What `readBaked` will find once it is written. */
export function bakedFile(folder: string, name: string, svg: Buffer, { width, height, data }: Art): BakedFile {
  const bytes = Buffer.concat([header(svg, width, height), Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
  return { path: bakedPath(folder, name, width, height), bytes };
}

function header(svg: Buffer, width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32LE(width, 0);
  size.writeUInt32LE(height, 4);
  return Buffer.concat([magic, createHash('sha256').update(svg).digest(), size]);
}

function bakedPath(folder: string, name: string, width: number, height: number): string {
  return join(folder, bakedFolder, `${name}-${width}x${height}.rgba`);
}
