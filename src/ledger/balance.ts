import type { Recorded } from './ledger.ts';

/** A received entry that nothing has closed yet. */
export interface OpenJob {
  readonly job: string;
  /** UTC milliseconds of `job.received`. */
  readonly since: number;
}

/** Jobs received and not closed, in the order they came. */
export async function openJobs(entries: AsyncIterable<Recorded>): Promise<readonly OpenJob[]> {
  const open = new Map<string, OpenJob>();
  for await (const { entry } of entries) {
    if (entry.ev === 'job.received') open.set(entry.job, { job: entry.job, since: entry.at });
    if (entry.ev === 'job.closed') open.delete(entry.job);
  }
  return [...open.values()];
}
