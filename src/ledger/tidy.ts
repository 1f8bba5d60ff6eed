import { dirname } from 'node:path/posix';
import type { LedgerStore } from './store.ts';
import { lastTiles, leavesUnder, type Tile, tilePath, tileWidth } from './tile.ts';

/** Tiles in one folder: the last element of a tile's path has three digits. */
const folderTiles = 1000;

/**
 * Files that reach beyond the tree of `size` leaves: what a commit has left that did not get as far as its signature. They would be in nobody's
 * way but for this: a partial tile that the next commits jump over would lie there for good, with hashes that never came to be in the log.
 * @returns paths to remove
 */
export async function filesBeyond(store: Pick<LedgerStore, 'list'>, size: number): Promise<readonly string[]> {
  const levels: readonly Tile['level'][] = ['entries', ...lastTiles(size).map(({ level }) => level), lastTiles(size).length];
  return (await Promise.all(levels.map((level) => beyond(store, edgeOf(size, level))))).flat();
}

/** The tile of a level that grows next, and how many hashes are in it. The level above the highest begins when that has a full tile. */
function edgeOf(size: number, level: Tile['level']): Tile {
  const nodes = Math.floor(size / leavesUnder(level));
  return { level, index: Math.floor(nodes / tileWidth), width: nodes % tileWidth };
}

async function beyond(store: Pick<LedgerStore, 'list'>, edge: Tile): Promise<readonly string[]> {
  const full = tilePath({ ...edge, width: tileWidth });
  const folder = dirname(full);
  const nextFolder = dirname(tilePath({ ...edge, index: (Math.floor(edge.index / folderTiles) + 1) * folderTiles, width: tileWidth }));
  const later = (await store.list(folder)).filter(
    (name) => /^\d{3}(\.p)?$/.test(name) && Number(name.slice(0, 3)) > edge.index % folderTiles,
  );
  const wider = (await store.list(`${full}.p`)).filter((name) => Number(name) > edge.width);
  return [full, ...wider.map((name) => `${full}.p/${name}`), ...later.map((name) => `${folder}/${name}`), nextFolder];
}
