import { describe, expect, it } from '@jest/globals';
import { createMemoryStore } from '../../src/ledger/memory-store.ts';
import { filesBeyond } from '../../src/ledger/tidy.ts';
import { lastTiles, leavesUnder, type Tile, tilePath, widthIn } from '../../src/ledger/tile.ts';

/** Tiles of every level of a tree, and of the one above, around the place where each of them ends. */
function tilesAround(size: number): readonly Tile[] {
  const levels: readonly Tile['level'][] = ['entries', ...Array.from({ length: lastTiles(size).length + 1 }, (_, level) => level)];
  return levels.flatMap((level) => {
    const edge = Math.floor(Math.floor(size / leavesUnder(level)) / 256);
    const width = widthIn(size, { level, index: edge });
    const indexes = new Set([edge - 1, edge, edge + 1, edge + 2, edge + 300].filter((index) => index >= 0));
    const widths = new Set([1, width - 1, width, width + 1, 255, 256].filter((each) => each >= 1 && each <= 256));
    return [...indexes].flatMap((index) => [...widths].map((each) => ({ level, index, width: each })));
  });
}

describe('what reaches beyond the tree', () => {
  it.each([0, 1, 9, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 255_999, 256_000, 256_300, 25_600_000, 25_600_001])(
    'of %p leaves is removed, and nothing else',
    async (size) => {
      const files = new Map(['checkpoint', 'vkey', 'handover/01234567'].map((path) => [path, new Uint8Array()]));
      const beyond = new Set<string>();
      for (const tile of tilesAround(size)) {
        files.set(tilePath(tile), new Uint8Array());
        if (tile.width > widthIn(size, tile)) beyond.add(tilePath(tile));
      }
      const before = [...files.keys()];
      const store = createMemoryStore({ files, lastSigned: undefined });
      await store.remove(await filesBeyond(store, size));
      expect([...files.keys()].sort()).toEqual(before.filter((path) => !beyond.has(path)).sort());
    },
  );
});
