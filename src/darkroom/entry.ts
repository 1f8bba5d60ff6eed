import type { Config } from '../config.ts';
import * as calls from '../supervisor/calls.ts';
import { ipcPort } from '../supervisor/channel.ts';
import { createLink } from '../supervisor/link.ts';
import type { Vault } from '../vault/vault.ts';
import { develop, type Kit } from './develop.ts';
import { fulfil } from './fulfil.ts';
import { rehearse } from './rehearse.ts';

/**
 * The child side: gets warm, says so, develops what it is sent. Resolves when the supervisor is gone or does not want it any more; the
 * caller exits then.
 */
export async function runDarkroom(config: Config, vault: Vault, openKit: (config: Config) => Promise<Kit>): Promise<void> {
  const orphaned = new Promise<void>((resolve) => process.once('disconnect', () => resolve()));
  const kit = await openKit(config);
  const link = createLink(ipcPort(process, 'disconnect'));
  let wanted = false;
  let rehearsal: Promise<unknown> = Promise.resolve();
  link.serve(
    calls.develop,
    async (order) => {
      wanted = true;
      await rehearsal;
      return fulfil(vault, kit, develop, order, {
        opened: () => void link.call(calls.opened, {}).catch(() => undefined),
        found: (landmarks) => void link.call(calls.found, landmarks).catch(() => undefined),
      });
    },
    ({ result }) => result.key.fill(0),
  );
  await link.call(calls.ready, {});
  rehearsal = rehearse(kit, config.rehearsalSeconds, () => wanted).catch(() => undefined);
  await orphaned;
}
