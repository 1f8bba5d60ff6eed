import { parseCheckpoint } from './checkpoint.ts';
import { LedgerError } from './ledger.ts';
import { firstBundle } from './reading.ts';
import type { LedgerReader } from './store.ts';
import { tileWidth } from './tile.ts';

/** What a store holds now: entries from `first` up to and without `size`. */
export interface Stretch {
  readonly first: number;
  readonly size: number;
}

/**
 * The log as anybody finds it in its store. The checkpoint is taken at its word: whether it is signed, and by whom, is for `mayfly verify` to say.
 * @throws LedgerError `damaged` where there is no log
 */
export async function stretchOf(reader: LedgerReader): Promise<Stretch> {
  const note = Buffer.from((await reader.read('checkpoint')) ?? []).toString();
  const checkpoint = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1));
  if (checkpoint === undefined) throw new LedgerError('damaged', 'There is no ledger here: no checkpoint can be read');
  const { size } = checkpoint;
  return { first: (await firstBundle(reader, size)) * tileWidth, size };
}
