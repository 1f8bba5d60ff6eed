import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import { accountForLastRun } from '../../src/supervisor/boot.ts';
import { createMemoryVault } from '../../src/vault/memory.ts';
import { received } from '../contract/ledger.ts';
import { fakeClock } from '../kit/clock.ts';
import { bootFacts } from '../kit/entries.ts';

describe('a start', () => {
  it('destroys what it finds, then closes what the last run left open', async () => {
    const clock = fakeClock();
    const files = new Map([['left-over', Buffer.from('noise')]]);
    const ledger = createMemoryLedger(randomUUID(), clock);
    const job = randomUUID();
    const vault = createMemoryVault(files);
    const sealing = await vault.seal({ job, role: 'in', deadline: 1, boot: randomUUID() });
    await sealing.write(Buffer.from('a photo'));
    await sealing.finish();
    await ledger.append(received(job));
    clock.advance(5000);
    expect(await accountForLastRun(vault, ledger, clock, bootFacts)).toEqual({ orphans: 2, open: 1 });
    expect(files.size).toBe(0);
    expect(ledger.all.slice(1)).toMatchObject([
      { ev: 'log.boot', orphans: 2, open: 1, ...bootFacts },
      { ev: 'job.closed', job, why: 'crash', held_ms: 5000, objects: [{ role: 'in', bytes: 7 }], proof: { unlinked: 1 } },
    ]);
    expect(await accountForLastRun(vault, ledger, clock, bootFacts)).toEqual({ orphans: 0, open: 0 });
  });

  it('books a notice that has changed since the last start, and no other', async () => {
    const clock = fakeClock();
    const ledger = createMemoryLedger(randomUUID(), clock);
    await accountForLastRun(createMemoryVault(), ledger, clock, { ...bootFacts, notice: 'first' });
    await accountForLastRun(createMemoryVault(), ledger, clock, { ...bootFacts, notice: 'first' });
    const job = randomUUID();
    await ledger.append(received(job));
    await accountForLastRun(createMemoryVault(), ledger, clock, { ...bootFacts, notice: 'second' });
    // Behind the closings: nothing may come between them and the start that accounts for them.
    expect(ledger.all.slice(3)).toMatchObject([
      { ev: 'log.boot', notice: 'second' },
      { ev: 'job.closed', job },
      { ev: 'notice.changed', from: 'first', to: 'second' },
    ]);
    expect(ledger.all.filter(({ ev }) => ev === 'notice.changed')).toHaveLength(1);
  });

  it('does not happen while something cannot be destroyed: no job is closed that may still be there', async () => {
    const clock = fakeClock();
    const ledger = createMemoryLedger(randomUUID(), clock);
    await ledger.append(received());
    const inner = createMemoryVault(new Map([['stuck', Buffer.from('x')]]));
    const vault = { ...inner, destroy: () => Promise.reject(new Error('EBUSY')) };
    await expect(accountForLastRun(vault, ledger, clock, bootFacts)).rejects.toThrow('cannot be destroyed');
    expect(ledger.all.map(({ ev }) => ev)).toEqual(['job.received']);
  });

  it('does not happen without books', async () => {
    const clock = fakeClock();
    const ledger = createMemoryLedger(randomUUID(), clock, () => true);
    await expect(accountForLastRun(createMemoryVault(), ledger, clock, bootFacts)).rejects.toMatchObject({ fault: 'unwritable' });
  });
});
