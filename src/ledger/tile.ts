import { hashBytes } from './merkle.ts';

/** Tiles of c2sp.org/tlog-tiles: 256 consecutive hashes of one height of the tree, or 256 entries, in one file. */

/** Hashes in a full tile, entries in a full bundle. */
export const tileWidth = 256;
/** Heights of the tree that one tile spans: a hash of level L is the root of 256^L leaves. */
export const tileHeight = 8;
export const tileBytes = tileWidth * hashBytes;

export interface Tile {
  /** 0: leaf hashes; each level above hashes full tiles of the one below. `entries`: the entries themselves. */
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256; less than 256 is a partial tile. */
  readonly width: number;
}

/** `tile/0/x001/x234/067`, `tile/entries/005.p/17`. */
export function tilePath({ level, index, width }: Tile): string {
  const full = `tile/${level}/${pathOfIndex(index)}`;
  return width === tileWidth ? full : `${full}.p/${width}`;
}

/** "zero-padded 3-digit path elements. All but the last path element MUST begin with an x." */
function pathOfIndex(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(3 * Math.ceil(digits.length / 3), '0');
  return padded.replace(/\d{3}(?=\d)/g, 'x$&/');
}

/** Leaves under one hash of a level; an entry is one leaf. */
export const leavesUnder = (level: Tile['level']): number => (level === 'entries' ? 1 : tileWidth ** level);

/**
 * Hashes (or entries) in a tile of the tree of `size` leaves: 0 to 256.
 * "The partial tile at level l for a tree of size s has floor(s / 256**l) mod 256 entries."
 */
export function widthIn(size: number, { level, index }: Pick<Tile, 'level' | 'index'>): number {
  const nodes = Math.floor(size / leavesUnder(level));
  return Math.max(0, Math.min(tileWidth, nodes - index * tileWidth));
}

/** The last tile of each level of a tree, lowest first; levels that are full to the brim end in a full tile. */
export function lastTiles(size: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; leavesUnder(level) <= size; level++) {
    const index = Math.ceil(Math.floor(size / leavesUnder(level)) / tileWidth) - 1;
    tiles.push({ level, index, width: widthIn(size, { level, index }) });
  }
  return tiles;
}

/** What anybody may read of a log, and nothing beside it: no path of ours contains a dot but in `.p`. */
export const isLogPath = (path: string): boolean =>
  /^(checkpoint|vkey|handover\/[0-9a-f]{8}|tile\/([0-9]|[1-5]\d|6[0-3]|entries)\/(x\d{3}\/)*\d{3}(\.p\/([1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?)$/.test(
    path,
  );
