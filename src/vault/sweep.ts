import { ownerOf } from './format.ts';
import type { Found, Vault } from './vault.ts';

/** What one sweep saw. `found` counts what should not have been there. */
export interface SweepReport {
  readonly seen: number;
  readonly found: number;
  readonly destroyed: number;
  readonly failed: number;
}

/**
 * One round of the safety sweep: destroys what nobody may want any more and goes on where something cannot be destroyed.
 * @param wanted says of one thing whether its job is open and its deadline not over
 */
export async function sweep(vault: Vault, wanted: (found: Found) => boolean): Promise<SweepReport> {
  const all = await vault.list();
  const found = all.filter((one) => !wanted(one));
  let failed = 0;
  for (const { name } of found) {
    await vault.destroy(name).catch(() => {
      failed += 1;
    });
  }
  return { seen: all.length, found: found.length, destroyed: found.length - failed, failed };
}

/**
 * Whether a thing belongs to an open job of this run. One that is just being made has no header yet; its name says whose it is.
 * @param boot the run
 * @param open whether a job is open and may still want its artifacts
 */
export function belongsTo({ name, label }: Found, boot: string, open: (job: string) => boolean): boolean {
  if (label !== undefined) return label.boot === boot && open(label.job);
  const owner = ownerOf(name);
  return owner !== undefined && open(owner.job);
}
