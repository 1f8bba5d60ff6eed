import type { EventName } from './entry.ts';
import { LedgerError, type Recorded } from './ledger.ts';
import { readBundle, recordedOf } from './reading.ts';
import type { LedgerReader } from './store.ts';
import type { Stretch } from './stretch.ts';
import { tileWidth } from './tile.ts';

/** Which entries somebody wants to see; what is left out is not asked. */
export interface Selection {
  /** Places in the log: this one and those behind it; before this one. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** UTC milliseconds: from then on; before then. By the wall clock of the entry, which may have been set: order is by place. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly job?: string | undefined;
  readonly event?: EventName | undefined;
}

/**
 * Entries of the log as its store holds it, oldest first, while a service may write to it. Entries are parsed only where their bytes look right.
 * @param stretch what the store holds
 * @throws LedgerError `damaged`
 */
export async function* selectEntries(reader: LedgerReader, { first: kept, size }: Stretch, selection: Selection): AsyncGenerator<Recorded> {
  const end = Math.min(selection.to ?? size, size);
  const looksRight = quickTest(selection);
  for (let at = Math.max(selection.from ?? 0, kept); at < end; ) {
    const first = at - (at % tileWidth);
    const bundle = await readBundle(reader, size, first / tileWidth);
    if (bundle === undefined) throw new LedgerError('damaged', `The bundle of the entries from ${first} on is missing`);
    for (const bytes of bundle.slice(at - first, end - first)) {
      const index = at++;
      if (!looksRight(bytes)) continue;
      const recorded = recordedOf(index, bytes);
      if (isSelected(recorded, selection)) yield recorded;
    }
  }
}

function isSelected({ entry }: Recorded, { since = 0, until = Number.POSITIVE_INFINITY, job, event }: Selection): boolean {
  if (entry.at < since || entry.at >= until) return false;
  if (event !== undefined && entry.ev !== event) return false;
  return job === undefined || ('job' in entry && entry.job === job);
}

/** Says no only to bytes that cannot be selected. Canonical JSON begins with the time, for no member sorts before `at`. */
function quickTest({ since = 0, until = Number.POSITIVE_INFINITY, job, event }: Selection): (bytes: Uint8Array) => boolean {
  return (bytes) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const at = Number(/^\{"at":(\d{1,16}),/.exec(text.toString('latin1', 0, 24))?.[1]);
    if (at < since || at >= until) return false;
    return (job === undefined || text.includes(job)) && (event === undefined || text.includes(`"${event}"`));
  };
}
