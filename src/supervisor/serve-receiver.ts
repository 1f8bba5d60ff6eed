import type { Desk } from '../jobs/desk.ts';
import type { Holder } from '../jobs/job.ts';
import type { Metrics } from '../observe/metrics.ts';
import * as calls from './calls.ts';
import type { Link } from './link.ts';

/** The supervisor's answers to one receiver. */
export function serveReceiver(link: Link, holder: Holder, desk: Desk, reasons: () => readonly string[], metrics: Metrics): void {
  link.serve(calls.status, async () => ({ ready: reasons().length === 0, reasons: [...reasons()] }));
  link.serve(calls.admit, ({ key }) => desk.admit(holder, key));
  link.serve(
    calls.submit,
    async ({ job, photos, commitmentKey, task }) => {
      const done = await desk.submit(job, photos, commitmentKey, task);
      const { decode, faces, effect, encode } = done.timings;
      metrics.steps({ wait: done.wait, decode, faces, effect, encode });
      return done;
    },
    ({ result }) => result.key.fill(0),
  );
  link.serve(calls.close, async ({ job, why, commitments }) => {
    await desk.close(job, why, commitments);
    return {};
  });
}
