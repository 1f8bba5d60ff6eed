import type { Clock } from '../clock.ts';
import { openJobs } from '../ledger/balance.ts';
import type { LedgerEvent } from '../ledger/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { sweep } from '../vault/sweep.ts';
import type { Vault } from '../vault/vault.ts';

export class BootError extends Error {
  override readonly name = 'BootError';
}

/** What `log.boot` says of the program, the machine and the configuration. */
export type BootFacts = Omit<Extract<LedgerEvent, { ev: 'log.boot' }>, 'ev' | 'orphans' | 'open'>;

/**
 * What has to be true before the first connection is taken: the vault is empty, and every job that the last run left open is closed. The
 * keys died with that run, so what is found here is noise already; it goes all the same, and only then do the books say so.
 * @throws BootError when something in the vault cannot be destroyed; LedgerError when the books cannot be read or written
 */
export async function accountForLastRun(
  vault: Vault,
  ledger: Ledger,
  clock: Clock,
  facts: BootFacts,
): Promise<{ orphans: number; open: number }> {
  await vault.check();
  const { found, failed } = await sweep(vault, () => false);
  if (failed > 0) throw new BootError(`${failed} things in the vault cannot be destroyed`);
  const open = await openJobs(ledger.entries());
  await ledger.append({ ev: 'log.boot', ...facts, orphans: found, open: open.length });
  await Promise.all(
    open.map(({ job, since }) =>
      ledger.append({
        ev: 'job.closed',
        job,
        why: 'crash',
        held_ms: Math.max(0, clock.wall() - since),
        objects: [],
        proof: { unlinked: 0, keys: true, darkroom: 'none', receiver: { leaves_by: clock.wall() } },
      }),
    ),
  );
  return { orphans: found, open: open.length };
}
