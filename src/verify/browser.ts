import { parseVerifierKey } from './note.ts';
import { type ReceiptReport, verifyReceipt as verify } from './receipt.ts';
import { webCrypto } from './web-crypto.ts';

/**
 * The checker of receipts as one file for browsers, `dist/verify.js`: no dependency, no network.
 */

export interface BrowserOptions {
  /** The verifier key that you trust, `name+id+key`; without it the receipt's own key is taken at its word, and the report is not `pinned`. */
  readonly vkey?: string;
  /** The photo as it was sent, and the picture as it came back, where you kept them. */
  readonly photo?: Uint8Array | readonly Uint8Array[];
  readonly result?: Uint8Array;
}

/** @throws Invalid where `vkey` is no verifier key. A receipt that is not valid is an answer, not an error. */
export async function verifyReceipt(text: string, { vkey, photo = [], result }: BrowserOptions = {}): Promise<ReceiptReport> {
  return verify(text, {
    crypto: webCrypto,
    ...(vkey !== undefined && { pinned: [parseVerifierKey(vkey.trim(), webCrypto)] }),
    photos: photo instanceof Uint8Array ? [photo] : photo,
    ...(result && { result }),
  });
}
