import { fromBase64, fromDecimal } from './bytes.ts';
import { type Crypto, Invalid } from './crypto.ts';
import { openNote, type VerifierKey } from './note.ts';

/** What the log says of itself at one moment. */
export interface Checkpoint {
  readonly origin: string;
  /** Entries. */
  readonly size: number;
  /** Root of the Merkle tree over them, 32 bytes. */
  readonly root: Uint8Array;
  readonly signers: readonly VerifierKey[];
}

/**
 * A checkpoint that one of the keys has signed: https://c2sp.org/tlog-checkpoint, without extension lines, which nobody could audit.
 * @throws Invalid also where the key that signed it has another name than the log: a key speaks for one log
 */
export async function openCheckpoint(note: string, keys: readonly VerifierKey[], crypto: Crypto): Promise<Checkpoint> {
  const { text, signers } = await openNote(note, keys, crypto);
  const [origin = '', size = '', root = '', ...rest] = text.split('\n');
  if (rest.length !== 1) throw new Invalid('checkpoint: Expected three lines: origin, size, root');
  if (!signers.some(({ name }) => name === origin)) throw new Invalid(`checkpoint: Expected the origin to be the signing key's name`);
  const checkpoint = { origin, size: fromDecimal(size, 'checkpoint: size'), root: fromBase64(root, 'checkpoint: root'), signers };
  if (checkpoint.root.length !== 32) throw new Invalid('checkpoint: Expected a root of 32 bytes');
  return checkpoint;
}
