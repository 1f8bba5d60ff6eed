import { closeSync, type Dirent, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { isGone } from './memory.ts';

/** Looks through files: those below a folder, and those that a process holds open, deleted ones too. */

const chunkBytes = 1 << 20;

export interface FilesSeen {
  readonly files: number;
  /** Files of ours that could not be read. */
  readonly unreadable: number;
}

/**
 * Shows every file below the folders that has changed since `since`, in pieces that overlap.
 * @param since UTC milliseconds; what has not changed since a photo came holds nothing of it
 */
export function walkFiles(
  folders: readonly string[],
  since: number,
  overlap: number,
  look: (path: string, bytes: Buffer) => void,
): FilesSeen {
  const seen = { files: 0, unreadable: 0 };
  const buffer = Buffer.allocUnsafe(chunkBytes + overlap);
  for (const folder of folders) {
    for (const path of namesBelow(folder)) {
      const stat = statOf(path);
      if (stat === undefined || !stat.isFile() || Math.max(stat.mtimeMs, stat.ctimeMs) < since) continue;
      seen.files += 1;
      const read = () => readThrough(path, buffer, overlap, (bytes) => look(path, bytes));
      // On a machine at work a file may become a folder, or lose its own, between two calls: only what still is a file is tried again, and counts.
      if (read() || !statOf(path)?.isFile() || read()) continue;
      if (stat.uid === process.getuid?.()) seen.unreadable += 1;
    }
  }
  buffer.fill(0);
  return seen;
}

/** What a process has open. A link there reads what was opened, even when no folder names it any more. */
export const descriptorsOf = (pid: number): string => `/proc/${pid}/fd`;

/** A folder that is not there, or not ours to list, has no names; the others are looked through all the same. */
function* namesBelow(folder: string): Generator<string> {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* namesBelow(path);
    else yield path;
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** @returns false where it cannot be read; what is gone meanwhile needs not be */
function readThrough(path: string, buffer: Buffer, overlap: number, look: (bytes: Buffer) => void): boolean {
  try {
    const file = openSync(path, 'r');
    try {
      for (let at = 0; ; ) {
        const read = readSync(file, buffer, 0, buffer.length, at);
        if (read > 0) look(buffer.subarray(0, read));
        if (read < buffer.length) return true;
        at += read - overlap;
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return isGone(error);
  }
}
