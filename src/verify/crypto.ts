/** The two primitives that the checker does not write itself. It runs in Node and in a browser, so they are handed to it. */
export interface Crypto {
  /** Answers before the caller changes `bytes` again, and keeps nothing of it. */
  sha256(bytes: Uint8Array): Uint8Array;
  /**
   * @param publicKey 32 bytes, RFC 8032
   * @param signature 64 bytes
   */
  ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
}

/** What is checked is not what it should be. The message says what was expected, and where. */
export class Invalid extends Error {
  override readonly name = 'Invalid';
}
