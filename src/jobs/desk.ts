import { randomUUID } from 'node:crypto';
import { ownerOf } from '../auth/owner.ts';
import type { Clock } from '../clock.ts';
import type { CloseReason } from '../ledger/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { asProblem, Problem } from '../problems.ts';
import { purge } from '../vault/purge.ts';
import type { Vault } from '../vault/vault.ts';
import type { Admission } from './admission.ts';
import { closeBooks, type Troubles } from './closing.ts';
import type { Darkrooms, Finished } from './darkrooms.ts';
import type { ClosedJob, Desk } from './front.ts';
import type { Commitments, Holder, Job, Ticket } from './job.ts';
import type { Queue } from './queue.ts';
import { type Move, next } from './states.ts';
import type { Task } from './task.ts';

export interface DeskPorts {
  readonly boot: string;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly darkrooms: Darkrooms;
  readonly admission: Admission;
  readonly jobMs: number;
  readonly resultMs: number;
  readonly notice: string;
  /** Reasons to take no photo now. */
  readonly refuse: () => readonly string[];
  /** A job is in the books. The key of its commitments, where it has any, is the callee's from here on. */
  readonly onClosed: (closed: ClosedJob) => void;
  readonly onTrouble: (job: string, trouble: 'purge' | 'ledger') => void;
}

/** For destroying, looking and booking, beyond the time that job and result may take: later than this, an auditor calls a job overdue. */
const closingMs = 5000;

export function createDesk(ports: DeskPorts): Desk {
  const { boot, clock, vault, ledger, queue, darkrooms, admission } = ports;
  const jobs = new Map<string, Job>();
  const troubles: Troubles = new Map();
  const admitting = new Set<Promise<Ticket>>();
  let taken = 0;
  let shutting = false;
  darkrooms.onFree(pump);

  function move(job: Job, by: Move): boolean {
    const state = next(job.state, by);
    if (state === undefined) return false;
    job.state = state;
    return true;
  }

  function pump(): void {
    while (darkrooms.free > 0) {
      const id = queue.take();
      if (id === undefined) return;
      const job = jobs.get(id);
      if (job?.task === undefined || job.commitmentKey === undefined) continue;
      if (move(job, 'develop')) void develop(job, job.task, job.commitmentKey);
    }
  }

  async function develop(job: Job, task: Task, commitmentKey: Uint8Array): Promise<void> {
    const run = darkrooms.start({
      job: job.id,
      boot,
      deadline: clock.mono() + ports.jobMs + ports.resultMs,
      photos: [...job.photos],
      commitmentKey,
      task,
    });
    job.run = run;
    void run.opened.then(() => (job.state === 'developing' ? discard(job) : undefined));
    try {
      const finished = await run.finished;
      job.commitments.set(finished.result.id, finished.result.commitment);
      // The photo goes before its result leaves.
      await discard(job);
      if (!move(job, 'deliver')) {
        finished.result.key.fill(0);
        return;
      }
      job.disarm();
      job.disarm = clock.after(ports.resultMs, () => void close(job.id, 'expired'));
      job.answer?.resolve(finished);
    } catch (error) {
      job.answer?.reject(asProblem(error).with({ job: job.id }));
      void close(job.id, run.crashed() ? 'crash' : error instanceof Problem && error.code !== 'internal' ? 'refused' : 'failed');
    }
  }

  /** Destroys the sealed photos as soon as nobody needs them; what cannot go now is tried again, and seen, when the job closes. */
  function discard(job: Job): Promise<void> {
    for (const photo of job.photos) photo.key.fill(0);
    job.purging ??= purge(vault, job.id, job.purged, 'in').catch(() => undefined);
    return job.purging;
  }

  /** The first one to say what is committed to is heard; a key that comes later is overwritten. */
  function note(job: Job | undefined, { key, photos }: Commitments): void {
    if (job === undefined || job.commitmentKey !== undefined || job.state === 'closing') {
      key.fill(0);
      return;
    }
    job.commitmentKey = key;
    for (const { id, commitment } of photos) job.commitments.set(id, commitment);
  }

  async function close(id: string, why: CloseReason, commitments?: Commitments): Promise<void> {
    const job = jobs.get(id);
    if (commitments !== undefined) note(job, commitments);
    if (job === undefined) return;
    if (!move(job, 'close')) return job.closing;
    job.disarm();
    queue.remove(id);
    job.answer?.reject(reasonOf(why).with({ job: id }));
    job.run?.kill();
    job.closing = closeBooks({ vault, ledger, clock, troubles, onTrouble: ports.onTrouble }, job, why).then((recorded) => {
      move(job, 'book');
      const { owner, commitmentKey } = job;
      ports.onClosed({ job: id, owner, why, heldMs: clock.mono() - job.since, recorded, ...(commitmentKey && { commitmentKey }) });
      jobs.delete(id);
      for (const tell of job.onBooked) tell();
    });
    return job.closing;
  }

  async function open(holder: Holder, key: string): Promise<Ticket> {
    const reasons = ports.refuse();
    if (reasons.length > 0) throw new Problem('not-ready', undefined, { retryAfter: 5, reasons: [...reasons] });
    // Places are counted before the books are written, so that two uploads at once cannot take the last one both.
    admission.admit(key, jobs.size + taken);
    taken += 1;
    const id = randomUUID();
    const owner = ownerOf(key, id);
    const since = clock.mono();
    try {
      await ledger.append({
        ev: 'job.received',
        job: id,
        owner,
        roles: ['in'],
        deadline: ports.jobMs + ports.resultMs + closingMs,
        notice: ports.notice,
      });
    } catch {
      throw new Problem('not-ready', 'The ledger cannot be written', { retryAfter: 10 });
    } finally {
      taken -= 1;
    }
    const deadline = since + ports.jobMs;
    const disarm = clock.after(ports.jobMs, () => void close(id, 'expired'));
    jobs.set(id, {
      ...{ id, holder, owner, since, deadline, disarm, state: 'receiving' },
      ...{ photos: [], commitments: new Map(), purged: new Map(), onBooked: [] },
    });
    if (shutting) {
      void close(id, 'aborted');
      throw new Problem('not-ready', 'The service is stopping', { retryAfter: 5, job: id });
    }
    return { job: id, boot, deadline };
  }

  return {
    async admit(holder, key) {
      const opening = open(holder, key);
      admitting.add(opening);
      try {
        return await opening;
      } finally {
        admitting.delete(opening);
      }
    },

    submit(id, photos, commitmentKey, task) {
      const job = jobs.get(id);
      if (job === undefined || !move(job, 'submit')) {
        for (const photo of photos) photo.key.fill(0);
        commitmentKey.fill(0);
        return Promise.reject(new Problem('gone', 'The job has ended already', { job: id }));
      }
      job.photos = photos;
      note(job, { key: commitmentKey, photos });
      job.task = task;
      const waiting = clock.mono();
      const answer = new Promise<Finished & { wait: number }>((resolve, reject) => {
        job.answer = {
          resolve: (done) => {
            const total = done.timings.decode + done.timings.faces + done.timings.effect + done.timings.encode;
            const wait = Math.max(0, clock.mono() - waiting - total);
            resolve({ ...done, wait });
          },
          reject,
        };
      });
      queue.push(id);
      pump();
      return answer;
    },

    close,

    find(id) {
      const job = jobs.get(id);
      return job && { owner: job.owner, booked: new Promise((resolve) => job.onBooked.push(resolve)) };
    },

    async abandon(holder) {
      await Promise.all([...jobs.values()].filter((job) => job.holder === holder).map((job) => close(job.id, 'crash')));
    },

    wants(id) {
      const job = jobs.get(id);
      return job !== undefined && (job.state === 'closing' || clock.mono() <= job.deadline + ports.resultMs);
    },

    get open() {
      return jobs.size;
    },
    get waiting() {
      return queue.size;
    },
    troubles,

    async shut() {
      shutting = true;
      // Whoever is being written into the books is a job then, and has to be closed before they are.
      await Promise.allSettled(admitting);
      await Promise.all([...jobs.values()].map((job) => close(job.id, 'cancelled')));
    },
  };
}

/** What the client, if it still listens, is told of a job that ended without a result. */
function reasonOf(why: CloseReason): Problem {
  if (why === 'expired') return new Problem('busy', 'The job did not finish before its deadline', { retryAfter: 5 });
  if (why === 'crash' || why === 'failed') return new Problem('internal');
  return new Problem('gone', 'The job was ended before it had a result');
}
