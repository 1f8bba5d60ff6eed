import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { folderSource } from '../../src/verify/folder.ts';
import { verifyLedger } from '../../src/verify/ledger.ts';
import { nodeCrypto } from '../../src/verify/node-crypto.ts';
import { received } from '../contract/ledger.ts';
import { entriesIn } from '../kit/books.ts';
import { promptClock } from '../kit/clock.ts';
import { createFaultyFiles, type FileFault, fileFaults, nameOf } from '../kit/faulty-files.ts';

/**
 * The tile log in a folder, over files that fail: every call, every error, once and for ever; faults.test.ts does the same to the store as a whole.
 * Who was told yes is in the books, who was told no is not and never will be, and the independent checker finds one tree.
 */

const faulty = createFaultyFiles();
jest.unstable_mockModule('node:fs/promises', () => faulty.files);
const { openFolderStore } = await import('../../src/ledger/folder-store.ts');
const { createKeyFiles } = await import('../../src/ledger/key-files.ts');
const { openLedger } = await import('../../src/ledger/tile-ledger.ts');

interface Told {
  readonly yes: string[];
  readonly no: string[];
}

describe('the tile log over files that fail', () => {
  // In memory where the system has such a place: there are thousands of syncs.
  const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mayfly-faults-'));
  const base = join(root, 'base');
  /** A new one for each run: a run that was given up may still be at work in its own. */
  let dir = root;
  let runs = 0;
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  async function open(at: string): Promise<Ledger> {
    const store = await openFolderStore(join(at, 'ledger'), join(at, 'last-signed'));
    const opened = openLedger({
      store,
      keys: createKeyFiles(join(at, 'ledger-key'), 'test/ledger'),
      boot: randomUUID(),
      clock: promptClock,
    });
    return opened.catch(async (error: unknown) => {
      await store.close();
      throw error;
    });
  }

  /** Two short of the end of a tile. */
  beforeAll(async () => {
    const ledger = await open(base);
    await ledger.appendAll(Array.from({ length: 254 }, () => received(randomUUID())));
    await ledger.close();
  });

  /** One day of a log that ends in another tile; gives up an answer that does not come while the fault lasts. */
  async function live(told: Told): Promise<'open' | 'shut'> {
    const ledger = await open(dir).catch(() => undefined);
    if (ledger === undefined) return 'shut';
    for (const count of [1, 3]) {
      const jobs = Array.from({ length: count }, () => randomUUID());
      const answer = ledger.appendAll(jobs.map(received)).then(
        () => void told.yes.push(...jobs),
        (error: { readonly fault?: string }) => {
          expect(['unwritable', 'in-doubt', 'closed']).toContain(error.fault);
          if (error.fault !== 'in-doubt') told.no.push(...jobs);
        },
      );
      const asked = faulty.asked.length;
      let waiting = true;
      void answer.then(() => {
        waiting = false;
      });
      // A swap that is repeated asks for the same thing over and over.
      while (waiting && faulty.asked.length < asked + 100) await new Promise((resolve) => setImmediate(resolve));
      if (waiting) {
        await ledger.close().catch(() => undefined);
        await answer;
        return 'open';
      }
    }
    await ledger.close().catch(() => undefined);
    return 'open';
  }

  async function run(at: number, fault: FileFault, times: 'once' | 'for ever'): Promise<Told & { readonly started: boolean }> {
    dir = join(root, String(++runs));
    cpSync(base, dir, { recursive: true });
    const told: Told = { yes: [], no: [] };
    faulty.arm(at, fault, times);
    const started = (await live(told)) === 'open';
    faulty.heal();

    const after = await open(dir);
    await after.append({ ev: 'log.close' });
    await after.close();
    const jobs = new Set(entriesIn(dir).flatMap((entry) => (entry.ev === 'job.received' ? [entry.job] : [])));
    expect(jobs.size).toBeGreaterThanOrEqual(254);
    expect(told.yes.filter((job) => !jobs.has(job))).toEqual([]);
    expect(told.no.filter((job) => jobs.has(job))).toEqual([]);
    const { violations } = await verifyLedger(folderSource(join(dir, 'ledger')), { crypto: nodeCrypto });
    // The entries of this test are no books of a service; the tree is what counts.
    expect(violations.filter(({ rule }) => ['keys', 'checkpoint', 'tree', 'rollback', 'fork', 'entry'].includes(rule))).toEqual([]);
    return { ...told, started };
  }

  // The room looks at ENOENT alone, so that EIO stands for the others; of those, every fourth call.
  const kinds = fileFaults.flatMap((fault) => {
    const stands = fault === 'short' || fault.code === 'EIO';
    return stands || !fault.done ? [{ name: nameOf(fault), fault, step: stands ? 1 : 4 }] : [];
  });

  async function callsOfADay(): Promise<number> {
    dir = join(root, String(++runs));
    cpSync(base, dir, { recursive: true });
    faulty.heal();
    await live({ yes: [], no: [] });
    return faulty.asked.length;
  }

  it.each(kinds)('holds every yes and no no: $name', async ({ fault, step }) => {
    const calls = await callsOfADay();
    expect(calls).toBeGreaterThan(50);
    let refused = 0;
    for (let at = 0; at < calls; at += step) {
      const once = await run(at, fault, 'once');
      // One failure costs one append at most.
      if (once.started) expect(once.yes.length).toBeGreaterThan(0);
      refused += once.no.length;
      if (at % 2 === 0) refused += (await run(at, fault, 'for ever')).no.length;
    }
    // Half a write is gone on with, even if every one is.
    expect(refused > 0).toBe(fault !== 'short');
  });
});
