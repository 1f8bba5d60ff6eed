import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock.ts';
import { formatCheckpoint, parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { createMemoryKeys } from '../../src/ledger/keys.ts';
import type { Ledger, LedgerFault } from '../../src/ledger/ledger.ts';
import { createMemoryStore, emptyMemory, type Memory } from '../../src/ledger/memory-store.ts';
import { openNote, parseVerifier, signNote } from '../../src/ledger/note.ts';
import { openLedger } from '../../src/ledger/tile-ledger.ts';
import { opened, received, recordedIn } from '../contract/ledger.ts';

interface State {
  files: Memory['files'];
  lastSigned: string | undefined;
}

const copyOf = ({ files, lastSigned }: Memory): Memory => ({ files: new Map(files), lastSigned });
const textIn = ({ files }: Memory, path: string) => Buffer.from(files.get(path) ?? []).toString();

/** A log that is opened, used and left, over and over. */
async function logOf(...sizes: readonly number[]) {
  const [memory, keys] = [emptyMemory(), createMemoryKeys('test/ledger')];
  const open = (disk: Memory = memory): Promise<Ledger> =>
    openLedger({ store: createMemoryStore(disk), keys, boot: randomUUID(), clock: systemClock });
  const states: Memory[] = [];
  for (const size of sizes) {
    const ledger = await open();
    await ledger.appendAll(Array.from({ length: size - ledger.size }, () => received()));
    await ledger.close();
    states.push(copyOf(memory));
  }
  return { memory, keys, open, states };
}

describe('the start of a ledger', () => {
  it('begins with a key and a signed empty tree', async () => {
    const { open, memory } = await logOf();
    const ledger = await open();
    expect(ledger.size).toBe(0);
    expect(opened(textIn(memory, 'checkpoint'), textIn(memory, 'vkey').trimEnd())).toMatchObject({ origin: 'test/ledger', size: 0 });
    expect(memory.lastSigned).toBe(textIn(memory, 'checkpoint'));
  });

  it.each([1, 255, 256, 257, 511, 512, 600])('goes on behind %p entries', async (size) => {
    const { open, keys } = await logOf(size);
    const key = await keys.current();
    const again = await open();
    expect(again.size).toBe(size);
    await again.append(received());
    const found = await recordedIn(again);
    expect(found.map(({ index }) => index)).toEqual(Array.from({ length: size + 1 }, (_, i) => i));
    expect((await keys.current())?.vkey).toBe(key?.vkey);
    expect(opened(again.checkpoint, again.vkey).size).toBe(size + 1);
  });

  it('goes on over many tiles, start after start', async () => {
    const { open } = await logOf(100, 300, 600, 800, 1100, 1300);
    expect((await recordedIn(await open())).length).toBe(1300);
  });

  it('does not take a disk that cannot be read for a log that is behind', async () => {
    const { memory, keys } = await logOf(300);
    const store = createMemoryStore(memory);
    const read = (path: string) => (path.startsWith('tile/0/') ? Promise.reject(new Error('EIO')) : store.read(path));
    await expect(openLedger({ store: { ...store, read }, keys, boot: randomUUID(), clock: systemClock })).rejects.toMatchObject({
      name: 'Error',
      message: 'EIO',
    });
  });

  it('shows what was signed and not shown', async () => {
    const { open, states, memory } = await logOf(3, 5);
    const [before] = states;
    if (before === undefined) throw new Error('Expected a state');
    memory.files.set('checkpoint', Buffer.from(textIn(before, 'checkpoint')));
    await open();
    expect(textIn(memory, 'checkpoint')).toBe(memory.lastSigned);
    memory.files.delete('checkpoint');
    await open();
    expect(textIn(memory, 'checkpoint')).toBe(memory.lastSigned);
    memory.files.set('checkpoint', Buffer.from(textIn(before, 'checkpoint').slice(0, 60)));
    await open();
    expect(textIn(memory, 'checkpoint')).toBe(memory.lastSigned);
  });

  it('sees nothing of what was written and not signed, and clears it away', async () => {
    const { open, memory } = await logOf(250);
    const clean = copyOf(memory);
    for (const path of ['tile/0/000.p/251', 'tile/0/000', 'tile/1/000.p/1', 'tile/0/001.p/9', 'tile/entries/000.p/255', 'tile/entries/002'])
      memory.files.set(path, Buffer.from('left over'));
    const ledger = await open();
    expect(ledger.size).toBe(250);
    expect([...memory.files.keys()].sort()).toEqual([...clean.files.keys()].sort());
    expect((await recordedIn(ledger)).length).toBe(250);
  });

  it('takes the last signature that holds, where one was torn', async () => {
    const { open, memory } = await logOf(4);
    memory.torn = `${memory.lastSigned?.replace('\n4\n', '\n5\n').slice(0, -20)}`;
    expect((await open()).size).toBe(4);
  });

  const missing = (path: string) => (now: State) => void now.files.delete(path);
  const flipped = (path: string) => (now: State) => flip(now, path);
  const signed = (change: (note: string, then: State) => string | undefined) => (now: State, then: State) => {
    now.lastSigned = change(now.lastSigned ?? '', then);
  };
  const putBack = (now: State, then: State) => {
    now.files = new Map(then.files);
  };
  it.each<[string, LedgerFault, (now: State, then: State) => void]>([
    ['the whole log put back to an earlier state', 'behind', putBack],
    ['one missing tile at the edge', 'behind', missing('tile/0/001.p/44')],
    ['one missing tile above', 'behind', missing('tile/1/000.p/1')],
    ['missing last entries', 'behind', missing('tile/entries/001.p/44')],
    ['another hash at the edge', 'forked', flipped('tile/0/001.p/44')],
    ['another hash above', 'forked', flipped('tile/1/000.p/1')],
    ['another last entry', 'damaged', flipped('tile/entries/001.p/44')],
    ['no last signed checkpoint', 'damaged', signed(() => undefined)],
    ['a last signed checkpoint that does not hold', 'damaged', signed((note) => note.replace('\n300\n', '\n301\n'))],
    ['a last signed checkpoint put back', 'forked', signed((_note, then) => then.lastSigned)],
  ])('refuses to run with %s', async (_name, fault, damage) => {
    const { open, states } = await logOf(290, 300);
    const [then, now] = states;
    if (then === undefined || now === undefined) throw new Error('Expected two states');
    const broken: State = copyOf(now);
    damage(broken, then);
    const before = new Map(broken.files);
    await expect(open(broken)).rejects.toMatchObject({ name: 'LedgerError', fault });
    expect(broken.files).toEqual(before);
  });

  it.each<[string, (memory: Memory) => void]>([
    ['its tiles', ({ files }) => void files.delete('checkpoint')],
    [
      'its checkpoint',
      ({ files }) => {
        for (const path of [...files.keys()]) if (path.startsWith('tile/')) files.delete(path);
      },
    ],
  ])('refuses to take a log of which only %s are left for none', async (_name, remove) => {
    const { memory, open } = await logOf(3);
    remove(memory);
    memory.lastSigned = undefined;
    await expect(open()).rejects.toMatchObject({ fault: 'damaged' });
  });

  it('refuses a checkpoint that its key has signed for another log', async () => {
    const { memory, keys, open } = await logOf(3);
    const signer = await keys.current();
    const checkpoint = parseCheckpoint(openNote(memory.lastSigned ?? '', [parseVerifier(signer?.vkey ?? '')]));
    if (signer === undefined || checkpoint === undefined) throw new Error('Expected a signed log');
    memory.lastSigned = signNote(formatCheckpoint({ ...checkpoint, origin: 'other/ledger' }), [signer]);
    await expect(open()).rejects.toMatchObject({ fault: 'damaged' });
  });

  it('refuses to run without its key, and makes no other', async () => {
    const { memory } = await logOf(3);
    const none = createMemoryKeys('test/ledger');
    const parts = { store: createMemoryStore(memory), boot: randomUUID(), clock: systemClock };
    await expect(openLedger({ ...parts, keys: none })).rejects.toMatchObject({ fault: 'damaged' });
    expect(await none.current()).toBeUndefined();
  });

  it('refuses to run beside another history of the same key', async () => {
    const { memory, states, open } = await logOf(3, 5);
    const [three] = states;
    if (three === undefined) throw new Error('Expected a state');
    const other = copyOf(three);
    const ledger = await open(other);
    await ledger.appendAll([received(), received()]);
    // Both of five entries, signed by the same key: whose tiles, whose last signature?
    await expect(open({ files: other.files, lastSigned: memory.lastSigned })).rejects.toMatchObject({ fault: 'forked' });
    const shown = new Map(memory.files).set('checkpoint', other.files.get('checkpoint') ?? new Uint8Array());
    await expect(open({ files: shown, lastSigned: memory.lastSigned })).rejects.toMatchObject({ fault: 'forked' });
    await expect(open({ ...copyOf(memory), torn: other.lastSigned })).rejects.toMatchObject({ fault: 'forked' });
  });

  it('is followed by refusals alone once somebody else has signed', async () => {
    const { memory, open } = await logOf(3);
    const [mine, theirs] = [await open(), await open()];
    await theirs.append(received());
    const signed = memory.lastSigned;
    for (let i = 0; i < 2; i++) await expect(mine.append(received())).rejects.toMatchObject({ fault: 'unwritable' });
    expect(mine.writable).toBe(false);
    expect(memory.lastSigned).toBe(signed);
  });
});

function flip({ files }: State, path: string): void {
  const bytes = Buffer.from(files.get(path) ?? []);
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  files.set(path, bytes);
}
