import { randomUUID } from 'node:crypto';
import { canonicalJson } from '../../src/ledger/canonical.ts';
import type { LedgerEvent } from '../../src/ledger/entry.ts';

/** What happened, in order; from it the entries are stamped. */
export type Step = LedgerEvent | { readonly wait: number } | 'reboot' | { readonly edit: (entry: Record<string, unknown>) => void };

export const notice = '0123456789abcdef';
const digest = 'ab'.repeat(32);
export const sweepMs = 10_000;

export const boot = (open = 0): LedgerEvent => ({
  ev: 'log.boot',
  version: '0.1.0',
  build: digest,
  models: digest,
  engine: 'mediapipe',
  isolation: 'photo',
  notice,
  sweep_ms: sweepMs,
  selfcheck: { 'no-swap': 'ok', 'vault-in-memory': 'unknown' },
  orphans: 0,
  open,
});
export const received = (job: string, deadline = 1000): LedgerEvent => ({
  ev: 'job.received',
  job,
  owner: '0011223344556677',
  roles: ['in'],
  deadline,
  notice,
});
type Closed = Extract<LedgerEvent, { ev: 'job.closed' }>;
export const closed = (job: string, more: Partial<Closed> = {}): LedgerEvent => ({
  ev: 'job.closed',
  job,
  why: 'done',
  held_ms: 400,
  objects: [
    { role: 'in', bytes: 1000, commitment: digest },
    { role: 'out', bytes: 2000, commitment: digest },
  ],
  proof: { unlinked: 2, keys: true, darkroom: 'killed:SIGKILL', receiver: { leaves_by: 1_800_000_100_000 } },
  ...more,
});
export const swept = (): LedgerEvent => ({ ev: 'sweep.ran', seen: 0, found: 0, destroyed: 0, failed: 0 });
export const wait = (ms: number): Step => ({ wait: ms });
/** Changes the entry before, after it was stamped. */
export const edit = (change: (entry: Record<string, unknown>) => void): Step => ({ edit: change });

/** The texts of the entries. Each takes one millisecond. */
export function textsOf(steps: readonly Step[]): string[] {
  const entries: Record<string, unknown>[] = [];
  let run: string = randomUUID();
  let seq = 0;
  let now = 5_000_000;
  for (const step of steps) {
    if (step === 'reboot') {
      run = randomUUID();
      seq = 0;
    } else if ('wait' in step) now += step.wait;
    else if ('edit' in step) step.edit(entries.at(-1) ?? {});
    else {
      now += 1;
      entries.push({ ...step, v: 1, at: 1_800_000_000_000 + now, mono: now, boot: run, seq: seq++ });
    }
  }
  return entries.map((entry) => canonicalJson(entry));
}

/** A run with some of everything, in which nothing is wrong. */
export function goodDay(jobs = 3): Step[] {
  const steps: Step[] = [boot()];
  for (let i = 0; i < jobs; i++) {
    const job = randomUUID();
    steps.push(received(job), wait(400), closed(job, { held_ms: 400 + i }));
    if (i % 20 === 19) steps.push(swept());
  }
  return [...steps, wait(1000), swept(), { ev: 'log.close' }];
}
