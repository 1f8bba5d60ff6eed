import type { CloseReason, Entry } from '../ledger/entry.ts';
import type { Find } from './findings.ts';
import { createHolding, type Distribution } from './holding.ts';
import { balanceInvariant } from './invariants/balance.ts';
import type { Invariant } from './invariants/invariant.ts';
import { pruningInvariant } from './invariants/pruning.ts';
import { rotationInvariant } from './invariants/rotation.ts';
import { runsInvariant } from './invariants/runs.ts';
import { sweepsInvariant } from './invariants/sweeps.ts';

/** What the entries say, and whether they keep the rules of the books. */
export interface Books {
  add(index: number, entry: Entry): void;
  /** An entry follows that cannot be read, or many. */
  gap(): void;
  /** @param missing entries at the beginning that are gone */
  end(missing: number): BooksReport;
}

export interface BooksReport {
  /** Entries by event. */
  readonly events: Readonly<Partial<Record<Entry['ev'], number>>>;
  /** Jobs received and not yet closed. */
  readonly open: number;
  /** Closed jobs by reason. */
  readonly why: Readonly<Partial<Record<CloseReason, number>>>;
  /** Of the jobs that their own run closed. */
  readonly held?: Distribution;
  /** Of those that a later run closed: the time that the machine was off is in it. */
  readonly heldOverCrash?: Distribution;
  /** UTC milliseconds of the first and the last entry. */
  readonly from?: number;
  readonly to?: number;
  /** Sweeps that found something, purges that failed, drills that failed: told truly, and still worth a question. */
  readonly troubles: Readonly<Record<'sweepsWithFinds' | 'purgesFailed' | 'drillsFailed', number>>;
}

/** @param keys verifier keys of the ledger as text, newest last */
export function createBooks(keys: readonly string[], find: Find): Books {
  const events: Partial<Record<Entry['ev'], number>> = {};
  const why: Partial<Record<CloseReason, number>> = {};
  const troubles = { sweepsWithFinds: 0, purgesFailed: 0, drillsFailed: 0 };
  const held = createHolding();
  const heldOverCrash = createHolding();
  let from: number | undefined;
  let to: number | undefined;

  const balance = balanceInvariant(find, (entry, crash) => (crash ? heldOverCrash : held).add(entry.held_ms));
  let gone = 0;
  const invariants: readonly Invariant[] = [
    runsInvariant(find),
    balance,
    sweepsInvariant(find),
    rotationInvariant(keys, find),
    pruningInvariant(find, () => gone),
  ];

  return {
    add(index, entry) {
      for (const invariant of invariants) invariant.see(index, entry);
      events[entry.ev] = (events[entry.ev] ?? 0) + 1;
      if (entry.ev === 'job.closed') why[entry.why] = (why[entry.why] ?? 0) + 1;
      if (entry.ev === 'sweep.ran' && entry.found > 0) troubles.sweepsWithFinds += 1;
      if (entry.ev === 'purge.failed') troubles.purgesFailed += 1;
      if (entry.ev === 'drill.ran' && !entry.ok) troubles.drillsFailed += 1;
      from ??= entry.at;
      to = entry.at;
    },
    gap() {
      for (const invariant of invariants) invariant.gap();
    },
    end(missing) {
      gone = missing;
      for (const invariant of invariants) invariant.end();
      const summary = held.summary();
      const overCrash = heldOverCrash.summary();
      return {
        events,
        open: balance.open,
        why,
        ...(summary && { held: summary }),
        ...(overCrash && { heldOverCrash: overCrash }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        troubles,
      };
    },
  };
}
