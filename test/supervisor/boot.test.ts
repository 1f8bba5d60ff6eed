import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import { accountForLastRun, type BootFacts } from '../../src/supervisor/boot.ts';
import { createMemoryVault } from '../../src/vault/memory.ts';
import { received } from '../contract/ledger.ts';
import { fakeClock } from '../kit/clock.ts';

const facts: BootFacts = {
  version: '0.0.0',
  build: 'b'.repeat(64),
  models: 'd'.repeat(64),
  engine: 'none',
  isolation: 'photo',
  notice: 'n',
  sweep_ms: 10_000,
  selfcheck: { vault: 'ok' },
};

describe('a start', () => {
  it('destroys what it finds, then closes what the last run left open', async () => {
    const clock = fakeClock();
    const files = new Map([['left-over', Buffer.from('noise')]]);
    const ledger = createMemoryLedger(randomUUID(), clock);
    const job = randomUUID();
    await ledger.append(received(job));
    clock.advance(5000);
    expect(await accountForLastRun(createMemoryVault(files), ledger, clock, facts)).toEqual({ orphans: 1, open: 1 });
    expect(files.size).toBe(0);
    expect(ledger.all.slice(1)).toMatchObject([
      { ev: 'log.boot', orphans: 1, open: 1, ...facts },
      { ev: 'job.closed', job, why: 'crash', held_ms: 5000 },
    ]);
    expect(await accountForLastRun(createMemoryVault(files), ledger, clock, facts)).toEqual({ orphans: 0, open: 0 });
  });

  it('does not happen while something cannot be destroyed: no job is closed that may still be there', async () => {
    const clock = fakeClock();
    const ledger = createMemoryLedger(randomUUID(), clock);
    await ledger.append(received());
    const inner = createMemoryVault(new Map([['stuck', Buffer.from('x')]]));
    const vault = { ...inner, destroy: () => Promise.reject(new Error('EBUSY')) };
    await expect(accountForLastRun(vault, ledger, clock, facts)).rejects.toThrow('cannot be destroyed');
    expect(ledger.all.map(({ ev }) => ev)).toEqual(['job.received']);
  });

  it('does not happen without books', async () => {
    const clock = fakeClock();
    await expect(
      accountForLastRun(
        createMemoryVault(),
        createMemoryLedger(randomUUID(), clock, () => true),
        clock,
        facts,
      ),
    ).rejects.toMatchObject({ fault: 'unwritable' });
  });
});
