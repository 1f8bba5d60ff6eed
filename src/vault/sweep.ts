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
