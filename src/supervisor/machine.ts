import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { url } from 'node:inspector';
import { join } from 'node:path';
import { inspects, nodeOptions } from './guard.ts';

/** What the self-check reads of the machine and of the process it runs in. Undefined: this system does not tell. */
export interface Machine {
  /** Devices and files that memory may be written to. */
  readonly swaps: number | undefined;
  /** Whether the control group keeps this service out of them. */
  readonly swapForbidden: boolean;
  readonly vaultInMemory: boolean | undefined;
  readonly corePattern: string | undefined;
  /** Soft RLIMIT_CORE in bytes. */
  readonly coreLimit: number | undefined;
  /** Whether this process's memory can be had through Node's inspector. */
  readonly inspectable: boolean;
  /** Who may read the memory of another process of the same user: kernel/yama/ptrace_scope. */
  readonly ptraceScope: number | undefined;
}

/** Magic numbers of tmpfs and ramfs in statfs(2). */
const memoryFileSystems = [0x01021994, 0x858458f6];

export async function readMachine(vaultDir: string): Promise<Machine> {
  const linux = process.platform === 'linux';
  const scope = textOf('/proc/sys/kernel/yama/ptrace_scope');
  return {
    // A kernel without swapping has no such file.
    swaps: linux ? (textOf('/proc/swaps') ?? '').split('\n').slice(1).filter(Boolean).length : undefined,
    swapForbidden: swapForbidden(textOf('/proc/self/cgroup') ?? '', textOf),
    vaultInMemory: linux
      ? await statfs(vaultDir).then(
          ({ type }) => memoryFileSystems.includes(type),
          () => false,
        )
      : undefined,
    corePattern: textOf('/proc/sys/kernel/core_pattern'),
    coreLimit: coreLimitIn(textOf('/proc/self/limits')),
    inspectable: url() !== undefined || inspects([...process.execArgv, ...nodeOptions(process.env)]) || !listens('SIGUSR1'),
    ptraceScope: scope === undefined ? undefined : Number(scope),
  };
}

/**
 * Whether a limit of the control group leaves no room for swap. Version 2 counts swap alone; version 1 counts memory and swap together.
 * @param cgroup proc_pid_cgroup(5); inside a container its paths begin at the container's own group
 */
export function swapForbidden(cgroup: string, read: (path: string) => string | undefined): boolean {
  const pathOf = (line: RegExp) => line.exec(cgroup)?.[1];
  const second = pathOf(/^0::(.*)$/m);
  if (second !== undefined && read(join('/sys/fs/cgroup', second, 'memory.swap.max')) === '0') return true;
  const first = pathOf(/^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m);
  if (first === undefined) return false;
  const folder = join('/sys/fs/cgroup/memory', first);
  const both = read(join(folder, 'memory.memsw.limit_in_bytes'));
  // Without a limit both read as the largest number of pages: that is no limit.
  return both !== undefined && both === read(join(folder, 'memory.limit_in_bytes')) && Number(both) < 2 ** 62;
}

/** The soft limit in /proc/self/limits, bytes. */
export function coreLimitIn(limits: string | undefined): number | undefined {
  const soft = /^Max core file size\s+(\S+)/m.exec(limits ?? '')?.[1];
  if (soft === undefined) return undefined;
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
}

function listens(signal: NodeJS.Signals): boolean {
  return process.listenerCount(signal) > 0;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
