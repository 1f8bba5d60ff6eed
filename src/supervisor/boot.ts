import type { Clock } from '../clock.ts';
import type { ClosedObject, EntryOf, LedgerEvent } from '../ledger/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { ownerOf } from '../vault/format.ts';
import { sweep } from '../vault/sweep.ts';
import type { Found, Vault } from '../vault/vault.ts';
import { readLastRun } from './last-run.ts';

export class BootError extends Error {
  override readonly name = 'BootError';
}

/** What `log.boot` says of the program, the machine and the configuration. */
export type BootFacts = Omit<Extract<LedgerEvent, { ev: 'log.boot' }>, 'ev' | 'orphans' | 'open'>;

/**
 * What has to be true before the first connection is taken: the vault is empty, and every job that the last run left open is closed. The
 * keys died with that run, so what is found here is noise already; it goes all the same, and only then do the books say so, in one commit: a start
 * that dies on the way has either said nothing or closed everything.
 * @throws BootError when something in the vault cannot be destroyed; LedgerError when the books cannot be read or written
 */
export async function accountForLastRun(
  vault: Vault,
  ledger: Ledger,
  clock: Clock,
  facts: BootFacts,
): Promise<{ orphans: number; open: number }> {
  await vault.check();
  const left = await vault.list();
  const { found, failed } = await sweep(vault, () => false);
  if (failed > 0) throw new BootError(`${failed} things in the vault cannot be destroyed`);
  const { open, notice } = await readLastRun(ledger.newestFirst());
  const changed = notice !== undefined && notice !== facts.notice;
  await ledger.appendAll([
    { ev: 'log.boot', ...facts, orphans: found, open: open.length },
    ...open.map((received) => closing(received, left, clock.wall())),
    ...(changed ? [{ ev: 'notice.changed', from: notice, to: facts.notice } as const] : []),
  ]);
  return { orphans: found, open: open.length };
}

/** The end of a job whose run died: its objects are those that were found, and no process of that run is left. */
function closing({ job, at }: EntryOf<'job.received'>, left: readonly Found[], now: number): LedgerEvent {
  const objects = left.flatMap(({ name, bytes }): ClosedObject[] => {
    const owner = ownerOf(name);
    return owner?.job === job ? [{ role: owner.role, bytes }] : [];
  });
  const proof = { unlinked: objects.length, keys: true, darkroom: 'none', receiver: { leaves_by: now } } as const;
  return { ev: 'job.closed', job, why: 'crash', held_ms: Math.max(0, now - at), objects, proof };
}
