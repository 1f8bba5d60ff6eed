import { LedgerError } from './ledger.ts';
import { firstBundle, readBundle, recordedOf } from './reading.ts';
import type { LedgerStore } from './store.ts';
import { tilePath, tileWidth } from './tile.ts';

/**
 * Drops the oldest full bundles all of whose entries are older than `before`: what c2sp.org/tlog-tiles calls the minimum index moves up. A wall
 * clock that once stood in the future only keeps entries for longer.
 *
 * It is booked before it is done. A crash between the two leaves entries that the books call gone; the next pruning takes them. The other
 * way round, entries would be missing and nobody would have said so.
 * @param kept first bundle that is there
 * @param book what appends `log.pruned`; `entries` counts from the beginning of the log, so that the newest of these entries says it all
 * @returns first bundle that is there now
 */
export async function pruneBundles(
  store: LedgerStore,
  size: number,
  kept: number,
  before: number,
  book: (entries: number) => Promise<unknown>,
): Promise<number> {
  let end = kept;
  while ((end + 1) * tileWidth <= size && (await isOlder(store, size, end, before))) end += 1;
  if (end === kept) return kept;
  await book(end * tileWidth);
  const paths = Array.from({ length: end - kept }, (_, i) => tilePath({ level: 'entries', index: kept + i, width: tileWidth }));
  // With what is left of their partial versions, where those could not be removed when their time came.
  await store.remove(paths.flatMap((path) => [`${path}.p`, path]));
  return firstBundle(store, size);
}

async function isOlder(store: LedgerStore, size: number, index: number, before: number): Promise<boolean> {
  const entries = await readBundle(store, size, index);
  if (entries === undefined) throw new LedgerError('damaged', `The bundle of the entries from ${index * tileWidth} on is missing`);
  return entries.every((bytes, i) => recordedOf(index * tileWidth + i, bytes).entry.at < before);
}
