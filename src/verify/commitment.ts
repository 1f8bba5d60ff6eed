import { concat, toHex } from './bytes.ts';
import type { Crypto } from './crypto.ts';

const blockBytes = 64;

/** HMAC-SHA-256 (RFC 2104). */
export function hmac({ sha256 }: Pick<Crypto, 'sha256'>, key: Uint8Array, message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(blockBytes);
  padded.set(key.length > blockBytes ? sha256(key) : key);
  const inner = sha256(
    concat(
      padded.map((byte) => byte ^ 0x36),
      message,
    ),
  );
  return sha256(
    concat(
      padded.map((byte) => byte ^ 0x5c),
      inner,
    ),
  );
}

/** What the books say of an object of a job: HMAC-SHA-256(the job's key, SHA-256 of the object), in hexadecimal digits. */
export function commitmentOf(crypto: Pick<Crypto, 'sha256'>, key: Uint8Array, object: Uint8Array): string {
  return toHex(hmac(crypto, key, crypto.sha256(object)));
}
