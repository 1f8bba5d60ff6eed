import type { ChildProcess } from 'node:child_process';
import type { Clock } from '../clock.ts';
import type { Isolation } from '../config.ts';
import type { Darkrooms } from '../jobs/darkrooms.ts';
import { residentBytes } from '../observe/resident.ts';
import { type Worker, watchWorker } from './worker.ts';

export interface PoolOptions {
  /** Darkrooms that exist at once, working or ready. */
  readonly size: number;
  readonly isolation: Isolation;
  /** Milliseconds after its first photo at which a darkroom takes no further one, idle or not. */
  readonly maxAgeMs: number;
  /** Resident bytes at which a working darkroom is killed. */
  readonly maxResident: number;
  /** Milliseconds a darkroom may take until it is warm. */
  readonly startMs: number;
  readonly fork: () => ChildProcess;
  readonly clock: Clock;
  readonly onKilled: (reason: 'memory' | 'start') => void;
}

export interface Pool extends Darkrooms {
  readonly counts: Readonly<Record<'starting' | 'free' | 'working', number>>;
  readonly pids: readonly number[];
  /** True from the first warm darkroom on, and false while new ones die before they are warm. */
  readonly usable: boolean;
  close(): Promise<void>;
}

const watchMs = 100;

/**
 * Darkrooms started ahead of need. A darkroom that has had its photos is gone when its order has ended, and the next one is started then and
 * not earlier: a start beside a working darkroom would only take its core away.
 */
export function createPool(options: PoolOptions): Pool {
  const { clock, isolation } = options;
  const workers = new Set<Worker>();
  let listener = () => {};
  /** Starts in a row that never became warm. */
  let failures = 0;
  let everWarm = false;
  let closed = false;
  let emptied = () => {};

  const inPhase = (phase: Worker['phase']) => [...workers].filter((worker) => worker.phase === phase);

  function open(): void {
    if (closed || workers.size >= options.size) return;
    const worker = watchWorker(options.fork(), isolation.kind === 'photo' ? 1 : isolation.jobs, changed);
    workers.add(worker);
    clock.after(options.startMs, () => {
      if (worker.phase !== 'starting') return;
      options.onKilled('start');
      worker.kill();
    });
  }

  function changed(worker: Worker): void {
    if (worker.phase === 'free') {
      failures = 0;
      everWarm = true;
      listener();
      return;
    }
    if (worker.phase !== 'gone') return;
    workers.delete(worker);
    if (closed && workers.size === 0) emptied();
    // One that died before it was ready tells of a fault that the next one will meet too: wait longer each time.
    if (worker.warm) open();
    else clock.after(Math.min(100 * 2 ** failures++, 5000), open);
  }

  function watch(): void {
    if (closed) return;
    for (const worker of inPhase('working')) {
      if (worker.pid === undefined || residentBytes(worker.pid) <= options.maxResident) continue;
      options.onKilled('memory');
      worker.kill();
    }
    clock.after(watchMs, watch);
  }

  for (let i = 0; i < options.size; i++) open();
  watch();

  return {
    get free() {
      return closed ? 0 : inPhase('free').length;
    },
    start(order) {
      const [worker] = inPhase('free');
      if (worker === undefined) throw new Error('Expected a free darkroom');
      if (!worker.used) clock.after(options.maxAgeMs, () => worker.retire());
      return worker.start(order);
    },
    onFree(call) {
      listener = call;
    },
    get counts() {
      return { starting: inPhase('starting').length, free: inPhase('free').length, working: inPhase('working').length };
    },
    get pids() {
      return [...workers].flatMap((worker) => worker.pid ?? []);
    },
    get usable() {
      return everWarm && failures === 0;
    },
    async close() {
      closed = true;
      if (workers.size === 0) return;
      const empty = new Promise<void>((resolve) => {
        emptied = resolve;
      });
      for (const worker of workers) worker.kill();
      await empty;
    },
  };
}
