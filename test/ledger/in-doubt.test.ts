import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../src/clock.ts';
import { createMemoryKeys } from '../../src/ledger/keys.ts';
import { LedgerError } from '../../src/ledger/ledger.ts';
import { createMemoryStore, emptyMemory } from '../../src/ledger/memory-store.ts';
import { openLedger } from '../../src/ledger/tile-ledger.ts';
import { received, recordedIn } from '../contract/ledger.ts';
import { promptClock } from '../kit/clock.ts';
import { deferred } from '../kit/deferred.ts';

/** A ledger of three entries over a store that can be changed while it is at work. */
async function setUp(clock: Clock = promptClock) {
  const [memory, keys] = [emptyMemory(), createMemoryKeys('test/ledger')];
  const inner = createMemoryStore(memory);
  const store = { ...inner };
  const open = () => openLedger({ store, keys, boot: randomUUID(), clock });
  const ledger = await open();
  await ledger.appendAll([received(), received(), received()]);
  const text = (path: string) => Buffer.from(memory.files.get(path) ?? []).toString();
  return { memory, inner, store, open, ledger, text };
}

const eio = () => Object.assign(new Error('EIO'), { code: 'EIO' });
const fails = () => Promise.reject(eio());
const outcome = (answer: Promise<unknown>) =>
  answer.then(
    () => 'yes',
    (error: unknown) => (error instanceof LedgerError ? error.fault : String(error)),
  );

describe('a signature of which nobody knows whether the disk has it', () => {
  it('leaves its answer open, refuses all others, and is told of when the disk says', async () => {
    const { ledger, inner, store } = await setUp();
    const asked = deferred<void>();
    let lost = true;
    store.swapLastSigned = async (expected, next) => {
      await inner.swapLastSigned(expected, next);
      if (!lost) return;
      asked.resolve();
      throw eio();
    };
    const open = ledger.append(received());
    await asked.promise;
    expect(await outcome(ledger.append(received()))).toBe('unwritable');
    expect(await outcome(ledger.appendAll([received()]))).toBe('unwritable');
    expect(await outcome(ledger.rotate())).toBe('unwritable');
    expect(await outcome(ledger.prune(0))).toBe('unwritable');
    expect(ledger.writable).toBe(false);
    lost = false;
    expect((await open).index).toBe(3);
    expect(ledger.writable).toBe(true);
    expect((await ledger.append(received())).index).toBe(4);
  });

  it('refuses what waited for its turn when the doubt began', async () => {
    const { ledger, inner, store } = await setUp();
    const [begun, asked] = [deferred<void>(), deferred<void>()];
    store.write = async (files) => {
      await begun.promise;
      await inner.write(files);
    };
    let lost = true;
    let swaps = 0;
    store.swapLastSigned = (expected, next) => {
      asked.resolve();
      if (lost) return fails();
      swaps += 1;
      return inner.swapLastSigned(expected, next);
    };
    const first = ledger.append(received());
    await new Promise(setImmediate);
    const waiting = outcome(ledger.append(received()));
    begun.resolve();
    await asked.promise;
    expect(await waiting).toBe('unwritable');
    lost = false;
    await first;
    expect((await recordedIn(ledger)).length).toBe(4);
    // Nobody is left who waits: nothing more is signed.
    await ledger.close();
    expect(swaps).toBe(1);
  });

  it('is written again and again, the same bytes, with longer and longer pauses', async () => {
    const pauses: number[] = [];
    const clock: Clock = {
      ...promptClock,
      after(ms, call) {
        pauses.push(ms);
        return promptClock.after(ms, call);
      },
    };
    const { ledger, inner, store } = await setUp(clock);
    const tries: unknown[] = [];
    store.swapLastSigned = (expected, next) => {
      tries.push([expected, next]);
      return tries.length < 10 ? fails() : inner.swapLastSigned(expected, next);
    };
    await ledger.append(received());
    expect(pauses).toEqual([50, 100, 200, 400, 800, 1600, 2000, 2000, 2000]);
    expect(new Set(tries.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('is left to the next start where the ledger is closed before', async () => {
    const { ledger, inner, store, open } = await setUp();
    store.swapLastSigned = fails;
    const answer = outcome(ledger.append(received()));
    await ledger.close();
    expect(await answer).toBe('in-doubt');
    store.swapLastSigned = inner.swapLastSigned;
    expect((await open()).size).toBe(3);
  });

  it('is left to the next start where another writer has come between', async () => {
    const { ledger, memory, inner, store } = await setUp();
    let swaps = 0;
    store.swapLastSigned = (expected, next) => (swaps++ === 0 ? fails() : inner.swapLastSigned(expected, next));
    memory.lastSigned = 'signed by another';
    expect(await outcome(ledger.append(received()))).toBe('in-doubt');
    expect(await outcome(ledger.append(received()))).toBe('unwritable');
    expect([swaps, memory.lastSigned]).toEqual([2, 'signed by another']);
  });
});

describe('what is signed', () => {
  it('is put on the disk once more by the next start, since the last one may have left it in memory alone', async () => {
    const { ledger, inner, store, open } = await setUp();
    const swaps: unknown[] = [];
    store.swapLastSigned = (expected, next) => {
      swaps.push([expected, next]);
      return inner.swapLastSigned(expected, next);
    };
    await open();
    expect(swaps).toEqual([[ledger.checkpoint, ledger.checkpoint]]);
  });

  it('is in the books though it cannot be shown, and is shown before anything else is signed', async () => {
    const { ledger, memory, inner, store, text } = await setUp();
    const shown = text('checkpoint');
    store.publish = fails;
    expect((await ledger.append(received())).index).toBe(3);
    // The answer does not wait for it to be shown.
    await new Promise(setImmediate);
    expect([ledger.size, ledger.writable, text('checkpoint')]).toEqual([4, false, shown]);
    expect(await outcome(ledger.append(received()))).toBe('unwritable');
    expect(memory.lastSigned).toBe(ledger.checkpoint);
    const published: string[] = [];
    store.publish = async (file) => {
      published.push(Buffer.from(file.bytes).toString());
      await inner.publish(file);
    };
    const signed = ledger.checkpoint;
    expect((await ledger.append(received())).index).toBe(4);
    expect(published).toEqual([signed, ledger.checkpoint]);
    expect(ledger.writable).toBe(true);
  });

  it('is in the books though the partial tiles that it replaces cannot be removed', async () => {
    const { ledger, memory, inner, store } = await setUp();
    store.remove = fails;
    await ledger.appendAll(Array.from({ length: 260 }, () => received()));
    await ledger.append(received());
    expect([ledger.size, ledger.writable, memory.files.has('tile/0/000.p/3')]).toEqual([264, true, true]);
    store.remove = inner.remove;
    await ledger.close();
  });
});

describe('what a commit that failed has written', () => {
  it('is removed at once, or before anything else is written', async () => {
    const { ledger, memory, inner, store } = await setUp();
    const before = [...memory.files.keys()].sort();
    store.write = async (files) => {
      await inner.write(files.slice(0, 1));
      throw eio();
    };
    expect(await outcome(ledger.append(received()))).toBe('unwritable');
    expect([...memory.files.keys()].sort()).toEqual(before);

    store.remove = fails;
    expect(await outcome(ledger.append(received()))).toBe('unwritable');
    expect([...memory.files.keys()].sort()).not.toEqual(before);
    store.write = inner.write;
    expect(await outcome(ledger.append(received()))).toBe('unwritable');
    store.remove = inner.remove;
    const left: string[] = [];
    store.write = async (files) => {
      left.push(...[...memory.files.keys()].filter((path) => !before.includes(path)));
      await inner.write(files);
    };
    await ledger.append(received());
    expect(left).toEqual([]);
    expect(ledger.size).toBe(4);
  });
});
