import { constants } from 'node:fs';
import real, { type FileHandle, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

/**
 * What has to be on the disk before a call resolves is there in this order: the bytes of a file, then its name in the folder. A power cut shows
 * nothing else; here the calls that see to it are counted.
 */

/** Every call that writes or syncs, with its path, while `dir` is set. */
const calls: string[] = [];
let dir = '';
/** Folders that are open. */
const open = new Map<FileHandle, string>();

const note = (words: string, path: string) => void (dir !== '' && calls.push(`${words} ${relative(dir, path) || '.'}`));

function watched(handle: FileHandle, path: string, folder: boolean): FileHandle {
  return new Proxy(handle, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (key === 'write' || key === 'sync') note(key, path);
        if (key === 'close' && folder) open.delete(handle);
        return Reflect.apply(value, target, args);
      };
    },
  });
}

const originals = { mkdir: real.mkdir, open: real.open, rename: real.rename, rm: real.rm };
jest.unstable_mockModule('node:fs/promises', () => ({
  ...real,
  async open(...args: Parameters<typeof originals.open>) {
    const [path, flags] = args;
    const handle = await originals.open(...args);
    const folder = flags === 'r';
    if (folder) open.set(handle, String(path));
    else note(typeof flags === 'number' && (flags & constants.O_DSYNC) === constants.O_DSYNC ? 'create durable' : 'create', String(path));
    return watched(handle, String(path), folder);
  },
  mkdir(...args: Parameters<typeof originals.mkdir>) {
    note('mkdir', String(args[0]));
    return originals.mkdir(...args);
  },
  rename(from: string, to: string) {
    note('rename', to);
    return originals.rename(from, to);
  },
  rm(...args: Parameters<typeof originals.rm>) {
    note('rm', String(args[0]));
    return originals.rm(...args);
  },
}));
const { openFolderStore } = await import('../../src/ledger/folder-store.ts');
const { createFolders } = await import('../../src/ledger/folders.ts');
const { createKeyFiles } = await import('../../src/ledger/key-files.ts');

/** The calls of some work. */
async function callsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  calls.length = 0;
  await work();
  return [...calls];
}

/** Fails unless all of `first` come before all of `then`, and each of them is there. */
function expectOrder(found: readonly string[], first: readonly string[], then: readonly string[]): void {
  for (const one of [...first, ...then]) expect(found).toContain(one);
  const last = Math.max(...first.map((one) => found.lastIndexOf(one)));
  for (const one of then) expect({ one, late: found.indexOf(one) > last }).toEqual({ one, late: true });
}

describe('what the ledger has written', () => {
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'mayfly-durable-'));
    open.clear();
  });
  afterEach(async () => {
    await rm(dir, { recursive: true });
    dir = '';
  });
  const store = () => openFolderStore(join(dir, 'ledger'), join(dir, 'last-signed'));
  const file = (path: string) => ({ path, bytes: Buffer.from(path) });

  it('is durable with its name, and the names of its folders where they are new', async () => {
    const opened = await store();
    const first = await callsOf(() => opened.write([file('tile/0/000.p/1'), file('tile/entries/000.p/1')]));
    const files = ['tile/0/000.p/1', 'tile/entries/000.p/1'].map((path) => `create durable ledger/${path}`);
    const folders = ['tile/0/000.p', 'tile/entries/000.p', 'tile/0', 'tile/entries', 'tile', ''].map((path) => join('sync ledger', path));
    expectOrder(first, files, folders);
    const syncs = (found: readonly string[]) => found.filter((one) => /^(sync|mkdir)/.test(one)).sort();
    expect(syncs(first)).toEqual([...folders, 'mkdir ledger/tile/0/000.p', 'mkdir ledger/tile/entries/000.p'].sort());
    // Each commit syncs the same few.
    expect(syncs(await callsOf(() => opened.write([file('tile/0/000.p/2'), file('tile/0/000.p/3')])))).toEqual([
      'sync ledger/tile/0/000.p',
    ]);
    await opened.close();
  });

  it('may be synced from several sides, each with one folder open', async () => {
    const folders = createFolders(dir);
    await folders.make(join(dir, 'new'));
    expect(await callsOf(() => Promise.all([1, 2, 3].map(() => folders.sync([join(dir, 'new')]))))).toHaveLength(6);
    expect(open.size).toBe(2);
    await folders.close();
    expect(open.size).toBe(0);
  });

  it('is shown under its name only when it is whole', async () => {
    const opened = await store();
    const found = await callsOf(() => opened.publish(file('checkpoint')));
    expect(found).toEqual([
      'create durable ledger/checkpoint.tmp',
      'write ledger/checkpoint.tmp',
      'rename ledger/checkpoint',
      'sync ledger',
    ]);
    expect((await callsOf(() => opened.publish(file('deep/file')))).slice(-2).sort()).toEqual(['sync ledger', 'sync ledger/deep']);
    await opened.close();
  });

  it('is gone for good when it is removed, and a folder that is made again is new', async () => {
    const opened = await store();
    await opened.write([file('tile/0/000.p/1'), file('tile/0/001.p/1')]);
    const found = await callsOf(() => opened.remove(['tile/0/000.p', 'tile/0/001.p/1', 'tile/9/never']));
    expectOrder(found, ['rm ledger/tile/0/000.p'], ['sync ledger/tile/0']);
    expectOrder(found, ['rm ledger/tile/0/001.p/1'], ['sync ledger/tile/0/001.p']);
    const again = await callsOf(() => opened.write([file('tile/0/000.p/2'), file('tile/0/001.p/2')]));
    expect(again.filter((one) => one.startsWith('sync')).sort()).toEqual([
      'sync ledger/tile/0',
      'sync ledger/tile/0/000.p',
      'sync ledger/tile/0/001.p',
    ]);
    await opened.close();
  });

  it('leaves a few folders open, and none when it is closed', async () => {
    const opened = await store();
    const names = () => [...open.values()].map((path) => relative(join(dir, 'ledger/tile'), path)).sort();
    // With each of them its parent, which therefore stays; of the others the newest do.
    const newest = (from: number) => ['0', ...Array.from({ length: 140 - from }, (_, i) => `0/${from + i}.p`)];
    for (let i = 100; i < 140; i++) await opened.write([file(`tile/0/${i}.p/1`)]);
    expect(names()).toEqual(newest(125));
    // What is used again is not the oldest any more.
    await opened.write([file('tile/0/125.p/2')]);
    await opened.write([file('tile/1/000.p/1')]);
    expect(names()).toEqual(expect.arrayContaining(['0/125.p', '1', '1/000.p']));
    expect(names()).toHaveLength(16);
    await opened.remove(['tile/1']);
    expect(names()).toHaveLength(14);
    await opened.close();
    expect(open.size).toBe(0);
  });

  it('is not lost where the file of the last signed checkpoint is new, or a swap is all there is', async () => {
    calls.length = 0;
    const opened = await store();
    expectOrder(calls, ['create durable last-signed', 'write last-signed'], ['sync .']);
    expect(await callsOf(() => opened.swapLastSigned(undefined, 'one\n'))).toEqual(['write last-signed']);
    // Said once more, where it is there by our own hand, nothing is written.
    expect(await callsOf(() => opened.swapLastSigned(undefined, 'one\n'))).toEqual([]);
    await opened.close();
    calls.length = 0;
    const again = await store();
    expect(calls).toEqual(['mkdir ledger', 'create durable last-signed', 'sync .']);
    // What the last run wrote may be in memory alone.
    expect(await callsOf(() => again.swapLastSigned('one\n', 'one\n'))).toEqual(['write last-signed']);
    await again.close();
    expect(open.size).toBe(0);
  });

  it('is as durable of a key', async () => {
    const keys = createKeyFiles(join(dir, 'deep/key'), 'test/ledger');
    const prepared = await callsOf(() => keys.prepare());
    expect(prepared).toEqual([
      'mkdir deep',
      'rm deep/key.next',
      'create deep/key.next',
      'write deep/key.next',
      'sync deep/key.next',
      'sync deep',
    ]);
    expect(await callsOf(() => keys.promote())).toEqual(['rename deep/key', 'sync deep']);
    expect(await callsOf(() => keys.promote())).toEqual([]);
    expect(open.size).toBe(0);
    await expect(createKeyFiles(dir, 'test/ledger').current()).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('is not taken for missing where it cannot be read', async () => {
    const opened = await store();
    await opened.write([file('tile/0/000.p/1')]);
    await expect(opened.read('tile/0')).rejects.toMatchObject({ code: 'EISDIR' });
    await writeFile(join(dir, 'ledger/loop'), '');
    expect(await opened.list('loop')).toEqual([]);
    await expect(opened.list('x'.repeat(300))).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
    await expect(opened.write([file(`tile/${'x'.repeat(300)}`), file('tile/0/000.p/2')])).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
    await opened.close();
  });
});
