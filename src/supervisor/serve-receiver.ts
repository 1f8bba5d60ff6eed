import type { Desk } from '../jobs/front.ts';
import type { Holder } from '../jobs/job.ts';
import type { Receipts } from '../jobs/receipts.ts';
import type { Metrics } from '../observe/metrics.ts';
import * as calls from './calls.ts';
import type { Link } from './link.ts';
import type { Tally } from './tally.ts';

/** What it answers from. */
export interface Served {
  readonly desk: Desk;
  readonly receipts: Receipts;
  readonly tally: Tally;
  readonly metrics: Metrics;
  readonly reasons: () => readonly string[];
}

/** The supervisor's answers to one receiver. */
export function serveReceiver(link: Link, holder: Holder, { desk, receipts, tally, metrics, reasons }: Served): void {
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
  link.serve(
    calls.receipt,
    async ({ job, ...asker }) => {
      const answer = await receipts.get(job, asker);
      if (typeof answer === 'string') return { state: answer };
      const { proof } = answer;
      return { ...answer, state: 'closed' as const, proof: { ...proof, hashes: [...proof.hashes] } };
    },
    (answer) => {
      if (answer.state === 'closed') answer.commitmentKey?.fill(0);
    },
  );
  link.serve(calls.denied, async (counts) => {
    tally.add(counts);
    return {};
  });
}
