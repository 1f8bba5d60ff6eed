import { same } from './bytes.ts';
import { type Crypto, Invalid } from './crypto.ts';
import type { Find } from './findings.ts';
import { type Head, leafHash } from './merkle.ts';
import { parseBundle, parseHashes, readTile, type Source, span, type Tile, tilePath, tileWidth } from './tiles.ts';
import { createTree, type Tree } from './tree.ts';

/**
 * The whole tree once more, from its entries, tile by tile, and every tile compared with it. Entries that were dropped by the rule of retention
 * are stood for by their hashes. Memory: one tile a level.
 */

/** Told of every leaf in order, after it has joined the tree. */
export type OnLeaf = (index: number, entry: Uint8Array | undefined, tree: Tree) => void;

export interface Rebuilt {
  /** Entries at the beginning whose bundles are gone. */
  readonly pruned: number;
  /** Entries that can be read. */
  readonly read: number;
}

interface Difference {
  /** The tile that is not as the entries say. */
  readonly tile: Tile;
  /** First entry under the hash that differs. */
  readonly index: number;
}

/** Differences beyond these are not remembered: one is enough to fail. */
const mostDifferences = 1000;

export async function rebuild(source: Source, head: Head, crypto: Crypto, find: Find, onLeaf: OnLeaf): Promise<Rebuilt> {
  const { size, root } = head;
  const differences: Difference[] = [];
  const differ = (difference: Difference) => differences.length < mostDifferences && differences.push(difference);
  const rows = createRows();
  const tree = createTree(crypto, (height, _index, hash) => rows.add(height, hash));
  /** The tree as the hash tiles have it; from the first place where the entries have it otherwise. */
  let stored: Tree | undefined;
  let pruned = 0;
  let read = 0;

  for (let begin = 0; begin < size; begin += tileWidth) {
    const tile = { level: 0, index: begin / tileWidth, width: Math.min(tileWidth, size - begin) };
    const bundle = { ...tile, level: 'entries' } as const;
    const hashes = await open(tile, parseHashes);
    if (hashes === 'absent') find({ rule: 'tree', index: begin, file: tilePath(tile), what: 'The file is missing' });
    const entries = await open(bundle, parseBundle);
    if (entries === 'absent') {
      if (pruned === begin && tile.width === tileWidth) pruned += tileWidth;
      else find({ rule: 'tree', index: begin, file: tilePath(bundle), what: 'The file is missing' });
    }
    if (typeof hashes === 'string' && typeof entries === 'string') {
      find({
        rule: 'tree',
        index: begin,
        what: 'Neither the entries nor their hashes can be read: the tree cannot be rebuilt from here on',
      });
      return { pruned, read };
    }
    for (let i = 0; i < tile.width; i++) {
      const entry = at(entries, i);
      const kept = at(hashes, i);
      const hash = entry === undefined ? kept : leafHash(crypto, entry);
      if (hash === undefined) throw new RangeError('A tile has as many hashes as it is wide');
      if (kept !== undefined && !same(hash, kept)) {
        stored ??= tree.clone();
        differ({ tile, index: begin + i });
      }
      stored?.push(kept ?? hash);
      tree.push(hash);
      if (entry !== undefined) read += 1;
      onLeaf(begin + i, entry, tree);
    }
    await compareRows(tileWidth);
  }
  await compareRows(1);
  judge();
  return { pruned, read };

  async function open<T>(tile: Tile, parse: (bytes: Uint8Array, tile: Tile) => readonly T[]): Promise<Opened<T>> {
    try {
      return (await readTile(source, tile, parse)) ?? 'absent';
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      find({ rule: 'tree', index: tile.index * span(tile.level), file: tilePath(tile), what: error.message });
      return 'damaged';
    }
  }

  /** Compares the rows of hashes above the leaves that have come to `width` hashes. */
  async function compareRows(width: number): Promise<void> {
    for (const { level, index, hashes } of rows.take(width)) {
      const tile = { level, index, width: hashes.length };
      const file = await open(tile, parseHashes);
      if (file === 'absent') find({ rule: 'tree', index: index * span(level), file: tilePath(tile), what: 'The file is missing' });
      hashes.forEach((hash, i) => {
        const kept = at(file, i);
        if (kept !== undefined && !same(hash, kept)) differ({ tile, index: index * span(level) + (i * span(level)) / tileWidth });
      });
    }
  }

  /** The signed root says who is right where entries and hashes differ. */
  function judge(): void {
    const rebuilt = same(tree.root(), root);
    const entriesAreWrong = stored !== undefined && same(stored.root(), root);
    if (!rebuilt) find({ rule: 'tree', file: 'checkpoint', what: 'The entries do not lead to the signed root' });
    for (const { tile, index } of differences) {
      if (rebuilt) find({ rule: 'tree', index, file: tilePath(tile), what: 'The tile is not that of the signed entries' });
      // What the tiles above should be cannot be told from entries that are wrong.
      else if (tile.level === 0) {
        const what = entriesAreWrong ? 'The entry is not the signed one' : `The entry and its hash in ${tilePath(tile)} disagree`;
        find({ rule: 'tree', index, file: tilePath({ ...tile, level: 'entries' }), what });
      }
    }
  }
}

type Opened<T> = readonly T[] | 'absent' | 'damaged';

function at<T>(opened: Opened<T>, i: number): T | undefined {
  return typeof opened === 'string' ? undefined : opened[i];
}

interface Row {
  readonly level: number;
  /** Of the tile that the hashes make up. */
  readonly index: number;
  readonly hashes: Uint8Array[];
}

/** The hashes of the tiles above the leaves as they come, a tile a level. */
function createRows() {
  /** By level; none for the leaves. */
  const rows: Row[] = [];
  return {
    add(height: number, hash: Uint8Array): void {
      if (height === 0 || height % 8 !== 0) return;
      const level = height / 8;
      rows[level] ??= { level, index: 0, hashes: [] };
      rows[level]?.hashes.push(hash);
    },
    /** Takes out the rows that have at least `width` hashes. */
    take(width: number): readonly Row[] {
      const full = rows.filter(({ hashes }) => hashes.length >= width);
      for (const { level, index } of full) rows[level] = { level, index: index + 1, hashes: [] };
      return full;
    },
  };
}
