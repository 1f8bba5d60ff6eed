import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Looks for bytes in the memory of other processes and in files. The process that looks is not looked at: it would find its own needle. */

const chunkBytes = 8 << 20;

/** How often one of the needles stands in the readable memory of a process; 0 for one that is gone. @throws where the system forbids to look */
export function countInMemory(pid: number, needles: readonly Buffer[]): number {
  let maps: string;
  let memory: number;
  try {
    maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
    memory = openSync(`/proc/${pid}/mem`, 'r');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return 0;
    throw error;
  }
  try {
    let count = 0;
    for (const line of maps.split('\n')) {
      const region = /^([0-9a-f]+)-([0-9a-f]+) r\S+ \S+ \S+ \S+\s*(.*)$/.exec(line);
      if (region === null || region[3] === '[vvar]' || region[3] === '[vsyscall]') continue;
      count += countInRegion(memory, BigInt(`0x${region[1]}`), BigInt(`0x${region[2]}`), needles);
    }
    return count;
  } finally {
    closeSync(memory);
  }
}

function countInRegion(memory: number, from: bigint, to: bigint, needles: readonly Buffer[]): number {
  // Chunks overlap, so that a needle across their border is seen.
  const buffer = Buffer.alloc(Math.min(Number(to - from), chunkBytes + 63));
  let count = 0;
  for (let at = from; at < to; at += BigInt(chunkBytes)) {
    const wanted = Number(to - at < BigInt(buffer.length) ? to - at : BigInt(buffer.length));
    let read = 0;
    try {
      read = readSync(memory, buffer, 0, wanted, at);
    } catch {
      // A page that cannot be read, as behind a guard.
      continue;
    }
    for (const needle of needles) count += countIn(buffer.subarray(0, read), needle);
  }
  return count;
}

function countIn(hay: Buffer, needle: Buffer): number {
  let count = 0;
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) count += 1;
  return count;
}

/** Files below these folders, open descriptors included, that hold the needle. */
export function filesWith(needle: Buffer, folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => {
        try {
          return statSync(path).isFile() && readFileSync(path).includes(needle);
        } catch {
          return false;
        }
      }),
  );
}

/** What the descriptors of a process point to, deleted files included, as far as it holds the needle. */
export function descriptorsWith(pid: number, needle: Buffer): string[] {
  return filesWith(needle, [`/proc/${pid}/fd`]);
}
