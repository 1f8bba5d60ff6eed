import { canonicalJson } from './canonical.ts';
import type { InclusionProof } from './ledger.ts';

/** A receipt is a transparency log proof of c2sp.org/tlog-proof: any implementation of that format can check it. */

export const receiptFileName = (job: string): string => `${job}.tlog-proof`;

export const proves =
  'At the time of the checkpoint the operator of this server stated irrevocably, in the one history that everybody is shown, that the objects of ' +
  'this job, their keys and the process that worked on them had been destroyed and looked for, and by when the process that received them ends. ' +
  'Whoever holds the key of the commitments and an object can show that it was this object.';

export const cannotProve =
  'That the statement is true: nothing in software can show that nobody made a copy before, or that the server ran the program that it names. ' +
  'That everybody is shown the same history: for that, compare checkpoints with others.';

export interface ReceiptParts {
  /** The job's `job.closed`, its canonical JSON to the byte. */
  readonly entry: string;
  readonly proof: InclusionProof;
  /** The key that signed the checkpoint, as text. */
  readonly vkey: string;
  /** 32 bytes; left out where the key was handed out before, or does not belong to who asks. */
  readonly commitmentKey?: Uint8Array | undefined;
}

/**
 * A receipt as text: `extra` (base64 of canonical JSON: the entry, the key of the commitments, the verifier key, and in words what it proves
 * and what not), index, inclusion proof, checkpoint. By the format nobody may trust `extra`: the entry proves itself by its leaf hash, a key by the
 * commitments in the entry, and the verifier key has to be known from elsewhere.
 */
export function writeReceipt({ entry, proof, vkey, commitmentKey }: ReceiptParts): string {
  const keys = commitmentKey && { keys: { commitment: base64(commitmentKey) } };
  const extra = canonicalJson({ entry, vkey, proves, cannot_prove: cannotProve, ...keys });
  const lines = ['c2sp.org/tlog-proof@v1', `extra ${base64(Buffer.from(extra))}`, `index ${proof.index}`, ...proof.hashes.map(base64)];
  return `${lines.join('\n')}\n\n${proof.checkpoint}`;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
