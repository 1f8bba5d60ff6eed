import type { Ticket } from '../jobs/job.ts';
import type { Vault } from '../vault/vault.ts';
import { type Held, holdJob } from './held.ts';

/** All jobs of this receiver, so that the supervisor can have one released by its id. */
export interface Holds {
  hold(ticket: Ticket): Held;
  /** Releasing what is not held is done at once. */
  release(job: string): Promise<void>;
  /** Resolves when nothing is held. */
  idle(): Promise<void>;
}

export function createHolds(vault: Vault): Holds {
  const held = new Map<string, Held>();
  let waiting: (() => void)[] = [];
  return {
    hold(ticket) {
      const hold = holdJob(vault, ticket);
      held.set(ticket.job, hold);
      return hold;
    },
    async release(job) {
      await held.get(job)?.release();
      held.delete(job);
      if (held.size > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    idle: () => (held.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
