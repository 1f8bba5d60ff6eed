import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { headerBytes, readHeader, tagBytes, writeHeader } from './format.ts';
import { type Label, VaultError } from './vault.ts';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;

/** Seals one artifact chunk by chunk with a key of its own. */
export interface Sealer {
  readonly header: Buffer;
  /** Ciphertext of the chunk, of the same length. */
  update(chunk: Uint8Array): Buffer;
  /** The tag, and the key that is now the caller's. */
  finish(): { tag: Buffer; key: Buffer };
  /** Ends the cipher and overwrites the key: what was sealed so far can be opened by nobody. */
  destroy(): void;
}

export function createSealer(label: Label): Sealer {
  const header = writeHeader(label);
  const key = randomBytes(keyBytes);
  const cipher = createCipheriv(algorithm, key, header.subarray(headerBytes - 12));
  cipher.setAAD(header);
  let ended = false;
  return {
    header,
    update: (chunk) => cipher.update(chunk),
    finish() {
      ended = true;
      cipher.final();
      return { tag: cipher.getAuthTag(), key };
    },
    destroy() {
      // An unfinished cipher keeps its key schedule until the garbage collector comes by; a finished one has freed it.
      if (!ended) cipher.final();
      ended = true;
      key.fill(0);
    },
  };
}

/**
 * Opens a sealed artifact as a whole.
 * @returns the plaintext, only if the tag holds; the caller overwrites it after use
 * @throws VaultError `tampered` for a wrong key, a cut or changed file, or anything that is not an artifact
 */
export function unseal(file: Buffer, key: Uint8Array): Buffer {
  const header = readHeader(file);
  if (header === undefined || file.length < headerBytes + tagBytes || key.byteLength !== keyBytes) {
    throw new VaultError('tampered', 'Not a sealed artifact');
  }
  const decipher = createDecipheriv(algorithm, key, header.nonce);
  decipher.setAAD(file.subarray(0, headerBytes));
  decipher.setAuthTag(file.subarray(file.length - tagBytes));
  const plain = decipher.update(file.subarray(headerBytes, file.length - tagBytes));
  try {
    decipher.final();
  } catch {
    plain.fill(0);
    throw new VaultError('tampered', 'The artifact does not match its key');
  }
  return plain;
}
