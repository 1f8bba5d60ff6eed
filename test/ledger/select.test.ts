import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '../../src/ledger/entry.ts';
import { findJobs } from '../../src/ledger/find-jobs.ts';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import { type Selection, selectEntries } from '../../src/ledger/select.ts';
import { stretchOf } from '../../src/ledger/stretch.ts';
import { received } from '../contract/ledger.ts';
import { fakeClock } from '../kit/clock.ts';

const closed = (job: string): LedgerEvent => ({
  ev: 'job.closed',
  job,
  why: 'done',
  held_ms: 1,
  objects: [],
  proof: { unlinked: 0, keys: true, darkroom: 'none', receiver: { leaves_by: 1 } },
});

describe('a log that is read while it grows', () => {
  const clock = fakeClock();
  const ledger = createMemoryLedger(randomUUID(), clock);
  const jobs = Array.from({ length: 300 }, () => randomUUID());
  const begun = clock.wall();
  beforeAll(async () => {
    // One job a second; the last one stays open.
    for (const job of jobs) {
      await ledger.append(received(job));
      if (job !== jobs.at(-1)) await ledger.append(closed(job));
      clock.advance(1000);
    }
  });

  async function select(selection: Selection) {
    const indexes: number[] = [];
    for await (const { index } of selectEntries(ledger.reader, await stretchOf(ledger.reader), selection)) indexes.push(index);
    return indexes;
  }

  it('has all its entries, in order', async () => {
    expect(await stretchOf(ledger.reader)).toEqual({ first: 0, size: 599 });
    expect(await select({})).toEqual(Array.from({ length: 599 }, (_, i) => i));
  });

  it('is selected from by place, time, job and event, and by all of them', async () => {
    expect(await select({ from: 255, to: 258 })).toEqual([255, 256, 257]);
    expect(await select({ from: 598, to: 9999 })).toEqual([598]);
    expect(await select({ since: begun + 10_000, until: begun + 12_000 })).toEqual([20, 21, 22, 23]);
    expect(await select({ job: jobs[200] })).toEqual([400, 401]);
    expect(await select({ job: jobs[200], event: 'job.closed' })).toEqual([401]);
    expect(await select({ event: 'purge.failed' })).toEqual([]);
    expect(await select({ job: jobs[1], since: begun + 5000 })).toEqual([]);
  });

  it('tells of many jobs in one search, and of open ones that they are', async () => {
    const [first = '', last = '', nobody] = [jobs[0], jobs.at(-1), randomUUID()];
    const traces = await findJobs(ledger.reader, ledger.size, [first, last, nobody]);
    expect(traces.size).toBe(2);
    expect(traces.get(first)).toMatchObject({ received: { job: first }, closed: { index: 1 } });
    expect(traces.get(last)).toEqual({ received: expect.objectContaining({ job: last }) });
  });

  it('begins behind what was pruned, and does not know the jobs in it', async () => {
    expect(await ledger.prune(begun + 200_000)).toBe(256);
    const { first } = await stretchOf(ledger.reader);
    expect(first).toBe(256);
    expect((await select({ from: 3 }))[0]).toBe(256);
    expect((await findJobs(ledger.reader, ledger.size, [jobs[0] ?? ''])).size).toBe(0);
    // It was received before and closed behind the cut.
    expect((await findJobs(ledger.reader, ledger.size, [jobs[200] ?? ''])).get(jobs[200] ?? '')).toMatchObject({ closed: { index: 401 } });
  });

  it('is none where there is no checkpoint', async () => {
    await expect(stretchOf({ read: async () => undefined })).rejects.toMatchObject({ fault: 'damaged' });
  });
});
