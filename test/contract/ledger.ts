import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Entry, LedgerEvent } from '../../src/ledger/entry.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';

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

export async function entriesOf(ledger: Ledger): Promise<Entry[]> {
  const all: Entry[] = [];
  for await (const { entry } of ledger.entries()) all.push(entry);
  return all;
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

    it('gives back what was appended, in order, with its stamp', async () => {
      const jobs = [randomUUID(), randomUUID(), randomUUID()];
      for (const job of jobs) await under.ledger.append(received(job));
      const entries = await entriesOf(under.ledger);
      expect(entries.map((entry) => 'job' in entry && entry.job)).toEqual(jobs);
      expect(entries.map(({ seq }) => seq)).toEqual([0, 1, 2]);
      expect(entries.every((entry) => entry.v === 1 && entry.boot === boot && entry.at > 0 && entry.mono > 0)).toBe(true);
    });

    it('numbers appends that come at once without a gap', async () => {
      await Promise.all(Array.from({ length: 200 }, () => under.ledger.append(received())));
      expect((await entriesOf(under.ledger)).map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, i) => i));
    });

    it('takes no field and no event outside the schema', async () => {
      const sneaky: LedgerEvent = Object.assign(received(), { ip: '203.0.113.7' });
      await expect(under.ledger.append(sneaky)).rejects.toThrow();
      await expect(under.ledger.append({ ev: 'photo.seen' } as unknown as LedgerEvent)).rejects.toThrow();
      expect(await entriesOf(under.ledger)).toEqual([]);
    });

    it('says no to what cannot be written, never shows it, and goes on when it can write again', async () => {
      await under.ledger.append(received());
      under.breakDisk(true);
      const refused = randomUUID();
      await expect(under.ledger.append(received(refused))).rejects.toMatchObject({ fault: 'unwritable' });
      expect(under.ledger.writable).toBe(false);
      under.breakDisk(false);
      await under.ledger.append(received());
      expect(under.ledger.writable).toBe(true);
      const entries = await entriesOf(under.ledger);
      expect(entries.map(({ seq }) => seq)).toEqual([0, 1]);
      expect(JSON.stringify(entries)).not.toContain(refused);
    });
  });
}
