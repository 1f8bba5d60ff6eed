import type { CloseReason, Denial, Entry, EntryOf, EventName } from './entry.ts';

/** How long jobs were held, milliseconds. Of the jobs sorted by it, those at the named share. */
export interface Held {
  readonly jobs: number;
  readonly shortest: number;
  readonly half: number;
  readonly ninety: number;
  readonly ninetyNine: number;
  readonly longest: number;
}

/** What happened in a stretch of the books, counted: what a review looks at first. */
export interface Report {
  /** UTC milliseconds of the first and the last entry; left out where there is none. */
  readonly from?: number;
  readonly to?: number;
  readonly entries: number;
  readonly events: Readonly<Partial<Record<EventName, number>>>;
  readonly jobs: {
    readonly received: number;
    readonly closed: number;
    /** Received in the stretch and not closed in it. */
    readonly open: number;
    readonly why: Readonly<Partial<Record<CloseReason, number>>>;
    /** Artifacts destroyed and looked for. */
    readonly unlinked: number;
  };
  /** Jobs that were closed by the run that received them. */
  readonly held?: Held;
  /** Jobs that a start closed for a run that had died: how long the machine was off is in it. */
  readonly heldOverCrash?: Held;
  readonly purges: { readonly failed: number };
  readonly sweeps: { readonly ran: number; readonly found: number; readonly failed: number; readonly longestGapMs: number };
  readonly denials: Readonly<Partial<Record<Denial, number>>>;
  readonly drills: { readonly ran: number; readonly failed: number; readonly hits: number };
  readonly boots: { readonly count: number; readonly orphans: number; readonly crashed: number; readonly missing: readonly string[] };
  readonly versions: readonly string[];
  readonly notices: readonly string[];
  readonly clockSteps: number;
  readonly keysRotated: number;
  readonly pruned: number;
}

export interface Reporter {
  /** Takes entries in their order. */
  add(entry: Entry): void;
  report(): Report;
}

export function createReporter(): Reporter {
  const events: Partial<Record<EventName, number>> = {};
  const why: Partial<Record<CloseReason, number>> = {};
  const denials: Partial<Record<Denial, number>> = {};
  const sums = { unlinked: 0, purges: 0, found: 0, failed: 0, drillsFailed: 0, hits: 0, orphans: 0, crashed: 0, pruned: 0, gap: 0 };
  const [versions, notices, missing] = [new Set<string>(), new Set<string>(), new Set<string>()];
  /** The run that received a job. */
  const open = new Map<string, string>();
  const [held, heldOverCrash]: [number[], number[]] = [[], []];
  let lastSweep: EntryOf<'sweep.ran'> | undefined;
  let [from, to]: (number | undefined)[] = [undefined, undefined];

  function close(entry: EntryOf<'job.closed'>): void {
    const run = open.get(entry.job) ?? entry.boot;
    open.delete(entry.job);
    (run === entry.boot ? held : heldOverCrash).push(entry.held_ms);
    why[entry.why] = (why[entry.why] ?? 0) + 1;
    sums.unlinked += entry.proof.unlinked;
  }

  function sweep(entry: EntryOf<'sweep.ran'>): void {
    sums.found += entry.found;
    sums.failed += entry.failed;
    // Between two runs nothing swept, and nothing was there to sweep for: a start empties the vault.
    if (lastSweep?.boot === entry.boot) sums.gap = Math.max(sums.gap, entry.mono - lastSweep.mono);
    lastSweep = entry;
  }

  function boot(entry: EntryOf<'log.boot'>): void {
    versions.add(entry.version);
    notices.add(entry.notice);
    sums.orphans += entry.orphans;
    sums.crashed += entry.open;
    for (const [check, found] of Object.entries(entry.selfcheck)) if (found !== 'ok') missing.add(check);
  }

  return {
    add(entry) {
      events[entry.ev] = (events[entry.ev] ?? 0) + 1;
      from ??= entry.at;
      to = entry.at;
      switch (entry.ev) {
        case 'job.received':
          open.set(entry.job, entry.boot);
          break;
        case 'job.closed':
          close(entry);
          break;
        case 'sweep.ran':
          sweep(entry);
          break;
        case 'log.boot':
          boot(entry);
          break;
        case 'purge.failed':
          sums.purges += entry.failed;
          break;
        case 'access.denied':
          denials[entry.why] = (denials[entry.why] ?? 0) + entry.count;
          break;
        case 'drill.ran':
          sums.drillsFailed += entry.ok ? 0 : 1;
          sums.hits += entry.hits;
          break;
        case 'notice.changed':
          notices.add(entry.from).add(entry.to);
          break;
        case 'log.pruned':
          sums.pruned += entry.entries;
          break;
      }
    },

    report() {
      const count = (name: EventName) => events[name] ?? 0;
      const [own, crashed] = [distribution(held), distribution(heldOverCrash)];
      return {
        ...(from !== undefined && to !== undefined && { from, to }),
        entries: Object.values(events).reduce((sum, many) => sum + many, 0),
        events,
        jobs: { received: count('job.received'), closed: count('job.closed'), open: open.size, why, unlinked: sums.unlinked },
        ...(own && { held: own }),
        ...(crashed && { heldOverCrash: crashed }),
        purges: { failed: sums.purges },
        sweeps: { ran: count('sweep.ran'), found: sums.found, failed: sums.failed, longestGapMs: sums.gap },
        denials,
        drills: { ran: count('drill.ran'), failed: sums.drillsFailed, hits: sums.hits },
        boots: { count: count('log.boot'), orphans: sums.orphans, crashed: sums.crashed, missing: [...missing].sort() },
        versions: [...versions],
        notices: [...notices],
        clockSteps: count('clock.step'),
        keysRotated: count('key.rotated'),
        pruned: sums.pruned,
      };
    },
  };
}

/** Nearest rank: the smallest of the values that at least the share of them does not exceed. */
function distribution(values: readonly number[]): Held | undefined {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  if (sorted.length === 0) return undefined;
  return { jobs: sorted.length, shortest: at(0), half: at(0.5), ninety: at(0.9), ninetyNine: at(0.99), longest: at(1) };
}
