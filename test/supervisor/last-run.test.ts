import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import { readLastRun } from '../../src/supervisor/last-run.ts';
import { received } from '../contract/ledger.ts';
import { fakeClock } from '../kit/clock.ts';
import { bootEntry, closedAs } from '../kit/entries.ts';

describe('the last run', () => {
  const ledger = () => createMemoryLedger(randomUUID(), fakeClock());

  it('left nothing where there was none', async () => {
    expect(await readLastRun(ledger().newestFirst())).toEqual({ open: [], notice: undefined });
  });

  it('left what it received and did not close, in the order it came', async () => {
    const books = ledger();
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
    await books.append(bootEntry({ notice: 'older' }));
    await books.append(bootEntry({ notice: 'newer' }));
    for (const job of [a, b, c]) await books.append(received(job));
    await books.append(closedAs(b));
    expect(await readLastRun(books.newestFirst())).toMatchObject({ open: [{ job: a }, { job: c }], notice: 'newer' });
  });

  it('is read no further back than its boot: what is older was closed with it', async () => {
    const books = ledger();
    await books.append(received());
    await books.append(bootEntry());
    let read = 0;
    async function* counted() {
      for await (const each of books.newestFirst()) {
        read += 1;
        yield each;
      }
    }
    expect((await readLastRun(counted())).open).toEqual([]);
    expect(read).toBe(1);
  });
});
