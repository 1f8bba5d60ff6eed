import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../http/harness.ts';
import { type Service, startService } from '../kit/service.ts';
import { traceable } from './strace.ts';

/** A service that can be traced and killed as a whole. */

/**
 * One thread for files in each process, so that calls come in an order that can be counted; one darkroom that lives on, so that a trace sees one
 * job and no start of another; one template and no sample, so that nothing is rehearsed; no sweep and no new receiver in between.
 */
export function quiet(dir: string): Readonly<Record<string, string>> {
  const templates = join(dir, 'templates');
  cpSync('templates/sunglasses', join(templates, 'sunglasses'), { recursive: true });
  return {
    UV_THREADPOOL_SIZE: '1',
    MAYFLY_TEMPLATES_DIR: templates,
    MAYFLY_DARKROOMS: '1',
    MAYFLY_ISOLATION: 'pool:1000',
    MAYFLY_SWEEP_CRON: '0 0 1 1 *',
    MAYFLY_RECEIVER_SECONDS: '3600',
  };
}

/** Whose system calls. */
export type Process = 'supervisor' | 'receiver' | 'darkroom';

export interface Running {
  readonly service: Service;
  readonly pids: Readonly<Record<Process, number>>;
  /** SIGKILL to all that still lives of it. Resolves when nothing does: keys are where processes are. */
  kill(): Promise<void>;
}

/** What there is of a service that is ready. */
export function runningOf(service: Service): Running {
  const { receiver, develop } = service.processes();
  const pids = { supervisor: service.pid, receiver: receiver[0] ?? 0, darkroom: develop[0] ?? 0 };
  const all = [...new Set([parentOf(service.pid), service.pid, ...receiver, ...develop])].filter((pid) => pid !== process.pid);
  return {
    service,
    pids,
    async kill() {
      for (const pid of [...all, ...service.processes().receiver, ...service.processes().develop])
        if (alive(pid)) process.kill(pid, 'SIGKILL');
      await eventually(() => !all.some(alive), 'the end of all processes', 10_000);
    },
  };
}

export async function launch(dir: string, env: Readonly<Record<string, string>> = {}) {
  const tracer = traceable(dir);
  // Ready means here that its one darkroom is warm.
  const service = await startService({ ...quiet(dir), ...env }, dir, tracer.before);
  return { ...runningOf(service), attach: tracer.attach };
}

const statOf = (pid: number): readonly string[] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
};

const parentOf = (pid: number): number => Number(statOf(pid)[1] ?? 0);

/** Not so a zombie, that only waits for its parent to look. */
export const alive = (pid: number): boolean => !['Z', 'X', undefined].includes(statOf(pid)[0]);
