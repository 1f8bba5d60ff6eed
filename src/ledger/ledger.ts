import type { Entry, LedgerEvent } from './entry.ts';

/** An entry at its place in the log. */
export interface Recorded {
  /** Place in the log, from 0. */
  readonly index: number;
  readonly entry: Entry;
  /** The entry's canonical JSON, to the byte: what the leaf hash is made of. */
  readonly text: string;
}

/** That an entry is in the log: RFC 6962, section 2.1.1. */
export interface InclusionProof {
  readonly index: number;
  /** Sibling hashes from the leaf to the root, 32 bytes each. */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint that the hashes lead to. */
  readonly checkpoint: string;
}

/**
 * The books: an append-only log under signed checkpoints. Contract suite: test/contract/ledger.ts.
 *
 * `append` resolves only when the entry is durable and under a durable signed checkpoint. Where it rejects with `unwritable`, the entry is
 * not in the books and never will be. Where the disk does not say whether the checkpoint was kept, `append` waits until it does; all that
 * come meanwhile are `unwritable`.
 */
export interface Ledger {
  /** @throws LedgerError `unwritable`, `closed`, or `in-doubt` when the ledger is closed before the disk has said whether the entry is in it */
  append(event: LedgerEvent): Promise<Recorded>;
  /** All or none, under one checkpoint and without another entry between them. Throws as `append`. */
  appendAll(events: readonly LedgerEvent[]): Promise<readonly Recorded[]>;
  /** False from a failed append until the next one that succeeds. */
  readonly writable: boolean;
  /** Entries in the newest checkpoint. */
  readonly size: number;
  /** The newest signed checkpoint. */
  readonly checkpoint: string;
  /** The verifier key of the newest checkpoint, as text. */
  readonly vkey: string;
  /**
   * Entries `from` (0) up to and without `to` (the size at the call), oldest first; pruned ones are left out.
   * @throws LedgerError `damaged`
   */
  entries(from?: number, to?: number): AsyncIterable<Recorded>;
  /** The same, newest first, reading no further than it is asked. */
  newestFirst(): AsyncIterable<Recorded>;
  /**
   * Proof of one entry in the newest checkpoint.
   * @throws RangeError where there is no such entry; LedgerError `damaged`
   */
  proof(index: number): Promise<InclusionProof>;
  /**
   * That the tree of `from` entries is the beginning of the tree of `to` entries: RFC 6962, section 2.1.2.
   * @throws RangeError unless from <= to <= size; LedgerError `damaged`
   */
  consistency(from: number, to: number): Promise<readonly Uint8Array[]>;
  /**
   * Books `log.pruned`, then drops the oldest full bundles all of whose entries are older. Hashes stay: every proof still holds.
   * @param before UTC milliseconds
   * @returns how many entries went
   */
  prune(before: number): Promise<number>;
  /**
   * A new key: the old one signs `key.rotated` as its last entry and is destroyed.
   * @returns verifier key texts
   */
  rotate(): Promise<{ readonly from: string; readonly to: string }>;
  close(): Promise<void>;
}

/**
 * - `unwritable`: not in the books, and never will be
 * - `in-doubt`: whether it is in the books is decided at the next start
 * - `damaged`: a file is missing or not what it should be
 * - `behind`: the tiles do not reach the last signed checkpoint
 * - `forked`: there is another history beside the last signed checkpoint
 */
export type LedgerFault = 'unwritable' | 'in-doubt' | 'damaged' | 'behind' | 'forked' | 'closed';

export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly fault: LedgerFault;
  constructor(fault: LedgerFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
