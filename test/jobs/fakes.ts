import { randomBytes, randomUUID } from 'node:crypto';
import { createAdmission } from '../../src/jobs/admission.ts';
import { commitTo } from '../../src/jobs/commitment.ts';
import type { CommittedLandmarks, Darkrooms, Finished, Order, Run, SealedArtifact } from '../../src/jobs/darkrooms.ts';
import { createDesk } from '../../src/jobs/desk.ts';
import type { ClosedJob, Desk } from '../../src/jobs/front.ts';
import type { Holder, Ticket } from '../../src/jobs/job.ts';
import { createLocalQueue } from '../../src/jobs/queue.ts';
import type { Task } from '../../src/jobs/task.ts';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import { Problem } from '../../src/problems.ts';
import { createMemoryVault } from '../../src/vault/memory.ts';
import { type Vault, VaultError } from '../../src/vault/vault.ts';
import { type FakeClock, fakeClock } from '../kit/clock.ts';
import { deferred } from '../kit/deferred.ts';

/** A key of commitments, as a receiver makes it; a new copy each time, for whoever gets one overwrites it. */
export const commitmentKey = () => Buffer.alloc(32, 9);

export const task: Task = { kind: 'landmarks', scheme: 'ibug-68' };

/** A darkroom that does what the test says, when it says so. */
export interface FakeRun extends Run {
  readonly order: Order;
  /** Has read the photos. */
  read(): void;
  /** Has found landmarks. */
  find(points: string): void;
  finish(): Promise<void>;
  refuse(problem?: Problem): void;
  crash(): void;
}

export function fakeDarkrooms(size: number, vault: Vault): Darkrooms & { readonly runs: FakeRun[] } {
  const runs: FakeRun[] = [];
  let free = size;
  let listener = () => {};
  return {
    runs,
    get free() {
      return free;
    },
    onFree(call) {
      listener = call;
    },
    start(order) {
      free -= 1;
      const landmarks: CommittedLandmarks[] = [];
      const opened = deferred<void>();
      const finished = deferred<Finished>();
      const ended = deferred<string>();
      let over = false;
      let died = false;
      const end = (how: string, settle: () => void) => {
        if (over) return;
        over = true;
        settle();
        free += 1;
        ended.resolve(how);
        queueMicrotask(listener);
      };
      finished.promise.catch(() => undefined);
      const run: FakeRun = {
        order,
        opened: opened.promise,
        landmarks,
        find: (points) => landmarks.push({ bytes: points.length, commitment: commitTo(order.commitmentKey, points) }),
        read: () => opened.resolve(),
        finished: finished.promise,
        ended: ended.promise,
        crashed: () => died,
        kill: () => end('killed:SIGKILL', () => finished.reject(new Problem('internal'))),
        async finish() {
          const sealing = await vault.seal({ job: order.job, role: 'out', deadline: order.deadline, boot: order.boot });
          await sealing.write(Buffer.from('a picture'));
          const result = { ...(await sealing.finish()), commitment: commitTo(order.commitmentKey, 'a picture') };
          const timings = { decode: 1, faces: 1, effect: 1, encode: 1 };
          end('killed:SIGKILL', () => finished.resolve({ result, mediaType: 'image/jpeg', timings, quality: {} }));
        },
        refuse: (problem = new Problem('no-face')) => end('killed:SIGKILL', () => finished.reject(problem)),
        crash() {
          died = true;
          end('killed:SIGSEGV', () => finished.reject(new Problem('internal')));
        },
      };
      runs.push(run);
      return run;
    },
  };
}

export interface Bench {
  readonly desk: Desk;
  readonly clock: FakeClock;
  readonly vault: Vault;
  readonly files: Map<string, Buffer>;
  readonly ledger: ReturnType<typeof createMemoryLedger>;
  readonly darkrooms: ReturnType<typeof fakeDarkrooms>;
  readonly holder: Holder & { readonly released: string[] };
  /** What the desk said of the jobs that it closed. */
  readonly closed: readonly ClosedJob[];
  /** Called with every further one. */
  onClosed(call: (job: ClosedJob) => void): void;
  readonly faults: { ledger: boolean; purge: boolean; full: boolean; refuse: string[]; listing: Promise<void> };
  /** Seals a photo for a ticket, as a receiver does. */
  upload(ticket: Ticket): Promise<SealedArtifact>;
}

/** A desk with everything around it in memory. */
export function bench({ darkrooms: size = 2, places = 8, rate = 1000 } = {}): Bench {
  const boot = randomUUID();
  const clock = fakeClock();
  const faults = { ledger: false, purge: false, full: false, refuse: [] as string[], listing: Promise.resolve() };
  const files = new Map<string, Buffer>();
  const inner = createMemoryVault(files);
  const vault: Vault = {
    ...inner,
    seal: (label) => (faults.full ? Promise.reject(new VaultError('full', 'The vault is full')) : inner.seal(label)),
    async list() {
      const found = await inner.list();
      await faults.listing;
      return found;
    },
    destroy: (name) => (faults.purge ? Promise.reject(new Error('EBUSY')) : inner.destroy(name)),
  };
  const ledger = createMemoryLedger(boot, clock, () => faults.ledger);
  const darkrooms = fakeDarkrooms(size, inner);
  const released: string[] = [];
  const closed: ClosedJob[] = [];
  let tell: (job: ClosedJob) => void = () => undefined;
  const holder = { released, leavesBy: 1, release: async (job: string) => void released.push(job) };
  const desk = createDesk({
    boot,
    clock,
    vault,
    ledger,
    queue: createLocalQueue(),
    darkrooms,
    admission: createAdmission({ places, rate }, clock),
    jobMs: 30_000,
    resultMs: 60_000,
    notice: 'n',
    refuse: () => faults.refuse,
    onClosed(job) {
      closed.push(job);
      tell(job);
    },
    onTrouble: () => undefined,
  });
  return {
    desk,
    clock,
    vault,
    files,
    ledger,
    darkrooms,
    holder,
    closed,
    onClosed(call) {
      tell = call;
    },
    faults,
    async upload(ticket) {
      const sealing = await inner.seal({ job: ticket.job, role: 'in', deadline: ticket.deadline, boot });
      const photo = randomBytes(100);
      await sealing.write(photo);
      return { ...(await sealing.finish()), commitment: commitTo(commitmentKey(), photo) };
    },
  };
}

/** Lets everything that is due run. */
export const settle = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
