import { ipcPort } from '../../src/supervisor/channel.ts';
import { prepareCanary, search, sendCanary } from '../../src/supervisor/check-calls.ts';
import { createLink } from '../../src/supervisor/link.ts';

/** A process of a drill that sends nothing and looks nowhere: it answers what its arguments say, and shows its parent what it was asked. */
const [status = '200', job = '', found = '[]', unreadable = '0'] = process.argv.slice(2);
process.once('disconnect', () => process.exit(0));
const link = createLink(ipcPort(process, 'disconnect'));
const statuses = status.split(',').map(Number);
link.serve(prepareCanary, async () => ({}));
link.serve(sendCanary, async () => ({ status: statuses.shift() ?? 0, ...(job !== '' && { job }) }));
link.serve(search, async (order) => {
  process.send?.({ asked: order.subjects.map(({ kind, memory }) => ({ kind, memory })) });
  return { unreadable: Number(unreadable), files: 7, found: JSON.parse(found) };
});
