import type { Clock } from '../clock.ts';
import { type Entry, eventSchema } from './entry.ts';
import { type Ledger, LedgerError } from './ledger.ts';

/** Books in memory, for tests: `fails()` stands for a disk that does not take the next entry. */
export function createMemoryLedger(
  boot: string,
  clock: Clock,
  fails: () => boolean = () => false,
): Ledger & { readonly all: readonly Entry[] } {
  const all: Entry[] = [];
  let writable = true;
  return {
    all,
    get writable() {
      return writable;
    },
    async append(event) {
      const checked = eventSchema.parse(event);
      writable = !fails();
      if (!writable) throw new LedgerError('unwritable', 'The ledger cannot be written');
      const entry: Entry = { ...checked, v: 1, at: clock.wall(), mono: clock.mono(), boot, seq: all.length };
      all.push(entry);
      return entry;
    },
    async *entries() {
      yield* all;
    },
    close: async () => undefined,
  };
}
