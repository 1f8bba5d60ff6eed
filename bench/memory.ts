import { readFileSync } from 'node:fs';
import { type ProcessKind, processKinds } from './results.ts';

/** Reads /proc; where there is none (macOS) everything is 0. */

export interface Seen {
  readonly pid: number;
  readonly kind: ProcessKind;
  /** High-water mark of its resident memory so far, bytes. */
  peak: number;
}

export interface MemoryWatch {
  /** Every process seen so far, in the order they came. */
  readonly seen: readonly Seen[];
  /** The largest of each kind, in bytes. */
  peaks(): Record<ProcessKind, number>;
  stop(): void;
}

/** Often enough to meet a darkroom between the peak of its one job and its end, seldom enough to cost the machine nothing. */
const everyMs = 50;

/** Watches a service and all that it starts. */
export function watchMemory(supervisor: number): MemoryWatch {
  const seen = new Map<number, Seen>();

  function look(): void {
    for (const pid of [supervisor, ...childrenOf(supervisor)]) {
      const kind = seen.get(pid)?.kind ?? kindOf(pid);
      // Between fork and exec a child still looks like its parent.
      if (kind === undefined || (kind === 'supervisor' && pid !== supervisor)) continue;
      const entry = seen.get(pid) ?? { pid, kind, peak: 0 };
      entry.peak = Math.max(entry.peak, kibibytes(`/proc/${pid}/status`, 'VmHWM'));
      seen.set(pid, entry);
    }
  }

  look();
  const timer = setInterval(look, everyMs);
  return {
    get seen() {
      return [...seen.values()];
    },
    peaks() {
      const peaks = { supervisor: 0, receiver: 0, darkroom: 0 };
      for (const kind of processKinds) {
        peaks[kind] = Math.max(0, ...[...seen.values()].filter((each) => each.kind === kind).map(({ peak }) => peak));
      }
      return peaks;
    },
    stop: () => clearInterval(timer),
  };
}

/** Memory of a service as it stands, in bytes: `resident` counts a shared page in every process, `proportional` once. */
export function memoryOf(supervisor: number): { resident: number; proportional: number } {
  const pids = [supervisor, ...childrenOf(supervisor)];
  const sum = (file: string, field: string) => pids.reduce((total, pid) => total + kibibytes(`/proc/${pid}/${file}`, field), 0);
  return { resident: sum('status', 'VmRSS'), proportional: sum('smaps_rollup', 'Pss') };
}

/** Resident memory of one process, in bytes. */
export function residentOf(pid: number): number {
  return kibibytes(`/proc/${pid}/status`, 'VmRSS');
}

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

function kindOf(pid: number): ProcessKind | undefined {
  const command = read(`/proc/${pid}/cmdline`).split('\0').filter(Boolean).at(-1);
  if (command === 'serve') return 'supervisor';
  if (command === 'receiver') return 'receiver';
  return command === 'develop' ? 'darkroom' : undefined;
}

function kibibytes(path: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(read(path))?.[1] ?? 0) * 1024;
}

/** Empty for a process that has gone. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
