import type { Sharp } from 'sharp';
import type { Pixels } from './pixels.ts';

/**
 * Runs a pipeline and hands its pixels over without copying them.
 * @param channels what the pipeline is known to end with; anything else is a fault of ours and throws
 */
export async function fromRaw(pipeline: Sharp, channels: 3 | 4): Promise<Pixels> {
  const { data, info } = await pipeline.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  if (info.channels !== channels) throw new Error(`Expected ${channels} channels but received ${info.channels}`);
  const clamped = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  return { width: info.width, height: info.height, channels, data: clamped };
}
