import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openFolderStore } from '../../src/ledger/folder-store.ts';
import { createMemoryStore, emptyMemory } from '../../src/ledger/memory-store.ts';
import { ledgerStoreContract } from '../contract/ledger-store.ts';

ledgerStoreContract('the folder', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'mayfly-store-'));
  const open = () => openFolderStore(join(dir, 'ledger'), join(dir, 'last-signed'));
  const store = await open();
  return {
    store,
    again: open,
    async dispose() {
      await store.close();
      await rm(dir, { recursive: true });
    },
  };
});

ledgerStoreContract('memory', async () => {
  const memory = emptyMemory();
  return { store: createMemoryStore(memory), again: async () => createMemoryStore(memory), dispose: async () => undefined };
});

describe('the folder', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'mayfly-store-'));
  });
  afterEach(() => rm(dir, { recursive: true }));
  const open = () => openFolderStore(join(dir, 'ledger'), join(dir, 'last-signed'));

  it('is nobody else’s to read', async () => {
    const store = await open();
    await store.write([{ path: 'tile/0/000.p/1', bytes: new Uint8Array(32) }]);
    await store.swapLastSigned(undefined, 'one\n');
    await store.close();
    const modes = await Promise.all(['ledger', 'ledger/tile', 'ledger/tile/0/000.p/1', 'last-signed'].map((name) => stat(join(dir, name))));
    expect(modes.map(({ mode }) => mode & 0o077)).toEqual([0, 0, 0, 0]);
  });

  it('leaves no temporary file behind', async () => {
    const store = await open();
    await store.publish({ path: 'checkpoint', bytes: new Uint8Array(3) });
    await store.close();
    expect(await readdir(join(dir, 'ledger'))).toEqual(['checkpoint']);
  });

  it('never grows or moves the file that commits', async () => {
    const store = await open();
    const path = join(dir, 'last-signed');
    const before = await stat(path);
    await store.swapLastSigned(undefined, 'one\n');
    for (let i = 0; i < 10; i++) await store.swapLastSigned(i === 0 ? 'one\n' : `note ${i - 1}\n`, `note ${i}\n`);
    const after = await stat(path);
    expect({ size: after.size, ino: after.ino }).toEqual({ size: before.size, ino: before.ino });
    await expect(store.swapLastSigned('note 9\n', 'x'.repeat(5000))).rejects.toThrow(RangeError);
    expect(await store.lastSigned()).toContain('note 9\n');
    await store.close();
  });

  it('makes the file that commits whole where a crash has left it short', async () => {
    await writeFile(join(dir, 'last-signed'), Buffer.alloc(100));
    const store = await open();
    expect((await stat(join(dir, 'last-signed'))).size).toBe(8192);
    expect(await store.lastSigned()).toEqual([]);
    await store.swapLastSigned(undefined, 'one\n');
    expect(await store.lastSigned()).toEqual(['one\n']);
    await store.close();
  });

  it('keeps the note before one that was torn', async () => {
    const store = await open();
    await store.swapLastSigned(undefined, 'one\n');
    await store.swapLastSigned('one\n', 'two\n');
    await store.close();
    // A power cut in the write of `three` over `one`: the first sector is new, the rest is not.
    const slots = Buffer.alloc(8192);
    slots.write('thr', 4096);
    slots.write('two\n', 0);
    await writeFile(join(dir, 'last-signed'), slots);
    const again = await open();
    expect(await again.lastSigned()).toContain('two\n');
    await again.swapLastSigned('two\n', 'three\n');
    expect([...(await again.lastSigned())].sort()).toEqual(['three\n', 'two\n']);
    await again.close();
  });
});
