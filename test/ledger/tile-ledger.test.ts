import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/ledger/canonical.ts';
import { type LedgerEvent, parseEntry } from '../../src/ledger/entry.ts';
import { createMemoryKeys } from '../../src/ledger/keys.ts';
import { createMemoryStore, emptyMemory } from '../../src/ledger/memory-store.ts';
import { openNote, parseVerifier } from '../../src/ledger/note.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';
import { openLedger } from '../../src/ledger/tile-ledger.ts';
import { all, opened, received, recordedIn } from '../contract/ledger.ts';
import { fakeClock } from '../kit/clock.ts';
import { consistencyHolds, inclusionHolds, leafOf } from '../kit/naive-tree.ts';

async function setUp({ clock = fakeClock(), change = (store: LedgerStore): LedgerStore => store } = {}) {
  const [memory, keys] = [emptyMemory(), createMemoryKeys('test/ledger')];
  const store = change(createMemoryStore(memory));
  const open = () => openLedger({ store, keys, boot: randomUUID(), clock });
  const text = (path: string) => Buffer.from(memory.files.get(path) ?? []).toString();
  return { memory, keys, clock, open, text, ledger: await open() };
}

const many = (count: number) => Array.from({ length: count }, () => received());

describe('group commit', () => {
  it('takes all that comes while one commit is under way into the next', async () => {
    let swaps = 0;
    const { ledger } = await setUp({
      change: (store) => ({
        ...store,
        swapLastSigned(expected, next) {
          swaps += 1;
          return store.swapLastSigned(expected, next);
        },
      }),
    });
    swaps = 0;
    const first = ledger.append(received());
    await new Promise(setImmediate);
    expect(await ledger.appendAll([])).toEqual([]);
    await Promise.all([first, ...many(100).map((event) => ledger.append(event))]);
    expect(swaps).toBeLessThanOrEqual(2);
    expect(ledger.size).toBe(101);
    // Nothing is signed for nothing.
    const before = swaps;
    await ledger.appendAll([]);
    await ledger.close();
    expect(swaps).toBe(before);
  });

  it('takes an entry as long as fits into a bundle with its stamp, and none that is longer', async () => {
    const { ledger } = await setUp();
    const long = (outs: number, name = 1): LedgerEvent =>
      Object.assign(received(), { roles: [...Array(12_000).fill('in'), ...Array(outs).fill('out')], notice: 'n'.repeat(name) });
    // Each takes six bytes; the notice has the rest.
    const room = 65_535 - 256 - canonicalJson(long(0)).length;
    const [outs, rest] = [Math.floor(room / 6), room % 6];
    expect(canonicalJson(long(outs, 1 + rest))).toHaveLength(65_535 - 256);
    const { text } = await ledger.append(long(outs, 1 + rest));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_535);
    await expect(ledger.append(long(outs, 2 + rest))).rejects.toThrow(RangeError);
    expect((await recordedIn(ledger)).length).toBe(1);
  });

  it('is done with when the ledger is closed', async () => {
    const done: string[] = [];
    const { ledger } = await setUp({
      change: (store) => ({
        ...store,
        async write(files) {
          await new Promise(setImmediate);
          await store.write(files);
          done.push('write');
        },
        async remove(paths) {
          await new Promise(setImmediate);
          await store.remove(paths);
          if (paths.length > 0) done.push('remove');
        },
        async close() {
          done.push('close');
        },
      }),
    });
    await ledger.appendAll(many(253));
    done.length = 0;
    const answers = [ledger.append(received()), ledger.append(received())];
    await new Promise(setImmediate);
    answers.push(ledger.append(received()));
    await ledger.close();
    // The third one fills a tile, and the partial ones are not needed any more.
    expect(done).toEqual(['write', 'write', 'remove', 'close']);
    expect((await Promise.all(answers)).map(({ index }) => index)).toEqual([253, 254, 255]);
    await expect(ledger.prune(0)).rejects.toMatchObject({ fault: 'closed' });
    await expect(ledger.rotate()).rejects.toMatchObject({ fault: 'closed' });
    await expect(ledger.appendAll([])).rejects.toMatchObject({ fault: 'closed' });
  });

  it('stamps what is committed together with one time, and numbers it on', async () => {
    const { ledger, clock } = await setUp();
    await ledger.append(received());
    clock.advance(5);
    const [a, b] = await Promise.all([ledger.append(received()), ledger.append(received())]);
    expect([a?.entry.seq, b?.entry.seq]).toEqual([1, 2]);
    expect(a?.entry.at).toBe(b?.entry.at);
  });

  it('writes as much for the millionth entry as for any other: the right edge, and reads nothing', async () => {
    const files: number[] = [];
    let reads = 0;
    const { ledger } = await setUp({
      change: (store) => ({
        ...store,
        read(path) {
          reads += 1;
          return store.read(path);
        },
        write(written) {
          files.push(written.length);
          return store.write(written);
        },
      }),
    });
    await ledger.appendAll(many(5000));
    [files.length, reads] = [0, 0];
    for (const event of many(300)) await ledger.append(event);
    expect(Math.max(...files)).toBeLessThanOrEqual(4);
    expect(reads).toBe(0);
  });

  it('keeps partial tiles only until the full one is there', async () => {
    const { ledger, memory } = await setUp();
    for (const event of many(260)) await ledger.append(event);
    await ledger.close();
    const partial = [...memory.files.keys()].filter((path) => path.includes('.p/'));
    expect(partial.filter((path) => path.startsWith('tile/0/000.p') || path.startsWith('tile/entries/000.p'))).toEqual([]);
    // "Logs MUST serve partial tiles corresponding to tree sizes for which a checkpoint was produced."
    for (const width of [1, 2, 3, 4])
      expect(partial).toEqual(expect.arrayContaining([`tile/0/001.p/${width}`, `tile/entries/001.p/${width}`]));
  });
});

describe('a new key', () => {
  it('is named by an entry that the old key signs last, and signs from then on', async () => {
    const { ledger, text, open, keys } = await setUp();
    await ledger.append(received());
    const old = ledger.vkey;
    const rotated = await ledger.rotate();
    expect(rotated.from).toBe(old);
    expect(rotated.to).not.toBe(old);
    expect(ledger.vkey).toBe(rotated.to);
    expect(text('vkey')).toBe(`${rotated.from}\n${rotated.to}\n`);
    const [last] = (await recordedIn(ledger)).slice(-1);
    expect(last?.entry).toMatchObject({ ev: 'key.rotated', ...rotated });

    await ledger.append(received());
    expect(() => opened(ledger.checkpoint, old)).toThrow('No known key');
    expect(opened(ledger.checkpoint, rotated.to).size).toBe(3);
    expect((await keys.current())?.vkey).toBe(rotated.to);
    await ledger.close();
    expect((await open()).size).toBe(3);
  });

  it('can be learnt of by who knows the old one alone', async () => {
    const { ledger, text } = await setUp();
    await ledger.appendAll(many(300));
    const { from, to } = await ledger.rotate();
    await ledger.appendAll(many(300));
    const handover = opened(text(`handover/${parseVerifier(from).id}`), from);
    expect(handover.size).toBe(301);
    const now = opened(ledger.checkpoint, to);
    const hashes = await ledger.consistency(handover.size, now.size);
    expect(consistencyHolds(handover.size, now.size, hashes, handover.root, now.root)).toBe(true);
    const [entry] = await all(ledger.entries(300, 301));
    const proof = await ledger.proof(300);
    expect(inclusionHolds(leafOf(Buffer.from(entry?.text ?? '')), 300, now.size, proof.hashes, now.root)).toBe(true);
    expect(parseEntry(JSON.parse(entry?.text ?? ''))).toMatchObject({ ev: 'key.rotated', from, to });
  });

  it('can follow a new key, and appends that wait are not lost between', async () => {
    const { ledger, text } = await setUp();
    const waiting = many(50).map((event) => ledger.append(event));
    const first = ledger.rotate();
    const later = many(50).map((event) => ledger.append(event));
    const [{ to }, second] = await Promise.all([first, ledger.rotate()]);
    await Promise.all([...waiting, ...later]);
    expect(second.from).toBe(to);
    expect(text('vkey').trimEnd().split('\n')).toHaveLength(3);
    expect(ledger.size).toBe(102);
    expect(openNote(ledger.checkpoint, [parseVerifier(second.to)])).toContain('\n102\n');
  });
});

describe('pruning', () => {
  const day = 24 * 3600 * 1000;

  async function aged() {
    const parts = await setUp();
    for (let i = 0; i < 3; i++) {
      await parts.ledger.appendAll(many(256));
      parts.clock.advance(day);
    }
    return { ...parts, start: parts.clock.wall() - 3 * day };
  }

  it('drops whole bundles that are older, books it first, and keeps every proof', async () => {
    const { ledger, memory, start, open } = await aged();
    const old = ledger.checkpoint;
    const proof = await ledger.proof(5);
    expect(await ledger.prune(start + day + 1)).toBe(512);
    expect([...memory.files.keys()].filter((path) => path.startsWith('tile/entries/')).sort()).toEqual([
      'tile/entries/002',
      'tile/entries/003.p/1',
    ]);
    const found = await recordedIn(ledger);
    expect(found.map(({ index }) => index)).toEqual(Array.from({ length: 257 }, (_, i) => 512 + i));
    expect(found.at(-1)?.entry).toMatchObject({ ev: 'log.pruned', before: start + day + 1, entries: 512 });
    expect((await all(ledger.newestFirst())).length).toBe(257);

    const [before, now] = [opened(old, ledger.vkey), opened(ledger.checkpoint, ledger.vkey)];
    const hashes = await ledger.consistency(before.size, now.size);
    expect(consistencyHolds(before.size, now.size, hashes, before.root, now.root)).toBe(true);
    expect((await ledger.proof(5)).hashes.slice(0, 8)).toEqual(proof.hashes.slice(0, 8));
    await ledger.close();
    expect((await recordedIn(await open())).length).toBe(257);
  });

  it('does and books nothing where nothing is older', async () => {
    const { ledger, start } = await aged();
    expect(await ledger.prune(start)).toBe(0);
    expect(ledger.size).toBe(768);
    expect(await ledger.prune(start + 1)).toBe(256);
    expect(await ledger.prune(start + 1)).toBe(0);
    expect(ledger.size).toBe(769);
  });

  it('drops every bundle that is full, with what is left of it from when it was not', async () => {
    const { ledger, memory, start } = await aged();
    memory.files.set('tile/entries/001.p/7', new Uint8Array());
    memory.files.set('tile/entries/003.p/7', new Uint8Array());
    expect(await ledger.prune(start + 3 * day)).toBe(768);
    expect([...memory.files.keys()].filter((path) => path.startsWith('tile/entries/')).sort()).toEqual([
      'tile/entries/003.p/1',
      'tile/entries/003.p/7',
    ]);
  });

  it('is done once where it is asked for twice', async () => {
    const { ledger, start } = await aged();
    expect(await Promise.all([ledger.prune(start + day + 1), ledger.prune(start + day + 1)])).toEqual([512, 0]);
    expect(ledger.size).toBe(769);
  });

  it('that fails half-way leaves what is still there to be read, and to the next one', async () => {
    let broken = false;
    const parts = await setUp({
      change: (store) => ({
        ...store,
        async remove(paths) {
          await store.remove(broken ? paths.slice(0, 2) : paths);
          if (broken) throw new Error('EIO');
        },
      }),
    });
    await parts.ledger.appendAll(many(600));
    broken = true;
    await expect(parts.ledger.prune(parts.clock.wall() + 1)).rejects.toThrow('EIO');
    expect((await recordedIn(parts.ledger))[0]?.index).toBe(256);
    broken = false;
    expect(await parts.ledger.prune(parts.clock.wall() + 1)).toBe(256);
    const said = (await recordedIn(parts.ledger)).flatMap(({ entry }) => (entry.ev === 'log.pruned' ? [entry.entries] : []));
    expect(said).toEqual([512, 512]);
  });

  it('never drops a bundle that may still grow', async () => {
    const { ledger } = await setUp();
    await ledger.appendAll(many(255));
    expect(await ledger.prune(Number.MAX_SAFE_INTEGER)).toBe(0);
    expect((await recordedIn(ledger)).length).toBe(255);
  });

  it('stops at an entry from a clock that stood in the future', async () => {
    const { ledger, clock } = await setUp();
    clock.step(365 * day);
    await ledger.append(received());
    clock.step(-365 * day);
    await ledger.appendAll(many(600));
    expect(await ledger.prune(clock.wall() + day)).toBe(0);
  });

  it('counts from the beginning, so that the newest log.pruned says it all', async () => {
    const { ledger, start } = await aged();
    await ledger.prune(start + 1);
    await ledger.prune(start + day + 1);
    const said = (await recordedIn(ledger)).flatMap(({ entry }) => (entry.ev === 'log.pruned' ? [entry.entries] : []));
    expect(said).toEqual([256, 512]);
  });

  it('does not disturb who reads meanwhile, and a hole is no pruning', async () => {
    const { ledger, memory, start } = await aged();
    const reading = ledger.entries();
    const iterator = reading[Symbol.asyncIterator]();
    expect((await iterator.next()).value?.index).toBe(0);
    await ledger.prune(start + day + 1);
    const rest: number[] = [];
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) rest.push(next.value.index);
    // The bundle that was begun, and those that are kept.
    expect(rest).toEqual([...Array.from({ length: 255 }, (_, i) => i + 1), ...Array.from({ length: 256 }, (_, i) => i + 512)]);
    memory.files.delete('tile/entries/002');
    await expect(recordedIn(ledger)).rejects.toMatchObject({ fault: 'damaged' });
    await expect(all(ledger.newestFirst())).rejects.toMatchObject({ fault: 'damaged' });
  });
});
