import type { Find } from '../findings.ts';
import type { Invariant } from './invariant.ts';

export interface Pruning extends Invariant {
  /** @param missing entries at the beginning of the ledger that are gone */
  judge(missing: number): void;
}

/**
 * What is gone was dropped by the rule, and the books say so. A `log.pruned` is old itself one day and dropped too: only the newest can be read,
 * so the books have to speak of entries dropped, but not of all.
 */
export function pruningInvariant(find: Find): Pruning {
  let said = 0;
  return {
    see(index, entry) {
      if (entry.ev !== 'log.pruned') return;
      said += entry.entries;
      if (entry.before > entry.at) find({ rule: 'pruning', index, what: 'Entries were dropped that were to come after this one' });
    },
    gap: () => undefined,
    end: () => undefined,
    judge(missing) {
      if (missing > 0 && said === 0)
        find({ rule: 'pruning', index: 0, what: `The first ${missing} entries are gone, and no log.pruned says so` });
    },
  };
}
