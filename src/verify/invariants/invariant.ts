import type { Entry } from '../../ledger/entry.ts';

/** One rule of the books. It is shown every entry once, in order, and reports what breaks the rule. */
export interface Invariant {
  see(index: number, entry: Entry): void;
  /** Entries follow that cannot be read: dropped by the rule of retention, or damaged, which others report. */
  gap(): void;
  /** There are no more entries. */
  end(): void;
}
