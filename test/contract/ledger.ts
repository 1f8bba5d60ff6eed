import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/ledger/canonical.ts';
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import type { Entry, LedgerEvent } from '../../src/ledger/entry.ts';
import type { Ledger, Recorded } from '../../src/ledger/ledger.ts';
import { openNote, parseVerifier } from '../../src/ledger/note.ts';
import { consistencyHolds, inclusionHolds, leafOf, rootOfLeaves } from '../kit/naive-tree.ts';

export interface LedgerUnderTest {
  readonly ledger: Ledger;
  /** From now on writing fails, or works again. */
  breakDisk(broken: boolean): void;
  dispose(): Promise<void>;
}

export const received = (job: string = randomUUID()): LedgerEvent => ({
  ev: 'job.received',
  job,
  owner: '0123456789abcdef',
  roles: ['in'],
  deadline: 30_000,
  notice: 'n',
});

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export const recordedIn = (ledger: Ledger): Promise<Recorded[]> => all(ledger.entries());

export async function entriesOf(ledger: Ledger): Promise<Entry[]> {
  return (await recordedIn(ledger)).map(({ entry }) => entry);
}

/** What a checkpoint says, once its signature has been checked. */
export function opened(checkpoint: string, vkey: string) {
  const parsed = parseCheckpoint(openNote(checkpoint, [parseVerifier(vkey)]));
  if (parsed === undefined) throw new Error('Expected a checkpoint');
  return parsed;
}

/** What all books have to keep. */
export function ledgerContract(name: string, make: (boot: string) => Promise<LedgerUnderTest>): void {
  describe(`${name} keeps the contract of the books`, () => {
    const boot = randomUUID();
    let under: LedgerUnderTest;
    beforeEach(async () => {
      under = await make(boot);
    });
    afterEach(() => under.dispose());

    it('gives back what was appended, in order, with its stamp and its text', async () => {
      const jobs = [randomUUID(), randomUUID(), randomUUID()];
      const given: Recorded[] = [];
      for (const job of jobs) given.push(await under.ledger.append(received(job)));
      const found = await recordedIn(under.ledger);
      expect(found).toEqual(given);
      expect(found.map(({ index }) => index)).toEqual([0, 1, 2]);
      expect(found.map(({ entry }) => 'job' in entry && entry.job)).toEqual(jobs);
      expect(found.map(({ entry }) => entry.seq)).toEqual([0, 1, 2]);
      expect(found.every(({ entry }) => entry.v === 1 && entry.boot === boot && entry.at > 0 && entry.mono > 0)).toBe(true);
      expect(found.map(({ text }) => text)).toEqual(found.map(({ entry }) => canonicalJson(entry)));
    });

    it('numbers appends that come at once without a gap', async () => {
      await Promise.all(Array.from({ length: 300 }, () => under.ledger.append(received())));
      expect((await entriesOf(under.ledger)).map(({ seq }) => seq)).toEqual(Array.from({ length: 300 }, (_, i) => i));
      expect(under.ledger.size).toBe(300);
    });

    it('keeps together what is appended together', async () => {
      const group = [received(), received(), { ev: 'log.close' } as const];
      const [, recorded] = await Promise.all([
        under.ledger.append(received()),
        under.ledger.appendAll(group),
        under.ledger.append(received()),
      ]);
      expect(recorded.map(({ index }) => index)).toEqual([1, 2, 3]);
      expect((await entriesOf(under.ledger)).map(({ ev }) => ev)[3]).toBe('log.close');
      expect(await under.ledger.appendAll([])).toEqual([]);
      expect(under.ledger.size).toBe(5);
    });

    it('takes all of a group or none', async () => {
      const wrong = { ev: 'photo.seen' } as unknown as LedgerEvent;
      await expect(under.ledger.appendAll([received(), wrong])).rejects.toThrow();
      expect(await entriesOf(under.ledger)).toEqual([]);
    });

    it('gives any part of the log, and all of it backwards', async () => {
      const recorded = await under.ledger.appendAll(Array.from({ length: 600 }, () => received()));
      expect(await all(under.ledger.entries(250, 520))).toEqual(recorded.slice(250, 520));
      expect(await all(under.ledger.entries(599))).toEqual(recorded.slice(599));
      expect(await all(under.ledger.entries(600))).toEqual([]);
      expect(await all(under.ledger.newestFirst())).toEqual([...recorded].reverse());
    });

    it('takes no field and no event outside the schema', async () => {
      const sneaky: LedgerEvent = Object.assign(received(), { ip: '203.0.113.7' });
      await expect(under.ledger.append(sneaky)).rejects.toThrow();
      await expect(under.ledger.append({ ev: 'photo.seen' } as unknown as LedgerEvent)).rejects.toThrow();
      expect(await entriesOf(under.ledger)).toEqual([]);
    });

    it('takes no entry that is too long for the format, and those beside it all the same', async () => {
      const roles = Array.from({ length: 20_000 }, () => 'in' as const);
      const long: LedgerEvent = Object.assign(received(), { roles });
      const [refused, taken] = await Promise.allSettled([under.ledger.append(long), under.ledger.append(received())]);
      expect([refused.status, taken.status]).toEqual(['rejected', 'fulfilled']);
    });

    it('says no to what cannot be written, never shows it, and goes on when it can write again', async () => {
      await under.ledger.append(received());
      under.breakDisk(true);
      const refused = randomUUID();
      await expect(under.ledger.append(received(refused))).rejects.toMatchObject({ fault: 'unwritable' });
      await expect(under.ledger.appendAll([received(refused), received(refused)])).rejects.toMatchObject({ fault: 'unwritable' });
      expect(under.ledger.writable).toBe(false);
      under.breakDisk(false);
      await under.ledger.append(received());
      expect(under.ledger.writable).toBe(true);
      const entries = await entriesOf(under.ledger);
      expect(entries.map(({ seq }) => seq)).toEqual([0, 1]);
      expect(JSON.stringify(entries)).not.toContain(refused);
    });

    it('has each entry under the newest checkpoint as soon as it says so, and can prove it', async () => {
      const leaves: Uint8Array[] = [];
      for (let i = 0; i < 20; i++) {
        const { index, text } = await under.ledger.append(received());
        leaves.push(leafOf(Buffer.from(text)));
        const { size, root } = opened(under.ledger.checkpoint, under.ledger.vkey);
        expect({ size, root: Buffer.from(root) }).toEqual({ size: i + 1, root: Buffer.from(rootOfLeaves(leaves)) });
        const proof = await under.ledger.proof(index);
        expect(proof).toMatchObject({ index, checkpoint: under.ledger.checkpoint });
        expect(inclusionHolds(leafOf(Buffer.from(text)), index, size, proof.hashes, root)).toBe(true);
      }
      for (let from = 0; from <= 20; from++) {
        const hashes = await under.ledger.consistency(from, 20);
        expect(consistencyHolds(from, 20, hashes, rootOfLeaves(leaves.slice(0, from)), rootOfLeaves(leaves))).toBe(true);
      }
      await expect(under.ledger.proof(20)).rejects.toThrow(RangeError);
      await expect(under.ledger.consistency(3, 21)).rejects.toThrow(RangeError);
      await expect(under.ledger.consistency(4, 3)).rejects.toThrow(RangeError);
    });

    it('takes nothing once it is closed', async () => {
      await under.ledger.close();
      await expect(under.ledger.append(received())).rejects.toMatchObject({ fault: 'closed' });
    });
  });
}
