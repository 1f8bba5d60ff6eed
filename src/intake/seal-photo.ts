import type { Readable } from 'node:stream';
import { Problem } from '../problems.ts';
import type { PhotoSealing, SealedPhoto } from './held.ts';
import { sniff, sniffBytes } from './sniff.ts';

/** Bytes that an upload may still bring, shared by all of its photos. */
export interface Allowance {
  left: number;
  readonly total: number;
}

/**
 * The one pipeline from a body to the vault, for multipart and raw uploads alike: limit, sniff, seal, overwrite. Backpressure is the
 * loop's own: the next chunk is asked for when the last one is in the vault.
 * @param open called with the first bytes in hand and not before, so that an empty or foreign body never gets an artifact
 * @throws Problem `upload-too-large`, `unsupported-image-type`, `unreadable-image` (empty); whatever the body throws when its client is gone
 */
export async function sealPhoto(body: Readable, allowance: Allowance, open: () => Promise<PhotoSealing>): Promise<SealedPhoto> {
  let head = Buffer.alloc(0);
  let sealing: PhotoSealing | undefined;
  try {
    // Leaving the loop must not destroy the body: it carries the connection that the answer goes out on.
    for await (const chunk of chunksOf(body)) {
      allowance.left -= chunk.length;
      if (allowance.left < 0) throw tooLarge(allowance.total);
      if (sealing !== undefined) {
        await sealing.write(chunk);
        chunk.fill(0);
        continue;
      }
      head = Buffer.concat([head, chunk]);
      chunk.fill(0);
      if (head.length < sniffBytes) continue;
      if (sniff(head) === undefined) throw new Problem('unsupported-image-type', 'The bytes are not those of a supported image');
      sealing = await open();
      await sealing.write(head);
      head.fill(0);
    }
    if (sealing === undefined) throw shortBody(head.length);
    return await sealing.finish();
  } catch (error) {
    await sealing?.abort();
    throw error;
  } finally {
    head.fill(0);
  }
}

export function tooLarge(limit: number): Problem {
  return new Problem('upload-too-large', `An upload may have ${limit} bytes`, { limit });
}

function shortBody(length: number): Problem {
  return new Problem('unreadable-image', length === 0 ? 'The image is empty' : 'The image is too short to be one', { value: length });
}

const chunksOf = (body: Readable): AsyncIterable<Buffer> => body.iterator({ destroyOnReturn: false });
