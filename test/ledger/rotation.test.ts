import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createMemoryKeys } from '../../src/ledger/keys.ts';
import { createMemoryStore, emptyMemory } from '../../src/ledger/memory-store.ts';
import { openNote, parseVerifier } from '../../src/ledger/note.ts';
import { openLedger } from '../../src/ledger/tile-ledger.ts';
import { received, recordedIn } from '../contract/ledger.ts';
import { promptClock } from '../kit/clock.ts';

/** A ledger of two entries over a store and keys that can be changed while it is at work. */
async function setUp() {
  const memory = emptyMemory();
  const [inner, innerKeys] = [createMemoryStore(memory), createMemoryKeys('test/ledger')];
  const [store, keys] = [{ ...inner }, { ...innerKeys }];
  const open = () => openLedger({ store, keys, boot: randomUUID(), clock: promptClock });
  const ledger = await open();
  await ledger.appendAll([received(), received()]);
  const text = (path: string) => Buffer.from(memory.files.get(path) ?? []).toString();
  return { memory, inner, innerKeys, store, keys, open, ledger, text };
}

const fails = () => Promise.reject(new Error('EIO'));
const signs = (note: string, ...vkeys: readonly string[]) => vkeys.map((vkey) => openNote(note, [parseVerifier(vkey)]));
const doesNotSign = (note: string, vkey: string) => expect(() => openNote(note, [parseVerifier(vkey)])).toThrow('No known key');
const idOf = (vkey: string) => parseVerifier(vkey).id;

type Parts = Awaited<ReturnType<typeof setUp>>;

/** What holds once a rotation is done: both keys have signed the handover, and the new one alone what comes. */
async function expectRotated({ text, innerKeys, memory }: Parts, from: string, to: string): Promise<void> {
  expect(text('vkey')).toBe(`${from}\n${to}\n`);
  const [handover = '', again] = signs(text(`handover/${idOf(from)}`), from, to);
  expect(handover).toMatch(/^test\/ledger\n3\n/);
  expect(again).toBe(handover);
  expect((await innerKeys.current())?.vkey).toBe(to);
  expect(await innerKeys.pending()).toBeUndefined();
  expect(memory.files.has(`handover/${idOf(to)}`)).toBe(false);
}

describe('a rotation', () => {
  it('is done when it says so', async () => {
    const parts = await setUp();
    const { from, to } = await parts.ledger.rotate();
    await expectRotated(parts, from, to);
    expect(parts.text('checkpoint')).toBe(parts.ledger.checkpoint);
  });

  it.each<[string, (parts: Parts) => void]>([
    [
      'its handover cannot be kept',
      ({ store, inner }) => {
        store.write = (files) => (files.some(({ path }) => path.startsWith('handover/')) ? fails() : inner.write(files));
      },
    ],
    [
      'its key cannot be published',
      ({ store, inner }) => {
        store.publish = (file) => (file.path === 'vkey' ? fails() : inner.publish(file));
      },
    ],
    [
      'the old key cannot be replaced',
      ({ keys }) => {
        keys.promote = fails;
      },
    ],
  ])('that is signed stands where %s, and is finished before anything else is signed', async (_name, damage) => {
    const parts = await setUp();
    const { ledger, store, inner, keys, innerKeys } = parts;
    damage(parts);
    const { from, to } = await ledger.rotate();
    expect([ledger.size, ledger.writable, ledger.vkey]).toEqual([3, false, to]);
    await expect(ledger.append(received())).rejects.toMatchObject({ fault: 'unwritable' });
    Object.assign(store, inner);
    Object.assign(keys, innerKeys);
    await ledger.append(received());
    expect(ledger.writable).toBe(true);
    await expectRotated(parts, from, to);
    signs(ledger.checkpoint, to);
    doesNotSign(ledger.checkpoint, from);
    // Once, and not with every entry.
    keys.promote = fails;
    await ledger.append(received());
  });

  it('that is signed is finished by the next start', async () => {
    const parts = await setUp();
    const { ledger, keys, innerKeys, memory, open } = parts;
    keys.promote = fails;
    const { from, to } = await ledger.rotate();
    await ledger.close();
    memory.files.delete(`handover/${idOf(from)}`);
    memory.files.set('vkey', Buffer.from(`${from}\n`));
    keys.promote = innerKeys.promote;
    const again = await open();
    expect([again.size, again.vkey]).toEqual([3, to]);
    await expectRotated(parts, from, to);
    await again.append(received());
    signs(again.checkpoint, to);
    doesNotSign(again.checkpoint, from);
  });

  it('that was only prepared never was', async () => {
    const { ledger, innerKeys, text, open } = await setUp();
    const key = ledger.vkey;
    await ledger.close();
    const { vkey } = await innerKeys.prepare();
    const again = await open();
    expect([again.vkey, await innerKeys.pending(), text('vkey')]).toEqual([key, undefined, `${key}\n`]);
    await again.append(received());
    signs(again.checkpoint, key);
    doesNotSign(again.checkpoint, vkey);
  });

  it('that the disk refuses leaves the old key in force', async () => {
    const { ledger, store, inner, innerKeys, text } = await setUp();
    const key = ledger.vkey;
    store.write = fails;
    await expect(ledger.rotate()).rejects.toMatchObject({ fault: 'unwritable' });
    expect([ledger.vkey, await innerKeys.pending()]).toEqual([key, undefined]);
    store.write = inner.write;
    await ledger.append(received());
    signs(ledger.checkpoint, key);
    expect([text('vkey'), ledger.size]).toEqual([`${key}\n`, 3]);
    expect((await recordedIn(ledger)).map(({ entry }) => entry.ev)).not.toContain('key.rotated');
  });

  it('of which nobody knows keeps both keys until the next start', async () => {
    const { ledger, store, inner, innerKeys, memory, open } = await setUp();
    let signed = '';
    store.swapLastSigned = (_expected, next) => {
      signed = next;
      return fails();
    };
    const answer = ledger.rotate();
    answer.catch(() => undefined);
    await ledger.close();
    await expect(answer).rejects.toMatchObject({ fault: 'in-doubt' });
    const pending = await innerKeys.pending();
    expect(pending).toBeDefined();
    // The disk had it after all.
    memory.lastSigned = signed;
    store.swapLastSigned = inner.swapLastSigned;
    const again = await open();
    expect([again.size, again.vkey]).toEqual([3, pending?.vkey]);
  });
});

describe('a key that was to follow', () => {
  it('is in force where it has signed and the one before is gone', async () => {
    const { ledger, keys, open } = await setUp();
    keys.promote = fails;
    const { to } = await ledger.rotate();
    await ledger.close();
    keys.current = async () => undefined;
    expect((await open()).vkey).toBe(to);
  });

  it('cannot stand in for the one before where it has signed nothing', async () => {
    const { ledger, keys, innerKeys, open } = await setUp();
    await ledger.close();
    const pending = await innerKeys.prepare();
    keys.pending = async () => pending;
    keys.current = async () => undefined;
    await expect(open()).rejects.toMatchObject({ fault: 'damaged' });
  });
});

describe('the file of keys', () => {
  it('names each key once, however often the ledger starts', async () => {
    const { ledger, text, memory, open } = await setUp();
    const { from, to } = await ledger.rotate();
    for (let i = 0; i < 3; i++) await (await open()).close();
    expect(text('vkey')).toBe(`${from}\n${to}\n`);
    memory.files.delete('vkey');
    await open();
    expect(text('vkey')).toBe(`${to}\n`);
  });
});
