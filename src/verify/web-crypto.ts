import type { Crypto } from './crypto.ts';
import { sha256 } from './sha256.ts';

/** For browsers: Ed25519 by the Web Crypto API, SHA-256 by our own code, since the API's answers too late for a tree. */
export const webCrypto: Crypto = {
  sha256,
  /** @throws DOMException NotSupportedError in a browser without Ed25519 */
  async ed25519Verify(publicKey, message, signature) {
    const { subtle } = globalThis.crypto;
    const key = await subtle.importKey('raw', publicKey.slice(), 'Ed25519', false, ['verify']);
    return subtle.verify('Ed25519', key, signature.slice(), message.slice());
  },
};
