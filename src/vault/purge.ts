import { ownerOf } from './format.ts';
import type { Role, Vault } from './vault.ts';

/** An artifact that a purge has met. It is gone once a purge of its job has resolved. */
export interface Purged {
  /** Its id in the vault. */
  readonly name: string;
  readonly role: Role;
  readonly bytes: number;
}

/**
 * Destroys everything of one job, driven by the listing and not by what anybody remembers.
 * @param met gets what is found, by name, before any of it is destroyed: what an attempt destroys before it fails stands in no later listing, and
 *   the books must know it all the same
 * @param role only artifacts of this role; all where it is left out
 * @throws VaultError `not-destroyed`, after all others were tried
 */
export async function purge(vault: Vault, job: string, met: Map<string, Purged>, role?: Role): Promise<void> {
  let fault: unknown;
  for (const { name, bytes } of await vault.list()) {
    const owner = ownerOf(name);
    if (owner === undefined || owner.job !== job || (role !== undefined && owner.role !== role)) continue;
    // A thing that could not be looked at has no size; an earlier look may have seen it.
    met.set(name, { name, role: owner.role, bytes: Math.max(bytes, met.get(name)?.bytes ?? 0) });
    await vault.destroy(name).catch((error: unknown) => {
      fault = error;
    });
  }
  if (fault !== undefined) throw fault;
}
