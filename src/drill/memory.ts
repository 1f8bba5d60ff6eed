import { readFileSync, readSync } from 'node:fs';

/**
 * Looks through the memory of another process. The process that looks is never looked at: it would find what it is looking for, and to see others'
 * memory is to hold it. Whoever calls this ends soon after.
 */

const chunkBytes = 8 << 20;
const pageBytes = 4096n;

/** A stretch of addresses that the process has pages in. */
interface Region {
  readonly from: bigint;
  readonly to: bigint;
}

/**
 * Shows every resident page of a process, in pieces that overlap.
 * @param memory descriptor of /proc/PID/mem. Who may read is decided when it is opened, so the parent of a process can open it for somebody who may not
 * @param overlap bytes that a piece repeats of the one before; one less than the longest needle
 * @throws Error where the system does not say what the process has mapped; a process that is gone has nothing
 */
export function walkMemory(pid: number, memory: number, overlap: number, look: (bytes: Buffer) => void): void {
  const buffer = Buffer.allocUnsafe(chunkBytes + overlap);
  for (const { from, to } of residentRegions(readMaps(pid))) {
    for (let at = from; at < to; ) {
      const wanted = Number(to - at < BigInt(buffer.length) ? to - at : BigInt(buffer.length));
      const read = readAt(memory, buffer, wanted, at);
      if (read > 0) look(buffer.subarray(0, read));
      // A page that cannot be read (behind a guard, or beyond the end of a file) ends a piece; what is behind it is looked at all the same.
      if (read === 0) at += pageBytes - (at % pageBytes);
      else if (read < wanted || at + BigInt(read) === to) at += BigInt(read);
      else at += BigInt(read - overlap);
    }
  }
  buffer.fill(0);
}

/** proc_pid_smaps(5): a header line for each mapping, among the lines below it how much of it is in memory or in swap. */
function residentRegions(smaps: string): readonly Region[] {
  const regions: Region[] = [];
  let region: Region | undefined;
  for (const line of smaps.split('\n')) {
    const header = /^([0-9a-f]+)-([0-9a-f]+) \S{4} /.exec(line);
    // Pages of the kernel's own, for its clocks: not to be read, and nothing of a process in them.
    if (header !== null)
      region = /\[(vvar|vsyscall)/.test(line) ? undefined : { from: BigInt(`0x${header[1]}`), to: BigInt(`0x${header[2]}`) };
    if (region === undefined || !/^(Rss|Swap): +[1-9]/.test(line)) continue;
    regions.push(region);
    region = undefined;
  }
  return regions;
}

function readMaps(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/smaps`, 'utf8');
  } catch (error) {
    if (isGone(error)) return '';
    throw error;
  }
}

function readAt(memory: number, buffer: Buffer, wanted: number, at: bigint): number {
  try {
    return readSync(memory, buffer, 0, wanted, at);
  } catch {
    return 0;
  }
}

/** Whether a fault of /proc means that the process has ended. */
export function isGone(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
}

/** How often any of the needles stands in these bytes. */
export function countIn(hay: Buffer, needles: readonly Buffer[]): number {
  let count = 0;
  for (const needle of needles) for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) count += 1;
  return count;
}
