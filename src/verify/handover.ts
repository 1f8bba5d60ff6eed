import { same, toText } from './bytes.ts';
import { openCheckpoint } from './checkpoint.ts';
import { type Crypto, Invalid } from './crypto.ts';
import type { Find } from './findings.ts';
import type { Head } from './merkle.ts';
import type { VerifierKey } from './note.ts';
import type { Source } from './tiles.ts';

/**
 * The last checkpoint that a key signed before another took its place: it ends with the `key.rotated` that names the other. Without it only
 * the new key's word says that the old one agreed.
 */
export function handoverPath(key: VerifierKey): string {
  return `handover/${key.id}`;
}

/**
 * Whether a key that was replaced signed the tree that ends with its `key.rotated`.
 * @param head the tree with that entry as its last, rebuilt
 * @returns false where there is no such file; a file that says something else is a violation
 */
export async function checkHandover(source: Source, key: VerifierKey, head: Head, crypto: Crypto, find: Find): Promise<boolean> {
  const file = handoverPath(key);
  const bytes = await source.read(file);
  if (bytes === undefined) return false;
  try {
    const { size, root } = await openCheckpoint(toText(bytes, file), [key], crypto);
    if (size === head.size && same(root, head.root)) return true;
    throw new Invalid(`The old key did not sign the tree of ${head.size} entries that ends with its key.rotated`);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    find({ rule: 'rotation', index: head.size - 1, file, what: error.message });
    return false;
  }
}
