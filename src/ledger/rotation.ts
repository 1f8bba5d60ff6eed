import type { LedgerKeys } from './keys.ts';
import type { Signer } from './note.ts';
import type { LedgerStore } from './store.ts';

/**
 * A new key.
 *
 * 1. The new key is made and kept beside the old one.
 * 2. `key.rotated` is committed under a checkpoint that both keys sign. This decides.
 * 3. That checkpoint is kept as `handover/<id of the old key>`: who trusts the old key learns of the new one from it, for ever.
 * 4. The new verifier key is added to `vkey`, the new key takes the place of the old one, and the old one is gone.
 *
 * A crash before 2: the new key is dropped at the next start. After 2, the last signed checkpoint bears the new key's signature, and the next
 * start does 3 and 4 again. A fault in 3 or 4: nothing is signed until they are done.
 */
export async function finishRotation(store: LedgerStore, keys: LedgerKeys, checkpoint: string, from: Signer, to: Signer): Promise<void> {
  await store.write([{ path: `handover/${from.id}`, bytes: Buffer.from(checkpoint) }]);
  await publishKey(store, to);
  await keys.promote();
}

/** `vkey`: verifier keys, one a line, newest last. */
export async function publishKey(store: LedgerStore, { vkey }: Signer): Promise<void> {
  const known = Buffer.from((await store.read('vkey')) ?? []).toString();
  if (known.endsWith(`${vkey}\n`)) return;
  await store.publish({ path: 'vkey', bytes: Buffer.from(`${known}${vkey}\n`) });
}
