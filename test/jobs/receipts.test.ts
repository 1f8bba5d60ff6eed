import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createReceipts } from '../../src/jobs/receipts.ts';
import type { LedgerReader } from '../../src/ledger/store.ts';
import { type Bench, bench, commitmentKey, settle, task } from './fakes.ts';

const ana = { app: 'ana', auditor: false };
const bob = { app: 'bob', auditor: false };
const auditor = { auditor: true };

function setUp(memory?: number) {
  const b = bench({ places: 100, darkrooms: 100 });
  let bundles = 0;
  const reader: LedgerReader = {
    read(path) {
      if (path.startsWith('tile/entries/')) bundles += 1;
      return b.ledger.reader.read(path);
    },
  };
  const make = () => createReceipts({ desk: b.desk, ledger: b.ledger, reader, clock: b.clock, keyMs: 300_000, ...(memory && { memory }) });
  const receipts = make();
  b.onClosed(receipts.keep);
  return { b, receipts, afterRestart: make, bundles: () => bundles };
}

/** A job of Ana's from upload to its end. */
async function closedJob(b: Bench): Promise<string> {
  const ticket = await b.desk.admit(b.holder, 'ana');
  const photo = await b.upload(ticket);
  const result = b.desk.submit(ticket.job, [photo], commitmentKey(), task);
  await settle();
  await b.darkrooms.runs.at(-1)?.finish();
  await result;
  await b.desk.close(ticket.job, 'done');
  return ticket.job;
}

describe('a receipt', () => {
  it('is the entry with its proof, and the key of the commitments once, for the app that sent the photo', async () => {
    const { b, receipts } = setUp();
    const job = await closedJob(b);
    const first = await receipts.get(job, ana);
    expect(first).toMatchObject({
      entry: expect.stringContaining(job),
      proof: { index: 1 },
      vkey: b.ledger.vkey,
      commitmentKey: commitmentKey(),
    });
    const second = await receipts.get(job, ana);
    expect(second).toMatchObject({ proof: { index: 1 } });
    expect(second).not.toHaveProperty('commitmentKey');
    expect(b.closed[0]?.commitmentKey?.every((byte) => byte === 0)).toBe(true);
  });

  it('goes to two who ask at once, and its key to one of them', async () => {
    const { b, receipts } = setUp();
    const job = await closedJob(b);
    const both = await Promise.all([receipts.get(job, ana), receipts.get(job, ana)]);
    expect(both.filter((each) => typeof each === 'object' && each.commitmentKey !== undefined)).toHaveLength(1);
  });

  it('is unknown to another app, and an auditor gets it without the key, which waits for its app', async () => {
    const { b, receipts } = setUp();
    const job = await closedJob(b);
    expect(await receipts.get(job, bob)).toBe('unknown');
    expect(await receipts.get(job, auditor)).not.toHaveProperty('commitmentKey');
    expect(await receipts.get(job, ana)).toHaveProperty('commitmentKey');
  });

  it('has a key for five minutes; then it is overwritten', async () => {
    const { b, receipts } = setUp();
    const job = await closedJob(b);
    b.clock.advance(299_999);
    expect(b.closed[0]?.commitmentKey).toEqual(commitmentKey());
    b.clock.advance(1);
    expect(b.closed[0]?.commitmentKey?.every((byte) => byte === 0)).toBe(true);
    expect(await receipts.get(job, ana)).not.toHaveProperty('commitmentKey');
  });

  it('has no key after the service was shut', async () => {
    const { b, receipts } = setUp();
    await closedJob(b);
    receipts.shut();
    expect(b.closed[0]?.commitmentKey?.every((byte) => byte === 0)).toBe(true);
  });

  it('is waited for while the job is being closed, and not for ever', async () => {
    const { b, receipts } = setUp();
    const ticket = await b.desk.admit(b.holder, 'ana');
    expect(await receipts.get(ticket.job, bob)).toBe('unknown');
    const early = receipts.get(ticket.job, ana);
    await b.desk.close(ticket.job, 'aborted');
    expect(await early).toMatchObject({ entry: expect.stringContaining('"why":"aborted"') });

    const stuck = await b.desk.admit(b.holder, 'ana');
    const late = receipts.get(stuck.job, ana);
    b.clock.advance(2000);
    expect(await late).toBe('open');
  });

  it('is found in the books after a restart, by the same key', async () => {
    const { b, afterRestart } = setUp();
    const job = await closedJob(b);
    for (let i = 0; i < 20; i++) await closedJob(b);
    const receipts = afterRestart();
    expect(await receipts.get(job, ana)).toMatchObject({ entry: expect.stringContaining(job), proof: { index: 1 } });
    expect(await receipts.get(job, bob)).toBe('unknown');
    expect(await receipts.get(randomUUID(), auditor)).toBe('unknown');
  });

  it('is still found when more jobs were closed than are known by heart; their keys are gone', async () => {
    const { b, receipts } = setUp(2);
    const job = await closedJob(b);
    await closedJob(b);
    await closedJob(b);
    expect(b.closed.map(({ commitmentKey: key }) => key?.some((byte) => byte !== 0))).toEqual([false, true, true]);
    expect(await receipts.get(job, ana)).not.toHaveProperty('commitmentKey');
    expect(await receipts.get(job, ana)).toMatchObject({ proof: { index: 1 } });
  });

  it('that a hundred ask for at once costs two searches', async () => {
    const { b, afterRestart, bundles } = setUp();
    for (let i = 0; i < 3; i++) await closedJob(b);
    const receipts = afterRestart();
    await Promise.all(Array.from({ length: 100 }, () => receipts.get(randomUUID(), ana)));
    expect(bundles()).toBeLessThanOrEqual(2);
  });
});
