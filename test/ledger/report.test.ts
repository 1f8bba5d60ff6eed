import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '../../src/ledger/entry.ts';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import { createReporter } from '../../src/ledger/report.ts';
import { received } from '../contract/ledger.ts';
import { fakeClock } from '../kit/clock.ts';
import { bootEntry, closedAs } from '../kit/entries.ts';

/** The report of a history; each event a second after the one before. */
async function reportOf(history: readonly LedgerEvent[]) {
  const clock = fakeClock();
  const ledger = createMemoryLedger(randomUUID(), clock);
  const reporter = createReporter();
  for (const event of history) {
    reporter.add((await ledger.append(event)).entry);
    clock.advance(1000);
  }
  return reporter.report();
}

const sweep = (found = 0, failed = 0): LedgerEvent => ({ ev: 'sweep.ran', seen: found, found, destroyed: found - failed, failed });

describe('the report', () => {
  it('of nothing is nothing', () => {
    expect(createReporter().report()).toEqual({
      entries: 0,
      events: {},
      jobs: { received: 0, closed: 0, open: 0, why: {}, unlinked: 0 },
      purges: { failed: 0 },
      sweeps: { ran: 0, found: 0, failed: 0, longestGapMs: 0 },
      denials: {},
      drills: { ran: 0, failed: 0, hits: 0 },
      boots: { count: 0, orphans: 0, crashed: 0, missing: [] },
      versions: [],
      notices: [],
      clockSteps: 0,
      keysRotated: 0,
      pruned: 0,
    });
  });

  it('counts jobs by their end, and how long they were held', async () => {
    const jobs = Array.from({ length: 100 }, () => randomUUID());
    const history = jobs.flatMap((job, i) => {
      const why = i < 90 ? 'done' : 'refused';
      return [
        received(job),
        closedAs(job, { why, held_ms: 100 - i, proof: { unlinked: 2, keys: true, darkroom: 'none', receiver: { leaves_by: 1 } } }),
      ];
    });
    const { jobs: counted, held, heldOverCrash } = await reportOf([...history, received()]);
    expect(counted).toEqual({ received: 101, closed: 100, open: 1, why: { done: 90, refused: 10 }, unlinked: 200 });
    expect(held).toEqual({ jobs: 100, shortest: 1, half: 50, ninety: 90, ninetyNine: 99, longest: 100 });
    expect(heldOverCrash).toBeUndefined();
  });

  it('keeps apart how long jobs were held over a crash: the machine may have been off', async () => {
    const clock = fakeClock();
    const reporter = createReporter();
    const job = randomUUID();
    const [first, second] = [createMemoryLedger(randomUUID(), clock), createMemoryLedger(randomUUID(), clock)];
    reporter.add((await first.append(received(job))).entry);
    reporter.add((await second.append(bootEntry({ open: 1, orphans: 2 }))).entry);
    reporter.add((await second.append(closedAs(job, { why: 'crash', held_ms: 86_400_000 }))).entry);
    const report = reporter.report();
    expect(report.held).toBeUndefined();
    expect(report.heldOverCrash).toMatchObject({ jobs: 1, longest: 86_400_000 });
    expect(report.boots).toEqual({ count: 1, orphans: 2, crashed: 1, missing: [] });
  });

  it('takes a job that was received before the stretch for one of the run that closed it', async () => {
    const { jobs, held, heldOverCrash } = await reportOf([closedAs(randomUUID(), { held_ms: 7 })]);
    expect(jobs).toMatchObject({ received: 0, closed: 1, open: 0 });
    expect(held).toMatchObject({ jobs: 1, shortest: 7, longest: 7 });
    expect(heldOverCrash).toBeUndefined();
  });

  it('does not count the time between two runs as one without a sweep', async () => {
    const clock = fakeClock();
    const reporter = createReporter();
    for (const pause of [500, 300]) {
      const run = createMemoryLedger(randomUUID(), clock);
      for (const event of [sweep(), sweep()]) {
        reporter.add((await run.append(event)).entry);
        clock.advance(pause);
      }
      clock.advance(60_000);
    }
    expect(reporter.report().sweeps).toEqual({ ran: 4, found: 0, failed: 0, longestGapMs: 500 });
  });

  it('sums sweeps, purges, denials, drills, boots and the rest', async () => {
    const report = await reportOf([
      bootEntry({ version: '1', notice: 'a', selfcheck: { vault: 'ok', 'no-swap': 'missing', network: 'unknown' } }),
      sweep(),
      { ev: 'access.denied', why: 'no-key', count: 7 },
      { ev: 'clock.step', step_ms: 3000 },
      sweep(3, 1),
      sweep(),
      { ev: 'access.denied', why: 'no-key', count: 2 },
      { ev: 'access.denied', why: 'wrong-role', count: 1 },
      { ev: 'purge.failed', failed: 1 },
      { ev: 'drill.ran', ok: true, processes: 4, unreadable: 0, files: 10, hits: 0 },
      { ev: 'drill.ran', ok: false, processes: 4, unreadable: 0, files: 10, hits: 2 },
      { ev: 'notice.changed', from: 'a', to: 'b' },
      { ev: 'key.rotated', from: 'log+01234567+AAAA', to: 'log+89abcdef+AAAA' },
      { ev: 'log.pruned', before: 1, entries: 256 },
      { ev: 'log.close' },
    ]);
    expect(report).toMatchObject({
      entries: 15,
      to: (report.from ?? 0) + 14_000,
      sweeps: { ran: 3, found: 3, failed: 1, longestGapMs: 3000 },
      denials: { 'no-key': 9, 'wrong-role': 1 },
      purges: { failed: 1 },
      drills: { ran: 2, failed: 1, hits: 2 },
      boots: { count: 1, missing: ['network', 'no-swap'] },
      versions: ['1'],
      notices: ['a', 'b'],
      clockSteps: 1,
      keysRotated: 1,
      pruned: 256,
      events: { 'sweep.ran': 3, 'access.denied': 3, 'log.close': 1 },
    });
  });
});
