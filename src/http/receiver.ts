import { once } from 'node:events';
import { withGuests } from '../auth/guests.ts';
import { systemClock } from '../clock.ts';
import { createHolds } from '../intake/holds.ts';
import * as calls from '../supervisor/calls.ts';
import { ipcPort } from '../supervisor/channel.ts';
import { lendKey } from '../supervisor/check-calls.ts';
import { createLink } from '../supervisor/link.ts';
import { createApp } from './app.ts';
import { createDenials } from './denials.ts';
import type { Door } from './door.ts';
import { rehearse } from './rehearse.ts';
import { createHttpServer } from './server.ts';

/**
 * One receiver's life: listens, serves, and when told to drain takes no more connections and ends with its last request. Resolves when the
 * process may exit.
 */
export async function runReceiver(parts: Omit<Door, 'supervisor' | 'holds' | 'denials'>): Promise<void> {
  const { config, vault } = parts;
  const supervisor = createLink(ipcPort(process, 'disconnect'));
  const holds = createHolds(vault);
  const denials = createDenials((counts) => supervisor.call(calls.denied, counts));
  const keys = withGuests(parts.keys, systemClock);
  const app = createApp({ ...parts, keys, supervisor, holds, denials });
  const server = createHttpServer(app, config.jobSeconds * 1000);

  supervisor.serve(calls.release, async ({ job }) => {
    await holds.release(job);
    return {};
  });
  supervisor.serve(lendKey, async ({ digest }) => {
    keys.lend(digest);
    return {};
  });
  const drained = new Promise<void>((resolve) => {
    supervisor.serve(calls.drain, async () => {
      // Answers that go out from now on close their connections; idle ones are closed here.
      server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
      server.close(() => resolve());
      return {};
    });
  });
  // What fails here fails for a photo too, and is told then.
  await rehearse(parts).catch(() => undefined);
  server.listen(config.port, config.host);
  await once(server, 'listening');
  await drained;
  // The last answer is out, but its job may still be closing.
  await holds.idle();
  await denials.flush();
}
