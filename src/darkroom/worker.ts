import type { ChildProcess } from 'node:child_process';
import type { CommittedLandmarks, Order, Run } from '../jobs/darkrooms.ts';
import * as calls from '../supervisor/calls.ts';
import { ipcPort } from '../supervisor/channel.ts';
import { createLink } from '../supervisor/link.ts';

/** `leaving`: told to end, and not ended yet. */
export type Phase = 'starting' | 'free' | 'working' | 'leaving' | 'gone';

/** One darkroom process, seen from its parent. */
export interface Worker {
  readonly pid: number | undefined;
  readonly phase: Phase;
  /** Whether it has ever been ready. */
  readonly warm: boolean;
  /** Whether it has seen a photo. */
  readonly used: boolean;
  start(order: Order): Run;
  /** Takes no further order: ends now, or with the order it has. */
  retire(): void;
  /** The kernel is the eraser: nothing of the process's memory outlives this. */
  kill(): void;
}

/**
 * Wraps a freshly forked darkroom.
 * @param lives how many orders it may take before it must go
 * @param onChange called after every change of phase
 */
export function watchWorker(child: ChildProcess, lives: number, onChange: (worker: Worker) => void): Worker {
  const link = createLink(ipcPort(child, 'exit'));
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? `exited:${code ?? 0}` : `killed:${signal}`));
    // A process that could not be started at all emits this and no exit.
    child.once('error', () => resolve('exited:127'));
  });
  let phase: Phase = 'starting';
  let taken = 0;
  let warm = false;
  let retired = false;
  let read = () => {};
  let landmarks: CommittedLandmarks[] = [];

  function enter(next: Phase): void {
    if (phase === 'gone' || phase === next || (phase === 'leaving' && next !== 'gone')) return;
    phase = next;
    onChange(worker);
  }

  const kill = () => void child.kill('SIGKILL');
  const dead = () => child.exitCode !== null || child.signalCode !== null;
  void exited.then(() => enter('gone'));
  link.serve(calls.ready, async () => {
    warm = true;
    enter('free');
    return {};
  });

  link.serve(calls.opened, async () => {
    read();
    return {};
  });

  link.serve(calls.found, async (committed) => {
    landmarks.push(committed);
    return {};
  });

  function start(order: Order): Run {
    enter('working');
    taken += 1;
    const opened = new Promise<void>((resolve) => {
      read = resolve;
    });
    const found: CommittedLandmarks[] = [];
    landmarks = found;
    let answered = false;
    let killed = false;
    const finished = link.call(calls.develop, order).then(
      (done) => {
        answered = true;
        return done;
      },
      (error: unknown) => {
        answered = !dead();
        throw error;
      },
    );
    const ended = finished
      .catch(() => undefined)
      .then(() => {
        if (!answered) return exited;
        if (taken < lives && !retired) {
          enter('free');
          return 'pool';
        }
        kill();
        return exited;
      });
    return {
      opened,
      landmarks: found,
      finished,
      ended,
      crashed: () => !answered && !killed,
      kill() {
        if (answered) return;
        killed = true;
        kill();
      },
    };
  }

  const worker: Worker = {
    pid: child.pid,
    get phase() {
      return phase;
    },
    get warm() {
      return warm;
    },
    get used() {
      return taken > 0;
    },
    start,
    retire() {
      retired = true;
      if (phase === 'working') return;
      // Between the signal and the exit no order may reach it any more: it would die with it.
      enter('leaving');
      kill();
    },
    kill,
  };
  return worker;
}
