import type { Clock } from '../clock.ts';
import type { Entry } from './entry.ts';
import { createMemoryKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { createMemoryStore } from './memory-store.ts';
import type { LedgerReader } from './store.ts';
import { openLedger } from './tile-ledger.ts';

/**
 * The same books over a store in memory, for tests: there at once, and every entry to be looked at.
 * @param fails stands for a disk that does not take the next entry
 */
export function createMemoryLedger(
  boot: string,
  clock: Clock,
  fails: () => boolean = () => false,
): Ledger & { readonly all: readonly Entry[]; readonly reader: LedgerReader } {
  const inner = createMemoryStore();
  const store = {
    ...inner,
    write: (files: Parameters<typeof inner.write>[0]) => (fails() ? Promise.reject(new Error('EIO')) : inner.write(files)),
  };
  const all: Entry[] = [];
  let opened: Ledger | undefined;
  const opening = openLedger({ store, keys: createMemoryKeys('memory'), boot, clock }).then((ledger) => {
    opened = ledger;
    return ledger;
  });
  const appendAll: Ledger['appendAll'] = async (events) => {
    const recorded = await (await opening).appendAll(events);
    all.push(...recorded.map(({ entry }) => entry));
    return recorded;
  };
  return {
    all,
    reader: inner,
    appendAll,
    async append(event) {
      const recorded = await (await opening).append(event);
      all.push(recorded.entry);
      return recorded;
    },
    get writable() {
      return opened?.writable ?? true;
    },
    get size() {
      return opened?.size ?? 0;
    },
    get checkpoint() {
      return opened?.checkpoint ?? '';
    },
    get vkey() {
      return opened?.vkey ?? '';
    },
    async *entries(from, to) {
      yield* (await opening).entries(from, to);
    },
    async *newestFirst() {
      yield* (await opening).newestFirst();
    },
    proof: async (index) => (await opening).proof(index),
    consistency: async (from, to) => (await opening).consistency(from, to),
    prune: async (before) => (await opening).prune(before),
    rotate: async () => (await opening).rotate(),
    close: async () => (await opening).close(),
  };
}
