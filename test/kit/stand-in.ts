import * as calls from '../../src/supervisor/calls.ts';
import { ipcPort } from '../../src/supervisor/channel.ts';
import { createLink } from '../../src/supervisor/link.ts';

/**
 * A darkroom process without an engine, for tests of the pool: it does what the template of its order says. Started with an argument it
 * misbehaves before that: `deaf` never gets warm, `stillborn` dies at once.
 */
const [mode] = process.argv.slice(2);
if (mode === 'stillborn') process.exit(3);
process.once('disconnect', () => process.exit(0));
if (mode === 'deaf') setInterval(() => undefined, 1000);
else {
  const link = createLink(ipcPort(process, 'disconnect'));
  const hoard: Buffer[] = [];
  link.serve(calls.develop, async ({ task, photos: [photo] }) => {
    const what = task.kind === 'effect' ? task.template : '';
    if (what === 'exit') process.exit(9);
    if (what === 'segfault') process.kill(process.pid, 'SIGSEGV');
    if (what === 'hang') for (;;);
    if (what === 'wait') await new Promise(() => undefined);
    if (what === 'hoard')
      for (;;) {
        hoard.push(Buffer.alloc(16 << 20, 1));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    const id = photo?.id ?? '';
    return {
      result: { id, key: Buffer.alloc(32, 1), bytes: process.pid, commitment: '0'.repeat(64) },
      mediaType: 'image/jpeg',
      timings: { decode: 0, faces: 0, effect: 0, encode: 0 },
      quality: {},
    };
  });
  await link.call(calls.ready, {});
}
