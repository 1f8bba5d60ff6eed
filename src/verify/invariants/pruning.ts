import type { Find } from '../findings.ts';
import type { Invariant } from './invariant.ts';

/**
 * What is gone was dropped by the rule, and the books say so: `log.pruned` counts from the beginning of the log, so the newest says it all. It is
 * written before entries are dropped; a crash between the two leaves more than the books say, never less.
 * @param missing told at the end: entries at the beginning of the ledger that are gone
 */
export function pruningInvariant(find: Find, missing: () => number): Invariant {
  let said = 0;
  return {
    see(index, entry) {
      if (entry.ev !== 'log.pruned') return;
      if (entry.before > entry.at) find({ rule: 'pruning', index, what: 'Entries were dropped that were to come after this one' });
      if (entry.entries < said) find({ rule: 'pruning', index, what: `${entry.entries} entries dropped, where ${said} were before` });
      if (entry.entries > index) find({ rule: 'pruning', index, what: `${entry.entries} entries dropped, of ${index} that there were` });
      said = Math.max(said, entry.entries);
    },
    gap: () => undefined,
    end() {
      const gone = missing();
      if (gone > said) find({ rule: 'pruning', index: said, what: `The first ${gone} entries are gone; the books speak of ${said}` });
    },
  };
}
