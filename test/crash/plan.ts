import type { Point, Rig } from './crash.ts';
import type { Call } from './strace.ts';

/** Every point that an undisturbed run shows. */

/** Where calls are counted, and who dies there. */
const fields: readonly Omit<Point, 'call' | 'nth' | 'file'>[] = [
  { phase: 'job', process: 'supervisor', dies: 'service' },
  { phase: 'job', process: 'receiver', dies: 'process' },
  { phase: 'job', process: 'receiver', dies: 'service' },
  { phase: 'job', process: 'darkroom', dies: 'process' },
  { phase: 'job', process: 'darkroom', dies: 'service' },
  { phase: 'stop', process: 'supervisor', dies: 'service' },
  { phase: 'start', process: 'supervisor', dies: 'service' },
];

/** @param thin leaves out a call when neither it nor the one before it changes anything: what a crash leaves is the same there */
export async function plan(rig: Rig, thin: boolean): Promise<readonly Point[]> {
  const points: Point[] = [];
  const learned = new Map<string, readonly Call[]>();
  for (const field of fields) {
    const run = `${field.phase} ${field.process}`;
    const calls = learned.get(run) ?? (await rig.learn(field.phase, field.process));
    learned.set(run, calls);
    const chosen = thin ? calls.filter((call, i) => changes(call) || changes(calls[i - 1])) : calls;
    points.push(...pointsOf(field, chosen));
  }
  return points;
}

/** Whether a call may change what is on the disk. Not so fsync: what was written before a SIGKILL stays written. */
const changes = (call: Call | undefined): boolean =>
  call === undefined || ['openat', 'write', 'pwrite64', 'rename', 'unlink', 'unlinkat', 'rmdir', 'mkdir'].includes(call.name);

/** strace counts for each thread, and strikes the first one that gets so far: one point for a name and a number. */
function pointsOf(field: Omit<Point, 'call' | 'nth' | 'file'>, calls: readonly Call[]): readonly Point[] {
  const first = new Map<string, Call>();
  for (const call of calls) {
    const key = `${call.name} ${call.nth}`;
    if (!first.has(key)) first.set(key, call);
  }
  return [...first.values()].map(({ name, nth, file = '' }) => ({ ...field, call: name, nth, file }));
}
