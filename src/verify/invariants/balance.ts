import type { Entry, EntryOf } from '../../ledger/entry.ts';
import type { Find } from '../findings.ts';
import type { Invariant } from './invariant.ts';

interface Open {
  readonly index: number;
  readonly boot: string;
  /** Monotonic, milliseconds. */
  readonly since: number;
  readonly deadline: number;
}

export interface Balance extends Invariant {
  /** Jobs received and not yet closed. */
  readonly open: number;
}

/** Told of every closing that balances a job, and whether a crash lies between. */
type OnClosed = (entry: EntryOf<'job.closed'>, afterCrash: boolean) => void;

/**
 * Exactly one `job.closed` for each `job.received`, before its deadline; and a run that begins closes what the one before left open, before
 * anything else happens. A job that a crash left open may be held for longer than its deadline: the machine was off, and its keys were gone.
 */
export function balanceInvariant(find: Find, onClosed: OnClosed = () => undefined): Balance {
  const open = new Map<string, Open>();
  /** Left open by earlier runs, to be closed right after `log.boot`. */
  let left = new Set<string>();
  /** How many of them `log.boot` has counted, and where. */
  let stated: { count: number; index: number; closed: number } | undefined;
  let unread = false;
  let last: { index: number; entry: Entry } | undefined;

  function boot(index: number, entry: EntryOf<'log.boot'>): void {
    left = new Set(open.keys());
    stated = { count: entry.open, index, closed: 0 };
  }

  function settle(): void {
    if (stated === undefined) return;
    const { count, closed, index } = stated;
    stated = undefined;
    if (count !== closed)
      find({ rule: 'balance', index, what: `log.boot speaks of ${count} open jobs, and ${closed} are closed after it` });
    for (const job of left) {
      find({
        rule: 'balance',
        index,
        what: `The run before left job ${job} of entry ${open.get(job)?.index} open, and log.boot does not account for it`,
      });
      open.delete(job);
    }
    left.clear();
  }

  function close(index: number, entry: EntryOf<'job.closed'>): void {
    const crash = entry.why === 'crash' && stated !== undefined && open.get(entry.job)?.boot !== entry.boot;
    if (crash) {
      stated = stated && { ...stated, closed: stated.closed + 1 };
      left.delete(entry.job);
    } else {
      // After this, what is open is of this run.
      settle();
    }
    const job = open.get(entry.job);
    if (job === undefined) {
      if (!unread) find({ rule: 'balance', index, what: `Job ${entry.job} is closed, but not open: closed twice, or never received` });
      return;
    }
    open.delete(entry.job);
    if (!crash) judge(index, entry, job);
    onClosed(entry, crash);
  }

  function judge(index: number, entry: EntryOf<'job.closed'>, { since, deadline, index: received }: Open): void {
    const lasted = entry.mono - since;
    if (entry.held_ms > deadline) {
      find({ rule: 'deadline', index, what: `Job ${entry.job} was held for ${entry.held_ms} ms; ${deadline} were allowed` });
    } else if (lasted > deadline) {
      find({ rule: 'deadline', index, what: `Job ${entry.job} was closed ${lasted} ms after entry ${received}; ${deadline} were allowed` });
    }
  }

  return {
    get open() {
      return open.size;
    },
    see(index, entry) {
      last = { index, entry };
      if (entry.ev === 'job.closed') return close(index, entry);
      settle();
      if (entry.ev === 'log.boot') boot(index, entry);
      if (entry.ev === 'job.received') {
        if (open.has(entry.job)) find({ rule: 'balance', index, what: `Job ${entry.job} is received twice` });
        open.set(entry.job, { index, boot: entry.boot, since: entry.mono, deadline: entry.deadline });
      }
      if (entry.ev === 'log.close') {
        for (const [job, { index: received }] of open) {
          find({ rule: 'balance', index, what: `The run ends in order, but job ${job} of entry ${received} is open` });
        }
      }
    },
    gap() {
      settle();
      unread = true;
      open.clear();
    },
    end() {
      settle();
      for (const [job, { index, boot, since, deadline }] of open) {
        if (last === undefined || last.entry.boot !== boot || last.entry.mono - since <= deadline) continue;
        find({ rule: 'deadline', index, what: `Job ${job} is still open ${last.entry.mono - since} ms later; ${deadline} were allowed` });
      }
    },
  };
}
