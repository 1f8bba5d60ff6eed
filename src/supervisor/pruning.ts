import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../observe/log.ts';

const dayMs = 24 * 3600 * 1000;

export interface PruningOptions {
  readonly ledger: Pick<Ledger, 'prune'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Days that the notice says an entry is kept. */
  readonly days: number;
}

/**
 * Keeps what the notice says of the ledger: at the start and once a day, entries that are older go. The ledger books it itself. What cannot be
 * pruned today is tried again tomorrow.
 */
export function startPruning({ ledger, clock, log, days }: PruningOptions): { stop(): void } {
  let disarm = () => {};
  let stopped = false;

  async function prune(): Promise<void> {
    try {
      const destroyed = await ledger.prune(clock.wall() - days * dayMs);
      if (destroyed > 0) log.write('info', 'ledger.pruned', { destroyed });
    } catch {
      if (!stopped) log.write('error', 'ledger.unpruned');
    }
    if (!stopped) disarm = clock.after(dayMs, () => void prune());
  }

  void prune();
  return {
    stop() {
      stopped = true;
      disarm();
    },
  };
}
