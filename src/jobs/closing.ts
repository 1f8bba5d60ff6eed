import { type Clock, sleep } from '../clock.ts';
import type { ClosedObject, CloseReason } from '../ledger/entry.ts';
import type { Ledger, Recorded } from '../ledger/ledger.ts';
import { purge } from '../vault/purge.ts';
import type { Vault } from '../vault/vault.ts';
import type { Job } from './job.ts';

/** What stands between a job and its `job.closed`, by job id, so that readiness and the operator can see it. */
export type Troubles = Map<string, 'purge' | 'ledger'>;

export interface ClosingPorts {
  readonly vault: Vault;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly troubles: Troubles;
  /** Told once for each job that cannot be purged or booked at the first try. */
  readonly onTrouble: (job: string, trouble: 'purge' | 'ledger') => void;
}

/**
 * The one end of every job: destroy, check, close the books. It does not give up: while something cannot be destroyed or written, it tries
 * again, and the service is unready meanwhile.
 * @returns the job's `job.closed`
 */
export async function closeBooks(ports: ClosingPorts, job: Job, why: CloseReason): Promise<Recorded> {
  const { vault, ledger, clock, troubles } = ports;

  // First everyone who holds a key or writes to the vault lets go: nothing can appear behind the purge.
  await job.holder.release(job.id);
  const darkroom = (await job.run?.ended) ?? 'none';
  for (const photo of job.photos) photo.key.fill(0);
  // Nothing of an earlier purge is under way any more when the books say that all is gone.
  await job.purging;

  await persist('purge', () => purge(vault, job.id, job.purged));
  return persist('ledger', () =>
    ledger.append({
      ev: 'job.closed',
      job: job.id,
      why,
      held_ms: clock.mono() - job.since,
      objects: objectsOf(job),
      proof: { unlinked: job.purged.size, keys: true, darkroom, receiver: { leaves_by: job.holder.leavesBy } },
    }),
  );

  async function persist<T>(trouble: 'purge' | 'ledger', attempt: () => Promise<T>): Promise<T> {
    for (let pause = 50; ; pause = Math.min(2 * pause, 2000)) {
      try {
        const outcome = await attempt();
        troubles.delete(job.id);
        return outcome;
      } catch {
        if (troubles.get(job.id) !== trouble) ports.onTrouble(job.id, trouble);
        troubles.set(job.id, trouble);
        await sleep(clock, pause);
      }
    }
  }
}

/** All that there was of a job: what stood in the vault, and the landmarks that a darkroom held. What was never whole has no commitment. */
function objectsOf({ purged, commitments, run }: Job): ClosedObject[] {
  const artifacts = [...purged.values()].map(({ name, role, bytes }): ClosedObject => {
    const commitment = commitments.get(name);
    return commitment === undefined ? { role, bytes } : { role, bytes, commitment };
  });
  return [...artifacts, ...(run?.landmarks ?? []).map((found): ClosedObject => ({ role: 'landmarks', ...found }))];
}
