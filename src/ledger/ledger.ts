import type { Entry, LedgerEvent } from './entry.ts';

/**
 * The books. Contract suite: test/contract/ledger.ts.
 *
 * `append` resolves only when the entry is durable. Where it rejects, the entry is not in the books and never will be.
 */
export interface Ledger {
  /** @throws LedgerError `unwritable` */
  append(event: LedgerEvent): Promise<Entry>;
  /** False from a failed append until the next one that succeeds. */
  readonly writable: boolean;
  /** All entries in order, oldest first. */
  entries(): AsyncIterable<Entry>;
  close(): Promise<void>;
}

export type LedgerFault = 'unwritable' | 'damaged' | 'closed';

export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly fault: LedgerFault;
  constructor(fault: LedgerFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
