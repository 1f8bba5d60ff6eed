import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createMemoryKeys } from '../../src/ledger/keys.ts';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import { received } from '../contract/ledger.ts';
import { fakeClock } from '../kit/clock.ts';

describe('books in memory', () => {
  it('are there at once: empty, and ready to be written to', async () => {
    const ledger = createMemoryLedger(randomUUID(), fakeClock());
    expect(ledger).toMatchObject({ writable: true, size: 0, checkpoint: '', vkey: '', all: [] });
    const recorded = [await ledger.append(received()), ...(await ledger.appendAll([received(), received()]))];
    expect(ledger.all).toEqual(recorded.map(({ entry }) => entry));
    expect(ledger.vkey).toMatch(/^memory\+/);
    expect(ledger.checkpoint).toMatch(/^memory\n3\n/);
    const { from, to } = await ledger.rotate();
    expect([from === to, ledger.vkey]).toEqual([false, to]);
  });
});

describe('keys in memory', () => {
  it('are put in force one after the other', async () => {
    const keys = createMemoryKeys('test/ledger');
    await keys.promote();
    expect(await keys.current()).toBeUndefined();
    const first = await keys.prepare();
    expect([await keys.current(), await keys.pending()]).toEqual([undefined, first]);
    await keys.promote();
    expect([await keys.current(), await keys.pending()]).toEqual([first, undefined]);
    await keys.prepare();
    await keys.discard();
    await keys.promote();
    expect([await keys.current(), await keys.pending()]).toEqual([first, undefined]);
  });
});
