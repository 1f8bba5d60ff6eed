import cluster, { type Worker } from 'node:cluster';
import type { Clock } from '../clock.ts';
import type { Holder } from '../jobs/job.ts';
import type { Log } from '../observe/log.ts';
import { receiverStartSeconds } from '../policy/retention.ts';
import * as calls from './calls.ts';
import { ipcPort } from './channel.ts';
import { createLink, type Link } from './link.ts';

export interface ReceiversOptions {
  readonly count: number;
  readonly port: number;
  /** Folder for temporary files, should a library ever make one. */
  readonly tmpdir: string;
  /** Milliseconds after which a generation is replaced. */
  readonly generationMs: number;
  /** Milliseconds after which a receiver is killed, whatever it does: what the notice promises. */
  readonly lifeMs: number;
  /** Milliseconds a draining receiver has for the requests it still serves. */
  readonly drainMs: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Attaches the supervisor's side to a new receiver. */
  readonly serve: (link: Link, holder: Holder) => void;
  /** A receiver is gone, whatever the cause. */
  readonly onGone: (holder: Holder) => void;
}

/** The receivers of a service, always `count` of them taking connections. */
export interface Receivers {
  /** Resolves when the first generation listens. @throws Error when it cannot (the address is taken, …) */
  start(): Promise<{ host: string; port: number }>;
  readonly alive: number;
  readonly pids: readonly number[];
  /** To those that take connections. */
  readonly links: readonly Link[];
  /** Drains all and waits for their end; kills those that are still there after `killMs`. */
  stop(killMs: number): Promise<void>;
}

interface Receiver {
  readonly worker: Worker;
  readonly link: Link;
  readonly holder: Holder;
  listening: boolean;
  draining: boolean;
}

const startMs = receiverStartSeconds * 1000;

/**
 * Receivers in generations. The next one listens before the old one drains, so no connection is refused; the old one ends with its last
 * request, and `leavesBy` at the latest: then it is killed.
 */
export function createReceivers(options: ReceiversOptions): Receivers {
  const { clock, log } = options;
  const receivers = new Set<Receiver>();
  let generation = 0;
  let stopping = false;
  let emptied = () => {};
  let restarts = 0;

  function open(): Promise<{ host: string; port: number }> {
    const worker = cluster.fork({ PORT: options.port, TMPDIR: options.tmpdir });
    const link = createLink(ipcPort(worker.process, 'exit'));
    const { lifeMs } = options;
    const leavesBy = clock.wall() + lifeMs;
    const holder: Holder = {
      leavesBy,
      // A receiver that is gone holds nothing any more.
      release: (job) => link.call(calls.release, { job }).then(ignore, ignore),
    };
    const receiver: Receiver = { worker, link, holder, listening: false, draining: false };
    receivers.add(receiver);
    options.serve(link, holder);
    const number = ++generation;
    clock.after(lifeMs, () => worker.process.kill('SIGKILL'));
    clock.after(startMs, () => {
      if (!receiver.listening) worker.process.kill('SIGKILL');
    });
    worker.once('exit', () => left(receiver, number));
    return new Promise((resolve, reject) => {
      worker.once('listening', (address) => {
        receiver.listening = true;
        restarts = 0;
        log.write('info', 'receiver.started', { generation: number, pid: worker.process.pid ?? 0 });
        clock.after(options.generationMs, () => void replace(receiver));
        resolve({ host: address.address, port: address.port });
      });
      worker.once('exit', () => reject(new Error('The receiver could not listen')));
    });
  }

  /** The old one goes when the new one listens; if that fails, the old one stays and it is tried again. */
  async function replace(old: Receiver): Promise<void> {
    if (stopping || !receivers.has(old)) return;
    try {
      await open();
      drain(old);
    } catch {
      clock.after(1000, () => void replace(old));
    }
  }

  function drain(receiver: Receiver): void {
    if (receiver.draining) return;
    receiver.draining = true;
    log.write('info', 'receiver.draining', { pid: receiver.worker.process.pid ?? 0 });
    receiver.link.call(calls.drain, {}).catch(ignore);
    clock.after(options.drainMs, () => receiver.worker.process.kill('SIGKILL'));
  }

  function left(receiver: Receiver, number: number): void {
    receivers.delete(receiver);
    options.onGone(receiver.holder);
    const { draining, listening, worker } = receiver;
    log.write(draining ? 'info' : 'error', draining ? 'receiver.left' : 'receiver.crashed', {
      generation: number,
      pid: worker.process.pid ?? 0,
    });
    if (receivers.size === 0) emptied();
    // One that never listened is the business of who opened it.
    if (!draining && listening && !stopping) clock.after(Math.min(50 * 2 ** restarts++, 5000), () => void reopen());
  }

  async function reopen(): Promise<void> {
    if (stopping) return;
    await open().catch(() => clock.after(1000, () => void reopen()));
  }

  return {
    async start() {
      const [first] = await Promise.all(Array.from({ length: options.count }, open));
      if (first === undefined) throw new Error('Expected at least one receiver');
      return first;
    },
    get alive() {
      return receivers.size;
    },
    get pids() {
      return [...receivers].flatMap(({ worker }) => worker.process.pid ?? []);
    },
    get links() {
      return [...receivers].filter(({ listening, draining }) => listening && !draining).map(({ link }) => link);
    },
    async stop(killMs) {
      stopping = true;
      if (receivers.size === 0) return;
      const empty = new Promise<void>((resolve) => {
        emptied = resolve;
      });
      for (const receiver of receivers) {
        // One that does not listen yet holds nothing, and would not hear that it should drain.
        if (!receiver.listening) receiver.worker.process.kill('SIGKILL');
        drain(receiver);
        clock.after(killMs, () => receiver.worker.process.kill('SIGKILL'));
      }
      await empty;
    },
  };
}

const ignore = () => undefined;
