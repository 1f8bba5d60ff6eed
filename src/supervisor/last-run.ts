import type { EntryOf } from '../ledger/entry.ts';
import type { Recorded } from '../ledger/ledger.ts';

/** What the books say of the run before this one. */
export interface LastRun {
  /** Received and not closed, in the order they came. */
  readonly open: readonly EntryOf<'job.received'>[];
  /** Version of the notice that was in force; undefined at the first start. */
  readonly notice: string | undefined;
}

/**
 * Reads back to the last `log.boot` and no further: that entry and the closings of the run before it are one commit, so nothing older is open.
 * @param newestFirst the books, newest entry first
 */
export async function readLastRun(newestFirst: AsyncIterable<Recorded>): Promise<LastRun> {
  const closed = new Set<string>();
  const open: EntryOf<'job.received'>[] = [];
  for await (const { entry } of newestFirst) {
    if (entry.ev === 'job.closed') closed.add(entry.job);
    if (entry.ev === 'job.received' && !closed.has(entry.job)) open.unshift(entry);
    if (entry.ev === 'log.boot') return { open, notice: entry.notice };
  }
  return { open, notice: undefined };
}
