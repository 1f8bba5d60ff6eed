import { Invalid } from './crypto.ts';
import { hashBytes } from './merkle.ts';

/** The files of a tile log: https://c2sp.org/tlog-tiles */

/** Where the files of a ledger come from: a folder, a web server, the memory of a test. */
export interface Source {
  /** The whole file, or nothing where there is none. Paths are those of the format, relative to the ledger. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** The paths of all files, where the source can tell. */
  list?(): AsyncIterable<string>;
}

/** Hashes or entries in a full tile. */
export const tileWidth = 256;

/** Levels of hash tiles count from the leaves; `entries` are the bundles of entries beside level 0. */
export type Level = number | 'entries';

export interface Tile {
  readonly level: Level;
  /** Counts within the level. */
  readonly index: number;
  /** 1 to 256 hashes or entries; less than 256 is a partial tile. */
  readonly width: number;
}

export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index).padStart(3 * Math.ceil(String(index).length / 3), '0');
  const groups = digits.match(/\d{3}/g) ?? [];
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${name}${width < tileWidth ? `.p/${width}` : ''}`;
}

/** The tile with this path, or nothing where it is no path of a tile. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level = '', name = '', partial] = /^tile\/(\d+|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d+))?$/.exec(path) ?? [];
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(name.replace(/\D/g, '')),
    width: partial === undefined ? tileWidth : Number(partial),
  };
  // Anything but the one way to write it is another file.
  return tile.width > 0 && tilePath(tile) === path ? tile : undefined;
}

/** How many hashes the whole row of tiles at a level has in a tree of `size` leaves. */
export function rowLength(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** Entries under a whole tile of a level. */
export function span(level: Level): number {
  return tileWidth ** (level === 'entries' ? 1 : level + 1);
}

/** The hashes of a tile. @throws Invalid where the file has another length */
export function parseHashes(bytes: Uint8Array, { width }: Tile): readonly Uint8Array[] {
  if (bytes.length !== width * hashBytes) throw new Invalid(`Expected ${width * hashBytes} bytes but received ${bytes.length}`);
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * hashBytes, (i + 1) * hashBytes));
}

/** The entries of a bundle: each with its length before it, big-endian uint16. @throws Invalid where they do not fill the file exactly */
export function parseBundle(bytes: Uint8Array, { width }: Tile): readonly Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const begin = at + 2;
    at = begin + (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
    if (at > bytes.length) throw new Invalid(`Expected entry ${entries.length} of the bundle to end within the file`);
    entries.push(bytes.subarray(begin, at));
  }
  if (entries.length !== width) throw new Invalid(`Expected ${width} entries but received ${entries.length}`);
  return entries;
}

/**
 * A tile, or nothing where there is none. Where a partial file is gone, the full one takes its place, as the format allows.
 * @throws Invalid where the file has another form
 */
export async function readTile<T>(
  source: Source,
  tile: Tile,
  parse: (bytes: Uint8Array, tile: Tile) => readonly T[],
): Promise<readonly T[] | undefined> {
  const bytes = await source.read(tilePath(tile));
  if (bytes !== undefined) return parse(bytes, tile);
  if (tile.width === tileWidth) return undefined;
  const full = { ...tile, width: tileWidth };
  const more = await source.read(tilePath(full));
  return more && parse(more, full).slice(0, tile.width);
}
