import type { Entry } from '../../ledger/entry.ts';
import type { Find } from '../findings.ts';
import type { Invariant } from './invariant.ts';

/** What may be written while the service does not run: by a command that looks after the ledger. */
const maintenance = new Set<Entry['ev']>(['key.rotated', 'log.pruned', 'notice.changed', 'log.close']);

interface Run {
  readonly boot: string;
  seq: number;
  mono: number;
  closed: boolean;
}

/** A run begins with `log.boot`, counts its entries without a gap, never goes back in monotonic time, and never comes back after another. */
export function runsInvariant(find: Find): Invariant {
  const seen = new Set<string>();
  let run: Run | undefined;
  let unread = false;

  function begin(index: number, entry: Entry): Run {
    if (seen.has(entry.boot)) find({ rule: 'run', index, what: 'Entries of two runs are mixed' });
    seen.add(entry.boot);
    const booted = entry.ev === 'log.boot' || unread;
    if (!booted && !maintenance.has(entry.ev)) find({ rule: 'run', index, what: `A run begins with ${entry.ev} and not with log.boot` });
    if (!unread && entry.seq !== 0) find({ rule: 'run', index, what: `A run begins with number ${entry.seq} and not with 0` });
    return { boot: entry.boot, seq: entry.seq, mono: entry.mono, closed: entry.ev === 'log.close' };
  }

  return {
    see(index, entry) {
      if (run?.boot !== entry.boot) {
        run = begin(index, entry);
      } else {
        if (entry.ev === 'log.boot') find({ rule: 'run', index, what: 'log.boot within a run' });
        if (run.closed) find({ rule: 'run', index, what: 'An entry after the log.close of its run' });
        const gapless = unread ? entry.seq > run.seq : entry.seq === run.seq + 1;
        if (!gapless) find({ rule: 'run', index, what: `Number ${entry.seq} follows number ${run.seq} of its run` });
        if (entry.mono < run.mono) find({ rule: 'run', index, what: `Monotonic time goes back by ${run.mono - entry.mono} ms` });
        run.seq = entry.seq;
        run.mono = entry.mono;
        run.closed ||= entry.ev === 'log.close';
      }
      unread = false;
    },
    gap() {
      unread = true;
    },
    end: () => undefined,
  };
}
