import { type Denial, denials, type LedgerEvent } from '../ledger/entry.ts';

export type AccessDenied = Extract<LedgerEvent, { ev: 'access.denied' }>;

/** Calls that receivers turned away, until they are in the books. */
export interface Tally {
  add(counts: Partial<Record<Denial, number>>): void;
  /** What is to be booked: one entry a reason, none where nobody was turned away. */
  entries(): readonly AccessDenied[];
  /** These are in the books; what was counted meanwhile stays. */
  booked(entries: readonly AccessDenied[]): void;
}

export function createTally(): Tally {
  const counts = new Map<Denial, number>();
  const add = (why: Denial, many: number) => void counts.set(why, (counts.get(why) ?? 0) + many);
  return {
    add(more) {
      for (const why of denials) add(why, more[why] ?? 0);
    },
    entries: () => [...counts].filter(([, count]) => count > 0).map(([why, count]) => ({ ev: 'access.denied', why, count })),
    booked(entries) {
      for (const { why, count } of entries) add(why, -count);
    },
  };
}
