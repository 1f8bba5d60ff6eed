import type { EntryOf } from './entry.ts';
import type { Recorded } from './ledger.ts';
import { firstBundle, readBundle, recordedOf } from './reading.ts';
import type { LedgerReader } from './store.ts';
import { tileWidth } from './tile.ts';

/** What the books know of a job. */
export interface Trace {
  readonly received: EntryOf<'job.received'>;
  /** Left out while it is open. */
  readonly closed?: Recorded;
}

/**
 * Looks jobs up in the log of `size` entries, newest first, and stops when all are found. Only entries about them are parsed, so a long log costs its
 * reading and little more, however many jobs are looked for at once.
 * @returns what was found; a job whose `job.received` was pruned is not in it
 * @throws LedgerError `damaged`
 */
export async function findJobs(reader: LedgerReader, size: number, jobs: Iterable<string>): Promise<ReadonlyMap<string, Trace>> {
  const found = new Map<string, Trace>();
  const closings = new Map<string, Recorded>();
  const missing = new Set(jobs);
  const kept = await firstBundle(reader, size);
  for (let index = Math.ceil(size / tileWidth) - 1; index >= kept && missing.size > 0; index--) {
    // Taken away by a pruning that goes on meanwhile: what is older is gone too.
    const bundle = await readBundle(reader, size, index);
    if (bundle === undefined) break;
    for (let i = bundle.length - 1; i >= 0; i--) {
      const bytes = bundle[i];
      if (bytes === undefined || !missing.has(jobIn(bytes))) continue;
      const recorded = recordedOf(index * tileWidth + i, bytes);
      const { entry } = recorded;
      if (entry.ev === 'job.closed') closings.set(entry.job, recorded);
      if (entry.ev !== 'job.received') continue;
      const closed = closings.get(entry.job);
      found.set(entry.job, closed === undefined ? { received: entry } : { received: entry, closed });
      missing.delete(entry.job);
    }
  }
  return found;
}

const member = '"job":"';

/** The job that an entry is about, by its bytes alone; no other text in an entry can hold the member's name. */
function jobIn(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = text.indexOf(member);
  return at < 0 ? '' : text.toString('latin1', at + member.length, at + member.length + 36);
}
