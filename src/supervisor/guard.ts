import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/**
 * Forbids core dumps to this process and to all that it will start. Not with a limit of 0, which the kernel does not apply to dumps that are piped to a
 * program: 1 stops those too (fs/coredump.c), and no file is that small. Where prlimit (util-linux) is missing, or the limit was 0 for good
 * before, it stays as it is, and the self-check says what that means.
 */
export function forbidCoreDumps(): void {
  spawnSync('prlimit', ['--pid', String(process.pid), '--core=1:1'], { stdio: 'ignore' });
}

/**
 * What every process of the service does first. The second line behind the limit: with filter 0 a core dump holds no memory. It still holds registers,
 * and those of a darkroom at work hold pixels (measured: 9 pieces of a marked corner in one dump).
 *
 * SIGUSR1 would have Node open its inspector on loopback, and with it the memory of the process, to anybody on the machine. A listener of our own
 * takes its place (Node 20 has no --disable-sigusr1).
 */
export function guardProcess(): void {
  process.on('SIGUSR1', () => undefined);
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // Not Linux; the self-check says so.
  }
}

/** Whether options for Node open its inspector. */
export function inspects(options: readonly string[]): boolean {
  return options.some((option) => /^--(inspect|debug)(-|=|$)/.test(option));
}

/** The options in NODE_OPTIONS, one by one. */
export function nodeOptions(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return (env.NODE_OPTIONS ?? '').split(/\s+/).filter((option) => option !== '');
}
