import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBooks } from '../../src/build.ts';
import type { Entry } from '../../src/ledger/entry.ts';
import { openFolderStore } from '../../src/ledger/folder-store.ts';
import { createMemoryKeys } from '../../src/ledger/keys.ts';
import { openLedger } from '../../src/ledger/tile-ledger.ts';
import { lockFolder } from '../../src/supervisor/lock.ts';
import { received } from '../contract/ledger.ts';
import { fakeClock } from '../kit/clock.ts';
import { bootEntry, closedAs } from '../kit/entries.ts';

const main = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/main.cjs');
const day = 86_400_000;

describe('the review of a ledger', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mayfly-review-'));
  const clock = fakeClock();
  const jobs = Array.from({ length: 150 }, () => randomUUID());
  const written: Entry[] = [];
  beforeAll(async () => {
    const store = await openFolderStore(join(dir, 'ledger'), join(dir, 'last-signed'));
    const books = await openLedger({ store, keys: createMemoryKeys('test/ledger'), boot: randomUUID(), clock });
    // From the last days of October to the end of December 2026, two photos and a sweep a day.
    clock.step(Date.UTC(2026, 9, 29, 12) - clock.wall());
    written.push((await books.append(bootEntry())).entry);
    for (const [i, job] of jobs.entries()) {
      const done = closedAs(job, { why: i % 5 === 0 ? 'refused' : 'done', held_ms: 100 + i });
      const sweep = { ev: 'sweep.ran', seen: 0, found: 0, destroyed: 0, failed: 0 } as const;
      const events = [received(job), done, ...(i % 2 === 0 ? [sweep] : [])];
      for (const event of events) written.push((await books.append(event)).entry);
      clock.advance(day / 2);
    }
    await books.close();
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  function mayfly(...args: readonly string[]) {
    const env = { PATH: process.env.PATH, MAYFLY_DATA_DIR: dir };
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'ledger', ...args], { env, encoding: 'utf8' });
    return { status, stdout, stderr };
  }
  const november = written.filter.bind(written, ({ at }) => at >= Date.UTC(2026, 10, 1) && at < Date.UTC(2026, 11, 1));

  it('counts a month, and nothing beside it', () => {
    const { status, stdout, stderr } = mayfly('report', '--from', '2026-11', '--to', '2026-11', '--json');
    expect([status, stderr]).toEqual([0, '']);
    const report = JSON.parse(stdout);
    const closed = november().flatMap((entry) => (entry.ev === 'job.closed' ? [entry] : []));
    const held = closed.map(({ held_ms }) => held_ms);
    expect(report).toMatchObject({
      entries: november().length,
      jobs: { received: 60, closed: 60, open: 0, why: { done: 48, refused: 12 } },
      held: { jobs: 60, shortest: Math.min(...held), longest: Math.max(...held) },
      sweeps: { ran: 30, longestGapMs: day },
      boots: { count: 0 },
    });
    expect(new Date(report.from).toISOString()).toMatch(/^2026-11-01/);
    expect(new Date(report.to).toISOString()).toMatch(/^2026-11-30/);
  });

  it('says the same in words and as CSV', () => {
    const words = mayfly('report', '--from', '2026-11', '--to', '2026-11').stdout;
    const csv = mayfly('report', '--from', '2026-11', '--to', '2026-11', '--csv').stdout;
    for (const [name, value] of [
      ['jobs received', 60],
      ['closed done', 48],
      ['held: jobs', 60],
      ['sweeps', 30],
    ] as const) {
      expect(words).toMatch(new RegExp(`^${name} +${value}$`, 'm'));
      expect(csv).toContain(`\r\n${name},${value}\r\n`);
    }
    expect(csv.startsWith('name,value\r\n')).toBe(true);
  });

  it('shows one job, one event, one day, one stretch', () => {
    const lines = (...args: readonly string[]) =>
      mayfly('show', ...args)
        .stdout.trim()
        .split('\n');
    expect(lines('--job', jobs[7] ?? '')).toHaveLength(2);
    expect(lines('--event', 'log.boot')).toEqual([expect.stringContaining('log.boot        version 0.0.0, engine none')]);
    expect(lines('--from', '2026-11-05', '--to', '2026-11-05').length).toBe(
      november().filter(({ at }) => new Date(at).getUTCDate() === 5).length,
    );
    expect(lines('--from', '1', '--to', '4').map((line) => Number.parseInt(line, 10))).toEqual([1, 2, 3]);
  });

  it('exports every entry to the byte', () => {
    const json = mayfly('export').stdout.trim().split('\n');
    expect(json.map((line) => JSON.parse(line))).toEqual(written.map((entry, index) => ({ index, entry })));
    const [head, ...rows] = mayfly('export', '--csv', '--event', 'job.closed').stdout.trim().split('\r\n');
    expect(head).toBe('index,at,event,job,why,held_ms,bytes,unlinked,darkroom,entry');
    expect(rows).toHaveLength(150);
    expect(rows[0]).toBe(
      `2,2026-10-29T12:00:00.000Z,job.closed,${jobs[0]},refused,100,0,0,none,"${JSON.stringify(sorted(written[2])).replaceAll('"', '""')}"`,
    );
  });

  it('needs no service and no lock, and a folder with a ledger', () => {
    const { status, stderr } = spawnSync(process.execPath, [main, 'ledger', 'report'], {
      env: { PATH: process.env.PATH, MAYFLY_DATA_DIR: join(dir, 'nothing') },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('no ledger here')]);
  });

  it.each([
    [[]],
    [['burn']],
    [['report', 'twice']],
    [['show', '--from', 'yesterday']],
    [['show', '--job', '7']],
    [['show', '--event', 'photo.seen']],
    [['export', '--json', '--csv']],
  ])('answers %j with exit code 2', (args) => {
    expect(mayfly(...args).status).toBe(2);
  });
});

describe('a new key for the ledger', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mayfly-rotate-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const mayfly = (...args: readonly string[]) =>
    spawnSync(process.execPath, [main, ...args], { env: { PATH: process.env.PATH, MAYFLY_DATA_DIR: dir }, encoding: 'utf8' });

  it('is signed for by the old one, so that who trusts that one needs nothing else', async () => {
    expect(mayfly('ledger', 'rotate')).toMatchObject({ status: 1, stderr: expect.stringContaining('no ledger here') });
    const books = await openBooks({ dataDir: dir, ledgerOrigin: 'mayfly.local/ledger' }, randomUUID());
    await books.append(bootEntry());
    await books.close();
    const { status, stdout } = mayfly('ledger', 'rotate');
    const [, old = '', fresh = ''] = /^old key {2}(\S+)\nnew key {2}(\S+)\n$/.exec(stdout) ?? [];
    expect([status, old, fresh]).toEqual([0, books.vkey, expect.stringMatching(/^mayfly\.local\/ledger\+/)]);
    expect(mayfly('verify', join(dir, 'ledger'), '--key', old).status).toBe(0);
    expect(mayfly('verify', join(dir, 'ledger'), '--key', fresh).status).toBe(0);
  });

  it('waits until the service that writes the books has stopped', async () => {
    const lock = await lockFolder(dir);
    expect(mayfly('ledger', 'rotate')).toMatchObject({ status: 1, stderr: expect.stringContaining('Another Mayfly') });
    await lock.release();
  });
});

/** Members in the order of canonical JSON. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
