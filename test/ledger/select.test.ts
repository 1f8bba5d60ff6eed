import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { encodeBundle } from '../../src/ledger/bundle.ts';
import type { LedgerEvent } from '../../src/ledger/entry.ts';
import { findJobs } from '../../src/ledger/find-jobs.ts';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import { type Selection, selectEntries } from '../../src/ledger/select.ts';
import type { LedgerReader } from '../../src/ledger/store.ts';
import { stretchOf } from '../../src/ledger/stretch.ts';
import { all, received } from '../contract/ledger.ts';
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

  async function select(selection: Selection, reader: LedgerReader = ledger.reader) {
    const indexes: number[] = [];
    for await (const { index } of selectEntries(reader, await stretchOf(reader), selection)) indexes.push(index);
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

  /** The log with other bytes in one file. */
  const changed = (path: string, change: (bytes: Uint8Array) => Uint8Array | undefined) => ({
    async read(name: string) {
      const bytes = await ledger.reader.read(name);
      return name === path ? bytes && change(bytes) : bytes;
    },
  });

  it('is read no further back than to the last job that is looked for', async () => {
    const paths: string[] = [];
    const watched = {
      read(path: string) {
        paths.push(path);
        return ledger.reader.read(path);
      },
    };
    // The newest entries are one `log.pruned` and those of the last jobs.
    await findJobs(watched, ledger.size, [jobs.at(-1) ?? '']);
    expect(paths.at(-1)).toBe('tile/entries/002.p/88');
    paths.length = 0;
    await findJobs(watched, ledger.size, []);
    expect(paths).not.toContain('tile/entries/002.p/88');
  });

  it('ends for a search where a pruning has just been', async () => {
    const found = async (reader: LedgerReader) => [...(await findJobs(reader, ledger.size, [jobs[299] ?? '', jobs[200] ?? ''])).keys()];
    expect(await found(ledger.reader)).toEqual([jobs[299], jobs[200]]);
    let reads = 0;
    const once = changed('tile/entries/001', (bytes) => (reads++ === 0 ? bytes : undefined));
    expect(await found(once)).toEqual([jobs[299]]);
    await expect(
      select(
        {},
        changed('tile/entries/001', (bytes) => (reads++ % 2 === 0 ? bytes : undefined)),
      ),
    ).rejects.toMatchObject({
      fault: 'damaged',
    });
  });

  it('is taken apart only where somebody asks for it', async () => {
    // An entry that follows no schema, about the job of another.
    const damaged = changed('tile/entries/001', (bytes) =>
      Buffer.from(Buffer.from(bytes).toString('latin1').replace('"owner"', '"owned"'), 'latin1'),
    );
    const job = jobs[128];
    await expect(select({}, damaged)).rejects.toMatchObject({ fault: 'damaged' });
    await expect(select({ job }, damaged)).rejects.toMatchObject({ fault: 'damaged' });
    await expect(findJobs(damaged, ledger.size, [job ?? ''])).rejects.toMatchObject({ fault: 'damaged' });
    expect(await select({ job: jobs[200] }, damaged)).toEqual([400, 401]);
    expect(await select({ since: begun + 200_000, until: begun + 201_000 }, damaged)).toEqual([400, 401]);
    expect(await select({ until: begun }, damaged)).toEqual([]);
    expect((await select({ event: 'job.closed' }, damaged)).length).toBe(171);
    expect((await findJobs(damaged, ledger.size, [jobs[200] ?? ''])).size).toBe(1);
  });

  it('is not selected from by what only looks alike', async () => {
    const [entry] = await all(ledger.entries(400, 401));
    // A run has a UUID too, and a notice may be called as an event.
    expect(await select({ job: entry?.entry.boot })).toEqual([]);
    const reader = createMemoryLedger(randomUUID(), clock);
    await reader.append(Object.assign(received(jobs[0]), { notice: 'sweep.ran' }));
    expect(await select({ event: 'sweep.ran' }, reader.reader)).toEqual([]);
    expect(await select({ event: 'job.received' }, reader.reader)).toEqual([0]);
  });

  it('is selected from by what an entry says, however it is written', async () => {
    const late = createMemoryLedger(randomUUID(), clock);
    const { text, entry } = await late.append(received(jobs[0]));
    const { at, ...rest } = JSON.parse(text);
    const other = Buffer.from(JSON.stringify({ ...rest, at }));
    const reader = {
      read: async (path: string) => (path === 'tile/entries/000.p/1' ? Buffer.from(encodeBundle([other])) : late.reader.read(path)),
    };
    expect(await select({ since: entry.at, until: entry.at + 1 }, reader)).toEqual([0]);
    expect(await select({ since: entry.at + 1 }, reader)).toEqual([]);
    expect(await select({ until: entry.at }, reader)).toEqual([]);
  });

  it('is read on where it has outgrown its last bundle meanwhile', async () => {
    const reader = createMemoryLedger(randomUUID(), clock);
    await reader.appendAll(Array.from({ length: 100 }, () => received()));
    const stretch = await stretchOf(reader.reader);
    await reader.appendAll(Array.from({ length: 200 }, () => received()));
    await reader.close();
    expect(await reader.reader.read('tile/entries/000.p/100')).toBeUndefined();
    const indexes: number[] = [];
    for await (const { index } of selectEntries(reader.reader, stretch, {})) indexes.push(index);
    expect(indexes).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(await all(selectEntries({ read: async () => undefined }, { first: 0, size: 0 }, {}))).toEqual([]);
    await expect(all(selectEntries({ read: async () => undefined }, stretch, {}))).rejects.toMatchObject({ fault: 'damaged' });
  });

  it('is none where there is no checkpoint', async () => {
    await expect(stretchOf({ read: async () => undefined })).rejects.toMatchObject({ fault: 'damaged' });
  });
});
