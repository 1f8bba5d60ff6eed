import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../http/harness.ts';

/** System calls as strace tells them, and what it does to them. */

/** One system call of a traced thread. */
export interface Call {
  readonly name: string;
  /** Its number among the calls of this name in its thread since the tracing began, from 1: what `when=` counts. */
  readonly nth: number;
  readonly thread: number;
  /** The file, as far as it lies in the folder of the service, with what differs from run to run taken out. */
  readonly file?: string;
  /** It did not return: the process died in it. */
  readonly cut: boolean;
}

/** What a tracer does to the nth call of a name: a signal before it is made, or an error instead of it (SIGSTOP works behind it). */
export interface Injection {
  readonly call: string;
  /** As strace has it: `3`, `2+` (from the second on), `1..4`. */
  readonly when: string;
  readonly what: `signal=${'SIGKILL' | 'SIGSTOP'}` | `error=${'EIO' | 'ENOSPC' | 'EBUSY' | 'EACCES'}`;
}

/** Everything that has to do with files or descriptors. */
const watched = ['-y', '-e', 'trace=%file,%desc'];

export function injecting({ call, when, what }: Injection): readonly string[] {
  return ['-e', `inject=${call}:${what}:when=${when}`];
}

/** strace in front of a service from its first moment on, of its supervisor alone: children are let go when they become another program. */
export function tracedFromStart(dir: string, paths: readonly string[], injection?: Injection): readonly string[] {
  const only = paths.flatMap((path) => ['-P', path]);
  return ['strace', '-f', '-b', 'execve', '-o', traceOf(dir), ...watched, ...only, ...(injection ? injecting(injection) : [])];
}

/**
 * A service that starts at full speed and is traced later. A shell starts it, waits for a line and becomes strace: a tracer that is the parent of
 * what it traces needs no privilege where ptrace is for one's own children alone (Yama, as in containers without SYS_PTRACE). The service holds
 * the line open: when it dies before it is traced, the shell reads nothing and ends too.
 */
export function traceable(dir: string): {
  readonly before: readonly string[];
  attach(thread: number, injection?: Injection): Promise<void>;
} {
  const line = join(dir, 'line');
  rmSync(line, { force: true });
  execFileSync('mkfifo', [line]);
  return {
    before: ['sh', '-c', '"$@" 9<>"$0" & read -r words <"$0" && exec strace $words', line],
    async attach(thread, injection) {
      rmSync(traceOf(dir), { force: true });
      writeFileSync(line, `-p ${thread} -o ${traceOf(dir)} ${[...watched, ...(injection ? injecting(injection) : [])].join(' ')}\n`);
      await eventually(() => tracerOf(thread) !== 0, 'a tracer');
    },
  };
}

const traceOf = (dir: string) => join(dir, 'trace');

/**
 * The thread that does a process's work with files: with UV_THREADPOOL_SIZE=1 there is one, and of all besides the first it has written the most. Those
 * of V8 write 8 bytes to wake the first thread, now and then.
 */
export function filesThread(pid: number): number {
  const written = (thread: number) => Number(/^wchar: (\d+)$/m.exec(readFileSync(`/proc/${pid}/task/${thread}/io`, 'utf8'))?.[1] ?? 0);
  const [most] = readdirSync(`/proc/${pid}/task`)
    .map(Number)
    .filter((thread) => thread !== pid)
    .map((thread) => ({ thread, bytes: written(thread) }))
    .sort((a, b) => b.bytes - a.bytes);
  if (most === undefined || most.bytes === 0) throw new Error(`Expected a thread that works with files in ${pid}`);
  return most.thread;
}

function tracerOf(thread: number): number {
  try {
    return Number(/^TracerPid:\t(\d+)$/m.exec(readFileSync(`/proc/${thread}/status`, 'utf8'))?.[1]);
  } catch {
    // It died as soon as it was traced.
    return -1;
  }
}

/** What was traced so far. */
export function callsIn(dir: string): { readonly calls: readonly Call[]; readonly end?: 'killed' | 'stopped' | 'exited' } {
  const text = readFileSync(traceOf(dir), 'latin1');
  const seen = new Map<string, number>();
  const calls = text.split('\n').flatMap((line): Call[] => {
    // With -f a call that others interrupt is told in two halves; the first one counts.
    const [, thread = '0', name, rest] = /^(?:(\d+) +)?(\w+)\((.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined) return [];
    const nth = (seen.get(`${thread} ${name}`) ?? 0) + 1;
    seen.set(`${thread} ${name}`, nth);
    const path = rest.slice(rest.indexOf(dir)).match(/^[^"><]+/)?.[0];
    const file = rest.includes(`${dir}/`) && path !== undefined ? anonymous(path.slice(dir.length + 1)) : undefined;
    return [{ name, nth, thread: Number(thread), cut: /= \?$/.test(rest), ...(file !== undefined && { file }) }];
  });
  const [, how] = /(?:\+\+\+|---) (killed|stopped|exited) /.exec(text) ?? [];
  const end = (['killed', 'stopped', 'exited'] as const).find((known) => known === how);
  return { calls, ...(end && { end }) };
}

/** Paths in the folder that were touched, as they are. */
export function pathsIn(dir: string): readonly string[] {
  const lines = readFileSync(traceOf(dir), 'latin1').split('\n');
  return [...new Set(lines.flatMap((line) => line.split(dir).slice(1)).map((rest) => dir + (/^[^"<>]*/.exec(rest)?.[0] ?? '')))];
}

/** Ids, sizes and random names out of a path. */
function anonymous(path: string): string {
  return path
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(in|out)\.[0-9a-f]{16}/, '*.$2')
    .replace(/(x?\d{3}\/)*\d{3}(\.p)?(\/\d+)?$/, (match) => (match.includes('.p') ? 'N.p/W' : 'N'))
    .replace(' (deleted)', '');
}
