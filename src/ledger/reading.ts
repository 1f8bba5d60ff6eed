import { decodeBundle } from './bundle.ts';
import { parseEntry } from './entry.ts';
import { LedgerError, type Recorded } from './ledger.ts';
import { hashBytes } from './merkle.ts';
import type { LedgerReader } from './store.ts';
import { type Tile, tilePath, tileWidth, widthIn } from './tile.ts';

/**
 * The hashes of a tile of the tree of `size` leaves.
 * "Clients MAY fetch the full tile in parallel as a fallback in case the partial tile is not available anymore": it begins with the same hashes.
 * @throws LedgerError `damaged` where it is missing or too short
 */
export async function readTile(reader: LedgerReader, size: number, tile: { level: number; index: number }): Promise<readonly Uint8Array[]> {
  const width = widthIn(size, tile);
  const bytes = (await reader.read(tilePath({ ...tile, width }))) ?? (await reader.read(tilePath({ ...tile, width: tileWidth })));
  if (bytes === undefined || bytes.length % hashBytes !== 0 || bytes.length < width * hashBytes)
    throw new LedgerError('damaged', `The tile ${tilePath({ ...tile, width })} is missing or cut short`);
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * hashBytes, (i + 1) * hashBytes));
}

/**
 * The entries of a bundle of the log of `size` entries; undefined where there is no such file.
 * @throws LedgerError `damaged`
 */
export async function readBundle(reader: LedgerReader, size: number, index: number): Promise<readonly Uint8Array[] | undefined> {
  const tile: Tile = { level: 'entries', index, width: widthIn(size, { level: 'entries', index }) };
  const bytes = await reader.read(tilePath(tile));
  if (bytes !== undefined) return decodeBundle(bytes, tile.width);
  const full = tile.width === tileWidth ? undefined : await reader.read(tilePath({ ...tile, width: tileWidth }));
  return full && decodeBundle(full, tileWidth).slice(0, tile.width);
}

/** @throws LedgerError `damaged` where the bytes are no entry */
export function recordedOf(index: number, bytes: Uint8Array): Recorded {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  try {
    return { index, entry: parseEntry(JSON.parse(text)), text };
  } catch {
    throw new LedgerError('damaged', `Entry ${index} does not follow the schema`);
  }
}

/** Index of the first bundle that was not pruned. Bundles are dropped from the beginning on, so that it can be searched for by halves. */
export async function firstBundle(reader: LedgerReader, size: number): Promise<number> {
  let gone = 0;
  for (let there = Math.floor(size / tileWidth); gone < there; ) {
    const middle = Math.floor((gone + there) / 2);
    if ((await reader.read(tilePath({ level: 'entries', index: middle, width: tileWidth }))) === undefined) gone = middle + 1;
    else there = middle;
  }
  return gone;
}

/** What a walk through the entries goes by. */
export interface Extent {
  /** Entries when the walk began. */
  readonly size: number;
  /** First bundle that is kept: pruning may go on meanwhile. */
  readonly kept: () => number;
}

/** Entries of a bundle; none where it was pruned before it could be read. */
async function keptBundle(reader: LedgerReader, { size, kept }: Extent, index: number): Promise<readonly Uint8Array[]> {
  const entries = await readBundle(reader, size, index);
  if (entries !== undefined) return entries;
  if (index < kept()) return [];
  throw new LedgerError('damaged', `The bundle of the entries from ${index * tileWidth} on is missing`);
}

/** Entries from `from` to before `to`, oldest first. */
export async function* readForward(reader: LedgerReader, extent: Extent, from: number, to: number): AsyncGenerator<Recorded> {
  const end = Math.min(to, extent.size);
  const first = Math.max(extent.kept(), Math.floor(from / tileWidth));
  for (let index = first; index * tileWidth < end; index++) {
    const start = index * tileWidth;
    const entries = await keptBundle(reader, extent, index);
    for (const [i, bytes] of entries.entries()) if (start + i >= from && start + i < end) yield recordedOf(start + i, bytes);
  }
}

/** All entries, newest first. */
export async function* readBackward(reader: LedgerReader, extent: Extent): AsyncGenerator<Recorded> {
  for (let index = Math.ceil(extent.size / tileWidth) - 1; index >= extent.kept(); index--) {
    const entries = await keptBundle(reader, extent, index);
    for (const [i, bytes] of [...entries.entries()].reverse()) yield recordedOf(index * tileWidth + i, bytes);
  }
}
