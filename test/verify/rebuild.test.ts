import { describe, expect, it } from '@jest/globals';
import type { Violation } from '../../src/verify/findings.ts';
import { nodeCrypto } from '../../src/verify/node-crypto.ts';
import { type Rebuilt, rebuild } from '../../src/verify/rebuild.ts';
import { bundleOf, type Files, leafOf, mth, pathOf, sourceOf, writeLog } from './log-writer.ts';

const entriesOf = (count: number, word = 'entry') => Array.from({ length: count }, (_, i) => `${word} ${i}`);

/** A log of so many entries, and what becomes of it: everything that rebuilding it finds, and nothing else. */
function logOf(count: number) {
  const entries = entriesOf(count);
  const files = writeLog(entries);
  const head = { size: count, root: mth(entries.map(leafOf)) };
  return {
    files,
    async find(changed: Files): Promise<Rebuilt & { violations: readonly Violation[] }> {
      const violations: Violation[] = [];
      const report = await rebuild(
        sourceOf(changed),
        head,
        nodeCrypto,
        (violation) => violations.push(violation),
        () => undefined,
      );
      return { ...report, violations };
    },
    /** The log with some files changed, or removed. */
    with(...changes: readonly (readonly [string, Uint8Array | undefined])[]): Files {
      const changed = new Map(files);
      for (const [path, bytes] of changes) bytes === undefined ? changed.delete(path) : changed.set(path, bytes);
      return changed;
    },
  };
}

const missing = (path: string, index: number) => ({ rule: 'tree', index, file: path, what: 'The file is missing' });
const notSigned = (path: string, index: number) => ({
  rule: 'tree',
  index,
  file: path,
  what: 'The tile is not that of the signed entries',
});
const otherRoot = { rule: 'tree', file: 'checkpoint', what: 'The entries do not lead to the signed root' };
const end = (index: number) => ({
  rule: 'tree',
  index,
  what: 'Neither the entries nor their hashes can be read: the tree cannot be rebuilt from here on',
});

describe('a tree of two and a half tiles', () => {
  const log = logOf(600);
  const [hashes, bundle] = [pathOf(0, 1, 256), pathOf('entries', 1, 256)];
  const otherBundle = bundleOf(entriesOf(512).with(300, 'other').slice(256));

  it('is rebuilt from its entries', async () => {
    expect(await log.find(log.files)).toEqual({ read: 600, pruned: 0, violations: [] });
  });

  it('ends where neither entries nor hashes can be read', async () => {
    expect(await log.find(log.with([hashes, undefined], [bundle, undefined]))).toEqual({
      read: 256,
      pruned: 0,
      violations: [missing(hashes, 256), missing(bundle, 256), end(256)],
    });
    const { violations } = await log.find(log.with([hashes, Buffer.alloc(5)], [bundle, Buffer.alloc(5)]));
    expect(violations).toEqual([
      { rule: 'tree', index: 256, file: hashes, what: 'Expected 8192 bytes but received 5' },
      { rule: 'tree', index: 256, file: bundle, what: expect.stringContaining('bundle to end within the file') },
      end(256),
    ]);
  });

  it('goes on with either of them', async () => {
    expect((await log.find(log.with([hashes, undefined]))).violations).toEqual([missing(hashes, 256)]);
    expect(await log.find(log.with([bundle, undefined]))).toEqual({ read: 344, pruned: 0, violations: [missing(bundle, 256)] });
  });

  it('may lack whole bundles at its beginning, and only there', async () => {
    const bundles = [0, 1, 2].map((n) => pathOf('entries', n, n === 2 ? 88 : 256));
    const without = (...gone: readonly number[]) => log.find(log.with(...gone.map((n) => [bundles[n] ?? '', undefined] as const)));
    expect(await without(0)).toEqual({ read: 344, pruned: 256, violations: [] });
    expect(await without(0, 1)).toEqual({ read: 88, pruned: 512, violations: [] });
    expect(await without(0, 1, 2)).toEqual({ read: 0, pruned: 512, violations: [missing(bundles[2] ?? '', 512)] });
    expect(await without(0, 2)).toEqual({ read: 256, pruned: 256, violations: [missing(bundles[2] ?? '', 512)] });
    expect(await log.find(log.with([pathOf(0, 0, 256), undefined], [bundles[0] ?? '', undefined]))).toMatchObject({
      pruned: 256,
      violations: [missing(pathOf(0, 0, 256), 0), end(0)],
    });
  });

  it('tells an entry that is wrong from a hash that is', async () => {
    expect((await log.find(log.with([bundle, otherBundle]))).violations).toEqual([
      otherRoot,
      { rule: 'tree', index: 300, file: bundle, what: 'The entry is not the signed one' },
    ]);
    // Where a later tile of hashes is gone the entries stand for them.
    expect((await log.find(log.with([bundle, otherBundle], [pathOf(0, 2, 88), undefined]))).violations).toEqual([
      missing(pathOf(0, 2, 88), 512),
      otherRoot,
      { rule: 'tree', index: 300, file: bundle, what: 'The entry is not the signed one' },
    ]);
    const otherHashes = Buffer.from(log.files.get(hashes) ?? []).fill(0, 32 * 44, 32 * 45);
    expect((await log.find(log.with([hashes, otherHashes]))).violations).toEqual([notSigned(hashes, 300)]);
    expect((await log.find(log.with([bundle, otherBundle], [hashes, otherHashes]))).violations).toEqual([
      otherRoot,
      { rule: 'tree', index: 300, file: bundle, what: `The entry and its hash in ${hashes} disagree` },
    ]);
  });

  it('is not rebuilt where a tile cannot be read for another reason than its form', async () => {
    const source = { read: () => Promise.reject(new Error('EIO')) };
    await expect(
      rebuild(
        source,
        { size: 1, root: leafOf('') },
        nodeCrypto,
        () => undefined,
        () => undefined,
      ),
    ).rejects.toThrow('EIO');
  });
});

describe('a tree of three levels', () => {
  it('has the tiles of all of them compared', async () => {
    const log = logOf(65_536 + 256);
    const [first, second, top] = [pathOf(1, 0, 256), pathOf(1, 1, 1), pathOf(2, 0, 1)];
    expect(log.files.has(first) && log.files.has(second) && log.files.has(top)).toBe(true);
    expect(await log.find(log.files)).toEqual({ read: 65_792, pruned: 0, violations: [] });

    const wrong = (path: string, at: number) => Buffer.from(log.files.get(path) ?? []).fill(0, 32 * at, 32 * (at + 1));
    expect((await log.find(log.with([first, wrong(first, 2)], [second, wrong(second, 0)], [top, wrong(top, 0)]))).violations).toEqual([
      notSigned(first, 512),
      notSigned(second, 65_536),
      notSigned(top, 0),
    ]);
    expect((await log.find(log.with([first, undefined], [second, undefined], [top, Buffer.alloc(31)]))).violations).toEqual([
      missing(first, 0),
      missing(second, 65_536),
      { rule: 'tree', index: 0, file: top, what: 'Expected 32 bytes but received 31' },
    ]);
  }, 60_000);
});

describe('a tree that is another one altogether', () => {
  it('is told of in its first thousand differences', async () => {
    const log = logOf(1100);
    const other = writeLog(entriesOf(1100, 'other'));
    const hashes = [...other].filter(([path]) => path.startsWith('tile/0/'));
    const { violations } = await log.find(log.with(...hashes));
    expect(violations).toHaveLength(1000);
    expect(violations.at(-1)).toEqual(notSigned(pathOf(0, 3, 256), 999));
  });
});
