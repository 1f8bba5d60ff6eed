import { ownerOf } from './format.ts';
import type { Role, Vault } from './vault.ts';

export interface Destroyed {
  /** Its id in the vault. */
  readonly name: string;
  readonly role: Role;
  readonly bytes: number;
}

/**
 * Destroys everything of one job, driven by the listing and not by what anybody remembers, and looks again at the end.
 * @param role only artifacts of this role; all where it is left out
 * @throws VaultError `not-destroyed`, after all others were tried
 */
export async function purge(vault: Vault, job: string, role?: Role): Promise<readonly Destroyed[]> {
  const destroyed: Destroyed[] = [];
  let fault: unknown;
  for (const found of await vault.list()) {
    const owner = ownerOf(found.name);
    if (owner === undefined || owner.job !== job || (role !== undefined && owner.role !== role)) continue;
    try {
      await vault.destroy(found.name);
      destroyed.push({ name: found.name, role: owner.role, bytes: found.bytes });
    } catch (error) {
      fault = error;
    }
  }
  if (fault !== undefined) throw fault;
  return destroyed;
}
