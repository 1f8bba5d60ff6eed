import type { Config } from '../config.ts';
import { ipcPort } from '../supervisor/channel.ts';
import { prepareCanary, search, sendCanary } from '../supervisor/check-calls.ts';
import { createLink } from '../supervisor/link.ts';
import { marksOf } from './marks.ts';

/**
 * The two processes of a drill: one draws and sends a canary, the other one looks for it. Neither is used twice, and the supervisor ends both: the
 * first holds the canary, the second has seen the memory of others.
 */
export async function runDrill(config: Config): Promise<void> {
  const orphaned = new Promise<void>((resolve) => process.once('disconnect', () => resolve()));
  const link = createLink(ipcPort(process, 'disconnect'));
  let canary: Buffer | undefined;
  link.serve(prepareCanary, async ({ seed }) => {
    const { drawCanary } = await import('./sender.ts');
    canary = await drawCanary(config.templatesDir, marksOf(seed));
    return {};
  });
  link.serve(sendCanary, async (order) => {
    const { send } = await import('./sender.ts');
    if (canary === undefined) throw new Error('Expected a canary to be drawn first');
    return send(config.templatesDir, canary, order);
  });
  link.serve(search, async (order) => (await import('./searcher.ts')).searchFor(marksOf(order.seed), order));
  await orphaned;
}
