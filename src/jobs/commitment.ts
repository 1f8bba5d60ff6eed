import { createHash, createHmac, randomBytes } from 'node:crypto';

/**
 * Commitments: what the books say of an object so that whoever has it can recognise it later, and nobody else can. A plain hash would name the photo
 * to everybody who has a copy of it; HMAC-SHA-256 under a random key of the job says nothing without that key. The client gets the key with its
 * receipt, once, and here it is destroyed.
 */

export const commitmentKeyBytes = 32;

/** The key of one job. Whoever makes it overwrites it. */
export const newCommitmentKey = (): Buffer => randomBytes(commitmentKeyBytes);

/** Commits to an object that passes by in pieces. */
export interface Committing {
  /** Without effect once it has ended. */
  update(piece: Uint8Array): void;
  /** HMAC-SHA-256(key, SHA-256 of all pieces), hexadecimal. The object's own hash is overwritten. @throws Error once it has ended */
  finish(): string;
  /** Ends it without a word. An unfinished hash would keep the last block of the object until the garbage collector comes by. */
  abandon(): void;
}

/** @param key 32 bytes, read only when it finishes */
export function startCommitting(key: Uint8Array): Committing {
  const hash = createHash('sha256');
  let ended = false;
  return {
    update(piece) {
      if (!ended) hash.update(piece);
    },
    finish() {
      if (ended) throw new Error('Nothing is committed to any more');
      ended = true;
      const digest = hash.digest();
      const commitment = createHmac('sha256', key).update(digest).digest('hex');
      digest.fill(0);
      return commitment;
    },
    abandon() {
      if (!ended) hash.digest().fill(0);
      ended = true;
    },
  };
}

/** Commits to an object that is there as a whole. */
export function commitTo(key: Uint8Array, object: Uint8Array | string): string {
  const committing = startCommitting(key);
  committing.update(typeof object === 'string' ? Buffer.from(object) : object);
  return committing.finish();
}
