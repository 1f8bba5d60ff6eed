import type { Checkpoint } from './checkpoint.ts';
import type { Crypto } from './crypto.ts';
import type { Find } from './findings.ts';
import { checkHandover } from './handover.ts';
import type { Head } from './merkle.ts';
import type { VerifierKey } from './note.ts';
import type { Source } from './tiles.ts';

/** A `key.rotated`: the text of the key that was replaced, and the tree that ends with this entry. */
export interface Rotation {
  readonly from: string;
  readonly head: Head;
}

export interface Keys {
  /** Of the ledger, newest last. */
  readonly all: readonly VerifierKey[];
  /** Those that the caller trusts, if any. */
  readonly pinned: readonly VerifierKey[] | undefined;
}

/** Only the newest key signs; the one before it signs only what ends with its replacement. */
export function judgeSigner(keys: readonly VerifierKey[], checkpoint: Checkpoint, rotations: readonly Rotation[], find: Find): void {
  const newest = keys.length - 1;
  const signer = Math.max(...checkpoint.signers.map((key) => keys.indexOf(key)));
  const justRotated = rotations.at(-1)?.head.size === checkpoint.size;
  if (signer === newest || (signer === newest - 1 && justRotated)) return;
  find({ rule: 'checkpoint', file: 'checkpoint', what: 'It is signed by a key that has been replaced' });
}

/**
 * Whether trust in a pinned key reaches the newest one: each key on the way has signed its replacement.
 * @returns what is worth knowing beside it
 */
export async function followTrust(
  source: Source,
  { all, pinned }: Keys,
  rotations: readonly Rotation[],
  crypto: Crypto,
  find: Find,
): Promise<{ readonly trusted: boolean; readonly notes: readonly string[] }> {
  const notes: string[] = [];
  let trusted = false;
  for (const [i, key] of all.entries()) {
    trusted ||= pinned?.some(({ text }) => text === key.text) ?? false;
    if (i === all.length - 1) break;
    const rotation = rotations.find(({ from }) => from === key.text);
    const signed = rotation !== undefined && (await checkHandover(source, key, rotation.head, crypto, find));
    if (!signed) notes.push(`Nothing shows that the key ${key.id} signed its replacement`);
    trusted &&= signed;
  }
  if (pinned !== undefined && !trusted) {
    find({ rule: 'keys', file: 'vkey', what: 'No given key is the newest one, or has handed over to it' });
  }
  return { trusted, notes };
}
