import type { Clock } from '../clock.ts';
import { canonicalJson } from './canonical.ts';
import { type Entry, eventSchema } from './entry.ts';
import { type Ledger, LedgerError, type Recorded } from './ledger.ts';

/** Books in memory, for tests: `fails()` stands for a disk that does not take the next entry. */
export function createMemoryLedger(
  boot: string,
  clock: Clock,
  fails: () => boolean = () => false,
): Ledger & { readonly all: readonly Entry[] } {
  const all: Entry[] = [];
  let writable = true;
  const recorded = (index: number): Recorded[] => {
    const entry = all[index];
    return entry === undefined ? [] : [{ index, entry, text: canonicalJson(entry) }];
  };
  const no = () => Promise.reject(new LedgerError('damaged', 'There is no tree under these books'));
  const appendAll: Ledger['appendAll'] = async (events) => {
    const checked = events.map((event) => eventSchema.parse(event));
    writable = !fails();
    if (!writable) throw new LedgerError('unwritable', 'The ledger cannot be written');
    const first = all.length;
    checked.forEach((event, i) => {
      all.push({ ...event, v: 1, at: clock.wall(), mono: clock.mono(), boot, seq: first + i });
    });
    return checked.flatMap((_, i) => recorded(first + i));
  };
  return {
    all,
    checkpoint: '',
    vkey: '',
    get writable() {
      return writable;
    },
    get size() {
      return all.length;
    },
    async append(event) {
      const [one] = await appendAll([event]);
      if (one === undefined) throw new LedgerError('unwritable', 'The ledger cannot be written');
      return one;
    },
    appendAll,
    async *entries(from = 0, to = all.length) {
      for (let i = from; i < to; i++) yield* recorded(i);
    },
    async *newestFirst() {
      for (let i = all.length - 1; i >= 0; i--) yield* recorded(i);
    },
    proof: no,
    consistency: no,
    prune: async () => 0,
    rotate: no,
    close: async () => undefined,
  };
}
