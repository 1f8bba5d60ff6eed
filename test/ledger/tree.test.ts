import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBundle, encodeBundle } from '../../src/ledger/bundle.ts';
import { LedgerError } from '../../src/ledger/ledger.ts';
import { createMemoryStore, emptyMemory, type Memory } from '../../src/ledger/memory-store.ts';
import { rootOf } from '../../src/ledger/merkle.ts';
import { createProver } from '../../src/ledger/prover.ts';
import { tileBytes } from '../../src/ledger/tile.ts';
import { emptyTree, grow, type Tree } from '../../src/ledger/tree.ts';
import { consistencyHolds, inclusionHolds, leafOf, pathOfLeaf, rootOfLeaves } from '../kit/naive-tree.ts';
import { referenceConsistencies, referenceInclusions, referenceLeaves } from '../kit/reference-tree.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const entry = (i: number) => Buffer.from(`entry ${i}`);
const entriesTo = (size: number, from = 0) => Array.from({ length: size - from }, (_, i) => entry(from + i));

/** Grows a log by steps, as commits do. */
function logOf(sizes: readonly number[], entryAt: (i: number) => Uint8Array = entry): { tree: Tree; memory: Memory } {
  const memory = emptyMemory();
  let tree = emptyTree;
  for (const size of sizes) {
    const entries = Array.from({ length: size - tree.size }, (_, i) => entryAt(tree.size + i));
    const grown = grow(tree, entries);
    for (const { path, bytes } of grown.files) {
      // "This endpoint is immutable."
      expect(memory.files.has(path)).toBe(false);
      memory.files.set(path, bytes);
    }
    tree = grown.tree;
  }
  return { tree, memory };
}

const reference = (i: number) => referenceLeaves[i] ?? new Uint8Array();

describe('a tree in tiles', () => {
  // The example of c2sp.org/tlog-tiles.
  it('has the tiles that the specification names for 70,000 entries', () => {
    const { memory } = logOf([70_000]);
    const paths = [...memory.files.keys()];
    const level = (name: string) => paths.filter((path) => path.startsWith(`tile/${name}/`));
    expect(level('0')).toHaveLength(274);
    expect(level('0').at(-1)).toBe('tile/0/273.p/112');
    expect(level('1')).toEqual(['tile/1/000', 'tile/1/001.p/17']);
    expect(level('2')).toEqual(['tile/2/000.p/1']);
    expect(level('entries')).toHaveLength(274);
    expect(level('entries').at(-1)).toBe('tile/entries/273.p/112');
    const full = [...memory.files].filter(([path]) => !path.includes('.p/') && !path.includes('entries'));
    expect(full.every(([, { length }]) => length === tileBytes)).toBe(true);
    expect(memory.files.get('tile/1/001.p/17')).toHaveLength(17 * 32);
  });

  it('has a full tile and a partial one above it at 256 entries', () => {
    const { memory } = logOf([256]);
    expect([...memory.files.keys()].sort()).toEqual(['tile/0/000', 'tile/1/000.p/1', 'tile/entries/000']);
    expect(hex(memory.files.get('tile/1/000.p/1') ?? new Uint8Array())).toBe(hex(rootOfLeaves(entriesTo(256).map(leafOf))));
  });

  it('has the same full tiles, bundles and root however it was committed', () => {
    const step = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        const sizes = steps.map((_, i) => steps.slice(0, i + 1).reduce((a, b) => a + b));
        const size = sizes.at(-1) ?? 0;
        const [many, one] = [logOf(sizes), logOf([size])];
        const leaves = entriesTo(size).map(leafOf);
        expect(hex(rootOf(many.tree.range))).toBe(hex(rootOfLeaves(leaves)));
        for (const [path, bytes] of one.memory.files) expect(hex(many.memory.files.get(path) ?? new Uint8Array())).toBe(hex(bytes));
      }),
      { numRuns: 30 },
    );
  });

  it('holds the entries in its bundles, next to their hashes', () => {
    const { memory } = logOf([200, 300]);
    const bundle = decodeBundle(memory.files.get('tile/entries/001.p/44') ?? new Uint8Array(), 44);
    expect(bundle.map((bytes) => Buffer.from(bytes).toString())).toEqual(entriesTo(300, 256).map(String));
    const tile = memory.files.get('tile/0/001.p/44') ?? new Uint8Array();
    expect(hex(tile)).toBe(bundle.map((bytes) => hex(leafOf(bytes))).join(''));
  });

  it('holds entries of any length in its bundles', () => {
    const entries = ['', 'a', '', 'b'.repeat(65_535), ''].map((text) => Buffer.from(text));
    expect(decodeBundle(encodeBundle(entries), 5).map((bytes) => Buffer.from(bytes))).toEqual(entries);
    for (const width of [4, 6]) expect(() => decodeBundle(encodeBundle(entries), width)).toThrow(LedgerError);
  });

  it.each([[''], ['00'], ['0001'], ['000061'], ['0001610001']])('takes no bundle of a wrong form: %s', (bytes) => {
    expect(() => decodeBundle(Buffer.from(bytes, 'hex'), 1)).toThrow(LedgerError);
  });

  it('leaves the old tree as it was when it grows', () => {
    const { tree } = logOf([511]);
    const before = JSON.stringify(tree);
    grow(tree, entriesTo(900, 511));
    expect(JSON.stringify(tree)).toBe(before);
  });
});

describe('proofs', () => {
  it.each(referenceInclusions)('of entry %p in the reference tree of %p', async (index, size, hashes) => {
    const { memory } = logOf([size], reference);
    expect((await createProver(createMemoryStore(memory), size).inclusion(index)).map(hex)).toEqual(hashes);
  });

  it.each(referenceConsistencies)('from %p to %p entries in the reference tree', async (from, to, hashes) => {
    const { memory } = logOf([8], reference);
    expect((await createProver(createMemoryStore(memory), 8).consistency(from, to)).map(hex)).toEqual(hashes);
  });

  const sized = fc.integer({ min: 1, max: 700 });
  it('of any entry in any tree are those of the definition, and hold', async () => {
    await fc.assert(
      fc.asyncProperty(sized, fc.nat(), async (size, pick) => {
        const index = pick % size;
        const leaves = entriesTo(size).map(leafOf);
        const hashes = await createProver(createMemoryStore(logOf([size]).memory), size).inclusion(index);
        expect(hashes.map(hex)).toEqual(pathOfLeaf(index, leaves).map(hex));
        expect(inclusionHolds(leafOf(entry(index)), index, size, hashes, rootOfLeaves(leaves))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('between any two sizes hold, also where the smaller or larger one never was committed', async () => {
    await fc.assert(
      fc.asyncProperty(sized, fc.nat(), fc.nat(), async (size, a, b) => {
        const [from = 0, to = 0] = [a % (size + 1), b % (size + 1)].sort((x, y) => x - y);
        const leaves = entriesTo(size).map(leafOf);
        const prover = createProver(createMemoryStore(logOf([size]).memory), size);
        const hashes = await prover.consistency(from, to);
        const roots = [from, to].map((n) => rootOfLeaves(leaves.slice(0, n)));
        expect(consistencyHolds(from, to, hashes, roots[0] ?? new Uint8Array(), roots[1] ?? new Uint8Array())).toBe(true);
        expect(hex(await prover.root(to))).toBe(hex(roots[1] ?? new Uint8Array()));
      }),
      { numRuns: 40 },
    );
  });

  it('are to be had from the full tile when the partial one is gone', async () => {
    const { memory } = logOf([300, 512]);
    for (const path of [...memory.files.keys()]) if (path.includes('tile/0/001.p')) memory.files.delete(path);
    const hashes = await createProver(createMemoryStore(memory), 300).inclusion(260);
    expect(hashes.map(hex)).toEqual(pathOfLeaf(260, entriesTo(300).map(leafOf)).map(hex));
  });

  it('are refused where a tile is missing or too short, and for what is not in the tree', async () => {
    const { memory } = logOf([300]);
    const prover = () => createProver(createMemoryStore(memory), 300);
    for (const index of [-1, 300, 1.5, Number.NaN]) await expect(prover().inclusion(index)).rejects.toThrow(RangeError);
    const sizes: readonly [number, number][] = [
      [-1, 3],
      [1.5, 3],
      [1, 2.5],
      [Number.NaN, 3],
      [1, Number.NaN],
      [3, 2],
      [1, 301],
    ];
    for (const [from, to] of sizes) await expect(prover().consistency(from, to)).rejects.toThrow(RangeError);
    for (const length of [tileBytes - 32, tileBytes + 1, tileBytes - 1]) {
      memory.files.set('tile/0/000', new Uint8Array(length));
      await expect(prover().inclusion(3)).rejects.toMatchObject({ fault: 'damaged' });
    }
    memory.files.set('tile/0/000', new Uint8Array(0));
    await expect(prover().inclusion(3)).rejects.toMatchObject({ fault: 'damaged' });
    memory.files.delete('tile/0/000');
    await expect(prover().inclusion(3)).rejects.toMatchObject({ fault: 'damaged' });
  });

  it('read one tile a level, however large the tree', async () => {
    const { memory } = logOf([70_000]);
    let reads = 0;
    const store = createMemoryStore(memory);
    const read = (path: string) => {
      reads += 1;
      return store.read(path);
    };
    await createProver({ ...store, read }, 70_000).inclusion(1234);
    expect(reads).toBeLessThanOrEqual(5);
  });
});
