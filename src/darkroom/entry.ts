import type { Config } from '../config.ts';
import type { Finished, Order } from '../jobs/darkrooms.ts';
import * as calls from '../supervisor/calls.ts';
import { ipcPort } from '../supervisor/channel.ts';
import { createLink } from '../supervisor/link.ts';
import { vaultProblem } from '../vault/problem.ts';
import type { Vault } from '../vault/vault.ts';
import { type Develop, develop, type Kit } from './develop.ts';
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
      return fulfil(vault, kit, develop, order, () => void link.call(calls.opened, {}).catch(() => undefined));
    },
    ({ result }) => result.key.fill(0),
  );
  await link.call(calls.ready, {});
  rehearsal = rehearse(kit, () => wanted).catch(() => undefined);
  await orphaned;
}

/**
 * Open, develop, seal. Everything that was plain is overwritten, whatever happens; the key of the result is the caller's.
 * @param opened called once the sealed photos have been read
 */
export async function fulfil(vault: Vault, kit: Kit, work: Develop, order: Order, opened: () => void): Promise<Finished> {
  const photos: Buffer[] = [];
  try {
    for (const { id, key } of order.photos) {
      photos.push(await vault.open(id, key));
      key.fill(0);
    }
    opened();
    const { body, mediaType, timings, quality } = await work(kit, photos, order.task, order.job);
    const sealing = await vault.seal({ job: order.job, role: 'out', deadline: order.deadline, boot: order.boot });
    await sealing.write(body);
    body.fill(0);
    const { id, key, bytes } = await sealing.finish();
    return { result: { id, key, bytes }, mediaType, timings: { ...timings }, quality: { ...quality } };
  } catch (error) {
    throw vaultProblem(error);
  } finally {
    for (const photo of photos) photo.fill(0);
    for (const { key } of order.photos) key.fill(0);
  }
}
