import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ClosingPorts } from '../../src/jobs/closing.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { LedgerEvent } from '../../src/ledger/entry.ts';
import type { Vault } from '../../src/vault/vault.ts';
import { fakeClock } from '../kit/clock.ts';
import { createFaultyFiles, type FileFault, fileFaults, nameOf } from '../kit/faulty-files.ts';

/**
 * The vault over files that fail: every call of a job's way through it, every error, once and for ever. Whatever happens, the books say "closed"
 * only where a look at the folder itself finds nothing of the job, and they say it of everything that there was.
 */

const faulty = createFaultyFiles();
jest.unstable_mockModule('node:fs/promises', () => faulty.files);
const { createFolderVault } = await import('../../src/vault/folder.ts');
const { closeBooks } = await import('../../src/jobs/closing.ts');
const { sweep } = await import('../../src/vault/sweep.ts');

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

describe('the vault over files that fail', () => {
  let dir: string;
  let vault: Vault;
  const [job, bystander, boot] = [randomUUID(), randomUUID(), randomUUID()];
  const there = (of: string) => readdirSync(dir).filter((name) => name.startsWith(of));

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'mayfly-faults-'));
    vault = createFolderVault(dir);
  });
  afterEach(() => {
    faulty.heal();
    rmSync(dir, { recursive: true, force: true });
  });

  async function seal(of: string, role: 'in' | 'out', bytes = 100): Promise<{ readonly id: string; readonly key: Buffer }> {
    const sealing = await vault.seal({ job: of, role, deadline: 1, boot });
    await sealing.write(Buffer.alloc(bytes, 7));
    return sealing.finish();
  }

  /** A photo that is written in pieces, a small one, and a result, as far as it goes. Never rejects. */
  async function work(): Promise<void> {
    try {
      const photos = [await seal(job, 'in', 600_000), await seal(job, 'in')];
      for (const { id, key } of photos) await vault.open(id, key);
      await seal(job, 'out');
    } catch {
      // The job fails; its end is what counts.
    }
  }

  /** The job's end. Its entry is looked into at the moment that it is written. */
  function closing() {
    const clock = fakeClock();
    const state = { entries: [] as LedgerEvent[], lies: [] as string[], troubled: 0, attempts: 0, over: false };
    const ports: ClosingPorts = {
      vault: {
        ...vault,
        list() {
          state.attempts += 1;
          return vault.list();
        },
      },
      clock,
      troubles: new Map(),
      onTrouble: () => {
        state.troubled += 1;
      },
      ledger: {
        async append(event: LedgerEvent) {
          state.entries.push(event);
          state.lies.push(...there(job));
          return { index: 0, entry: event, text: '' };
        },
      } as unknown as ClosingPorts['ledger'],
    };
    const ended: Job = {
      ...{
        id: job,
        owner: '',
        since: 0,
        deadline: 1,
        state: 'closing',
        photos: [],
        commitments: new Map(),
        purged: new Map(),
        onBooked: [],
      },
      holder: { release: async () => undefined, leavesBy: 1 },
      disarm: () => undefined,
    };
    void closeBooks(ports, ended, 'failed').then(() => {
      state.over = true;
    });
    return { state, clock };
  }

  /** One run with one fault. */
  async function run(at: number, fault: FileFault, times: 'once' | 'for ever'): Promise<string> {
    for (const name of readdirSync(dir)) rmSync(join(dir, name));
    faulty.heal();
    await seal(bystander, 'in');
    faulty.arm(at, fault, times);
    await work();
    const made = there(job).length;
    const { state, clock } = closing();
    // It ends, or has failed twice and waits for the third try.
    while (!state.over && state.attempts < 2) {
      await settle();
      clock.advance(2000);
    }
    const stuck = !state.over && times === 'for ever';
    faulty.heal();
    while (!state.over) {
      await settle();
      clock.advance(2000);
    }
    expect(state.lies).toEqual([]);
    expect(state.troubled).toBeLessThanOrEqual(1);
    expect(there(job)).toEqual([]);
    expect(there(bystander)).toHaveLength(1);
    const [entry] = state.entries;
    expect(state.entries).toHaveLength(1);
    // One object in the books for each that stood in the folder.
    expect(entry).toMatchObject({ ev: 'job.closed', proof: { unlinked: made } });
    return stuck ? 'waits' : 'closes';
  }

  it.each(fileFaults.flatMap((fault) => [{ name: nameOf(fault), fault }]))(
    'never calls a photo deleted that is there: $name',
    async ({ fault }) => {
      const { length } = await countCalls();
      expect(length).toBeGreaterThan(30);
      const outcomes = new Set<string>();
      for (let at = 0; at < length; at++)
        for (const times of ['once', 'for ever'] as const) outcomes.add(`${times}: ${await run(at, fault, times)}`);
      // One failure is got over; a folder that cannot be read or emptied is waited for.
      expect(outcomes).toContain('once: closes');
      expect(outcomes.has('for ever: waits')).toBe(fault !== 'short');
    },
  );

  async function countCalls(): Promise<readonly string[]> {
    faulty.heal();
    await work();
    const { state } = closing();
    while (!state.over) await settle();
    return [...faulty.asked];
  }

  it('sweeps what it can, and counts what it cannot', async () => {
    for (const fault of fileFaults)
      for (const times of ['once', 'for ever'] as const)
        for (let at = 0; at < 25; at++) {
          for (const name of readdirSync(dir)) rmSync(join(dir, name));
          faulty.heal();
          for (let i = 0; i < 3; i++) await seal(job, 'in');
          faulty.arm(at, fault, times);
          const report = await sweep(vault, () => false).catch(() => undefined);
          faulty.heal();
          // Nothing is called destroyed that is there, and a list that could not be read is no empty one.
          if (report !== undefined) expect(report).toMatchObject({ seen: 3, found: 3, destroyed: 3 - report.failed });
          if (report !== undefined) expect(report.failed).toBeGreaterThanOrEqual(there(job).length);
          expect(await sweep(vault, () => false)).toMatchObject({ failed: 0 });
          expect(there(job)).toEqual([]);
        }
  });
});
