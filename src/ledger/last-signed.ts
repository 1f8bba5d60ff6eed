import { constants, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LedgerError } from './ledger.ts';

/** One note must fit; ours have 200 bytes, and 350 while two keys sign. A block of every common file system, so that writes do not overlap. */
const slotBytes = 4096;

/**
 * The last signed checkpoint in a file of two slots, written in turn. The file's length never changes, so that a full disk cannot stop the
 * one write that commits, and one system call does it (O_DSYNC).
 *
 * State after each failure: the slot that held the last note is never the one being written. A torn write leaves a note whose signature does
 * not hold, beside the one before; a write of unknown outcome leaves either. No other file ever holds a signature that is not published.
 */
export interface LastSigned {
  /** What the slots hold. */
  candidates(): Promise<readonly string[]>;
  /** As LedgerStore.swapLastSigned. */
  swap(expected: string | undefined, next: string): Promise<void>;
  close(): Promise<void>;
}

export async function openLastSigned(path: string): Promise<LastSigned> {
  const file = await openSlots(path);
  /** What is there by our knowledge; undefined where a write of ours failed, and anything may be there. */
  let known: (string | undefined)[] = readSlots(file);
  /** The slot that was written last. At first whoever calls knows it alone: it takes a key to tell which note holds. */
  let newest: number | undefined;

  /** The slot with the note that is to be replaced. @throws LedgerError `forked` */
  function slotOf(expected: string, found: readonly string[]): number {
    const foreign = found.some((note, i) => known[i] !== undefined && known[i] !== note);
    const slot = newest ?? found.indexOf(expected);
    // Nothing is expected: then there must be nothing, or a first note that was torn.
    const wrong = expected === '' ? found.some((note) => note.endsWith('\n')) : found[slot] !== expected;
    if (foreign || wrong) throw new LedgerError('forked', 'Somebody else has signed a checkpoint of this log');
    return slot;
  }

  return {
    candidates: async () => readSlots(file).filter((note) => note !== ''),
    async swap(expected, next) {
      const found = readSlots(file);
      if (newest !== undefined && !known.includes(undefined) && known[newest] === next && found[newest] === next) return;
      const slot = 1 - slotOf(expected ?? '', found);
      const bytes = Buffer.alloc(slotBytes);
      if (bytes.write(next) < Buffer.byteLength(next)) throw new RangeError('Expected a shorter note');
      known = known.with(slot, undefined);
      const { bytesWritten } = await file.write(bytes, 0, slotBytes, slot * slotBytes);
      if (bytesWritten !== slotBytes) throw new Error('The last signed checkpoint was written in part');
      known = known.with(slot, next);
      newest = slot;
    },
    close: () => file.close(),
  };
}

async function openSlots(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_DSYNC, 0o600);
  const { size } = await file.stat();
  if (size < 2 * slotBytes) await file.write(Buffer.alloc(2 * slotBytes - size), 0, 2 * slotBytes - size, size);
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
  return file;
}

/** At once: the two blocks are in memory, and a thread would cost more than the read. */
function readSlots({ fd }: FileHandle): string[] {
  const bytes = Buffer.alloc(2 * slotBytes);
  const bytesRead = readSync(fd, bytes, 0, bytes.length, 0);
  const noteIn = (slot: number) =>
    bytes
      .subarray(0, bytesRead)
      .toString('utf8', slot * slotBytes, (slot + 1) * slotBytes)
      .replace(/\0+$/, '');
  return [noteIn(0), noteIn(1)];
}
