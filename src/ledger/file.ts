import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from '../clock.ts';
import { canonicalJson } from './canonical.ts';
import { type Entry, eventSchema, type LedgerEvent, parseEntry } from './entry.ts';
import { type Ledger, LedgerError, type Recorded } from './ledger.ts';

/** The part of a file that the ledger needs; a test puts a failing disk in its place. */
export interface Disk {
  /** Length in bytes. */
  size(): Promise<number>;
  write(bytes: Buffer, at: number): Promise<void>;
  truncate(length: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly event: LedgerEvent;
  resolve(entry: Recorded): void;
  reject(error: LedgerError): void;
}

/**
 * The books as one append-only file of canonical JSON lines.
 *
 * Group commit: everything that waits goes out with one write and one fsync. State after each failure:
 * - write or fsync fails: the file is cut back to its last durable length, all that waited is refused. If cutting fails too, the next
 *   append tries it again before it writes, so that a refused entry can never become part of the books later.
 * - the process dies between write and fsync: nobody was told yes; a last line without its end is cut off when the file is opened.
 *
 * @param boot UUID of this run
 * @throws LedgerError `damaged` when a line other than a torn last one does not follow the schema
 */
export async function openFileLedger(
  path: string,
  boot: string,
  clock: Clock,
  diskOf: (path: string) => Promise<Disk> = openDisk,
): Promise<Ledger> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const disk = await diskOf(path);
  let length = await wholeLines(path, await disk.size());
  let dirty = length !== (await disk.size());
  if (dirty) await restore();

  let seq = 0;
  let size = 0;
  for await (const _ of lines()) size += 1;
  let writable = true;
  let closed = false;
  let waiting: Waiting[] = [];
  let committing: Promise<void> | undefined;

  async function restore(): Promise<void> {
    await disk.truncate(length);
    await disk.sync();
    dirty = false;
  }

  async function commit(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const entries = batch.map(({ event }): Entry => ({ ...event, v: 1, at: clock.wall(), mono: clock.mono(), boot, seq: seq++ }));
      const bytes = Buffer.from(entries.map((entry) => `${canonicalJson(entry)}\n`).join(''));
      try {
        if (dirty) await restore();
        dirty = true;
        await disk.write(bytes, length);
        await disk.sync();
        dirty = false;
        length += bytes.length;
        writable = true;
        batch.forEach(({ resolve }, i) => {
          const entry = entries[i];
          if (entry !== undefined) resolve({ index: size + i, entry, text: canonicalJson(entry) });
        });
        size += batch.length;
      } catch {
        seq -= batch.length;
        writable = false;
        await restore().catch(() => undefined);
        for (const { reject } of batch) reject(new LedgerError('unwritable', 'The ledger cannot be written'));
      }
    }
    committing = undefined;
  }

  async function* lines(): AsyncIterable<Recorded> {
    if (length === 0) return;
    let index = 0;
    const all = createInterface({ input: createReadStream(path, { end: length - 1 }), crlfDelay: Number.POSITIVE_INFINITY });
    for await (const text of all) yield { index: index++, entry: readLine(text), text };
  }

  const append = async (event: LedgerEvent): Promise<Recorded> => {
    if (closed) throw new LedgerError('closed', 'The ledger is closed');
    const checked = eventSchema.parse(event);
    return new Promise((resolve, reject) => {
      waiting.push({ event: checked, resolve, reject });
      // What arrives in the same turn of the event loop shares the fsync.
      committing ??= Promise.resolve().then(commit);
    });
  };
  const no = () => Promise.reject(new LedgerError('damaged', 'There is no tree under these books'));

  return {
    checkpoint: '',
    vkey: '',
    get size() {
      return size;
    },
    append,
    appendAll: (events) => Promise.all(events.map(append)),
    async *newestFirst() {
      const all: Recorded[] = [];
      for await (const one of lines()) all.push(one);
      yield* all.reverse();
    },
    proof: no,
    consistency: no,
    prune: async () => 0,
    rotate: no,
    get writable() {
      return writable;
    },
    async *entries(from = 0, to = size) {
      for await (const one of lines()) if (one.index >= from && one.index < to) yield one;
    },
    async close() {
      closed = true;
      await committing;
      await disk.close();
    },
  };
}

/** The real disk. */
export async function openDisk(path: string): Promise<Disk> {
  // 'r+' and not 'a': positions are ours, so that a refused write is overwritten and not followed.
  const file: FileHandle = await open(path, 'r+', 0o600).catch(() => open(path, 'wx+', 0o600));
  await syncFolder(dirname(path));
  return {
    size: async () => (await file.stat()).size,
    async write(bytes, at) {
      for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    },
    truncate: (length) => file.truncate(length),
    sync: () => file.datasync(),
    close: () => file.close(),
  };
}

/** A new file is durable only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

/** Length of the file without a torn last line. */
async function wholeLines(path: string, size: number): Promise<number> {
  let end = 0;
  let at = 0;
  if (size === 0) return 0;
  for await (const chunk of createReadStream(path, { end: size - 1 })) {
    const bytes: Buffer = chunk;
    const newline = bytes.lastIndexOf(0x0a);
    if (newline >= 0) end = at + newline + 1;
    at += bytes.length;
  }
  return end;
}

function readLine(line: string): Entry {
  try {
    return parseEntry(JSON.parse(line));
  } catch {
    throw new LedgerError('damaged', 'A line of the ledger does not follow the schema');
  }
}
