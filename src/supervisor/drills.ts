import type { ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { type Clock, sleep } from '../clock.ts';
import type { LedgerEvent } from '../ledger/entry.ts';
import { Problem } from '../problems.ts';
import { ipcPort } from './channel.ts';
import { type DrillReport, type DrillSubject, prepareCanary, search, sendCanary } from './check-calls.ts';
import { createLink } from './link.ts';

export interface DrillsOptions {
  readonly clock: Clock;
  /** Writes an entry; rejects where it is not in the books. */
  readonly book: (entry: Extract<LedgerEvent, { ev: 'drill.ran' }>) => Promise<unknown>;
  /** Starts a drill's process, which gets these descriptors from number 4 on. */
  readonly fork: (descriptors: readonly number[]) => ChildProcess;
  /** Makes a key of this SHA-256 known to those who take uploads, for one of them. */
  readonly lend: (digest: Uint8Array) => Promise<void>;
  /** Address of the service, for who stands on this machine. */
  readonly url: () => string;
  readonly notice: string;
  readonly receivers: () => readonly number[];
  readonly darkrooms: () => readonly number[];
  /** Whether a darkroom ends with its photo, before the books are closed. */
  readonly darkroomPerPhoto: boolean;
  /** A descriptor of the memory of a process, for others to read. @throws Error of the system */
  readonly openMemory?: (pid: number) => number;
  readonly isOpen: (job: string) => boolean;
  /** Folders of the service, and those where nothing of it may be. */
  readonly folders: readonly string[];
  /** Milliseconds in which a job is closed and a generation is gone, by the notice. */
  readonly jobMs: number;
  readonly generationMs: number;
}

export interface Drills {
  /** @throws Problem `rate-limited` while another one runs; why the canary was not let in; `internal` where no process can be started */
  run(wait: DrillReport['wait']): Promise<DrillReport>;
  readonly running: boolean;
  readonly last: DrillReport | undefined;
}

/** How often something that has no event is looked at, milliseconds. */
const lookMs = 50;
/** How long a drill's process may take for one thing, milliseconds: a search reads all memory of the service. */
const stepMs = 120_000;
const firstDescriptor = 4;

/**
 * The operator's proof in production: a marked photo goes the way of every photo, and then it is looked for everywhere. The supervisor arranges it
 * and sees nothing: it knows a seed, from which others derive the marks, and opens the memory of its children without reading it. (It has to
 * be the one who opens: a process may read its own children's memory where it may read nobody else's.)
 *
 * A drill that could not look everywhere is not ok, and every drill is on the books.
 */
export function createDrills(options: DrillsOptions): Drills {
  const { clock } = options;
  let running = false;
  let last: DrillReport | undefined;

  async function drill(wait: DrillReport['wait']): Promise<DrillReport> {
    const begun = clock.mono();
    // The resolution of file times may be a clock tick.
    const since = clock.wall() - 1000;
    const seed = randomBytes(32);
    const sender = open([]);
    let report: DrillReport = { ...nothingSeen, wait };
    try {
      const before = witnesses();
      await sender.link.call(prepareCanary, { seed });
      const { status, job } = await send(sender);
      report = { ...report, status, ...(job !== undefined && { job }) };
      if (job === undefined || (status !== 200 && status !== 422)) throw refusal(status);
      const met = new Set([...before, ...witnesses()]);
      await until(() => !options.isOpen(job), options.jobMs);
      if (wait === 'generation') await until(() => !witnesses().some((pid) => met.has(pid)), options.generationMs);
      report = { ...report, ...(await look(seed, since, sender.pid, met)) };
    } finally {
      sender.end();
      report = { ...report, ms: clock.mono() - begun };
      const { ok, processes, unreadable, files, hits } = report;
      last = report;
      await book({ ok, processes, unreadable, files, hits, ...(report.job !== undefined && { job: report.job }) });
    }
    return report;
  }

  async function book(entry: Pick<DrillReport, 'ok' | 'job' | 'processes' | 'unreadable' | 'files' | 'hits'>): Promise<void> {
    await options.book({ ev: 'drill.ran', ...entry }).catch(() => {
      throw new Problem('not-ready', 'The ledger cannot be written', { retryAfter: 10 });
    });
  }

  /** Processes that see an upload and outlive its job. */
  function witnesses(): readonly number[] {
    return [...options.receivers(), ...(options.darkroomPerPhoto ? [] : options.darkrooms())];
  }

  /** A key is lent to the receivers of the moment; a new one that takes the connection does not know it, so it is tried again. */
  async function send({ link }: Process) {
    for (let tries = 1; ; tries++) {
      const secret = randomBytes(24).toString('base64url');
      await options.lend(createHash('sha256').update(secret).digest());
      const sent = await link.call(sendCanary, { url: options.url(), secret, notice: options.notice });
      if (sent.status !== 401 || tries === 3) return sent;
    }
  }

  async function look(seed: Uint8Array, since: number, sender: number, met: ReadonlySet<number>): Promise<Partial<DrillReport>> {
    const wanted = [
      { pid: sender, kind: 'sender' as const },
      { pid: process.pid, kind: 'supervisor' as const },
      ...options.receivers().map((pid) => ({ pid, kind: 'receiver' as const })),
      ...options.darkrooms().map((pid) => ({ pid, kind: 'darkroom' as const })),
    ];
    const now = wanted.filter(({ pid }) => !met.has(pid));
    const opened = now.map((one) => ({ ...one, file: openedBy(options.openMemory ?? openMemory, one.pid) }));
    const files = opened.flatMap(({ file }) => (typeof file === 'number' ? [file] : []));
    const subjects = opened.flatMap(({ pid, kind, file }): DrillSubject[] =>
      typeof file === 'number' ? [{ pid, kind, memory: firstDescriptor + files.indexOf(file) }] : [],
    );
    const searcher = open(files);
    for (const file of files) closeSync(file);
    try {
      const seen = await searcher.link.call(search, { seed, subjects, folders: [...options.folders], since });
      const hitsIn = (wanted: boolean) =>
        seen.found.reduce((sum, { where, hits }) => ((where === 'sender') === wanted ? sum + hits : sum), 0);
      const unreadable = seen.unreadable + opened.filter(({ file }) => file === 'forbidden').length;
      const [control, hits] = [hitsIn(true), hitsIn(false)];
      return {
        ok: control > 0 && hits === 0 && unreadable === 0,
        processes: subjects.filter(({ kind }) => kind !== 'sender').length,
        unreadable,
        files: seen.files,
        hits,
        control,
        later: wanted.length - now.length,
        found: seen.found.filter(({ where }) => where !== 'sender'),
      };
    } finally {
      searcher.end();
    }
  }

  async function until(holds: () => boolean, ms: number): Promise<void> {
    const end = clock.mono() + ms;
    while (!holds()) {
      if (clock.mono() > end) throw new Problem('internal');
      await sleep(clock, lookMs);
    }
  }

  function open(descriptors: readonly number[]): Process {
    const child = options.fork(descriptors);
    const end = () => void child.kill('SIGKILL');
    child.once('error', () => undefined);
    const disarm = clock.after(stepMs + options.generationMs, end);
    child.once('exit', disarm);
    return { pid: child.pid ?? 0, link: createLink(ipcPort(child, 'exit')), end };
  }

  return {
    async run(wait) {
      if (running) throw new Problem('rate-limited', 'A drill is running already', { retryAfter: 5 });
      running = true;
      try {
        return await drill(wait);
      } finally {
        running = false;
      }
    },
    get running() {
      return running;
    },
    get last() {
      return last;
    },
  };
}

interface Process {
  readonly pid: number;
  readonly link: ReturnType<typeof createLink>;
  end(): void;
}

const nothingSeen: Omit<DrillReport, 'wait'> = {
  ok: false,
  status: 0,
  processes: 0,
  unreadable: 0,
  files: 0,
  hits: 0,
  control: 0,
  later: 0,
  found: [],
  ms: 0,
};

const openMemory = (pid: number): number => openSync(`/proc/${pid}/mem`, 'r');

/** A process that is gone has no memory any more; whatever else does not open is not ours to look at, and that is a finding. */
function openedBy(open: (pid: number) => number, pid: number): number | 'gone' | 'forbidden' {
  try {
    return open(pid);
  } catch (error) {
    return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH') ? 'gone' : 'forbidden';
  }
}

/** Why there was no drill, in the service's own words for it. */
function refusal(status: number): Problem {
  if (status === 503) return new Problem('busy', 'The service took no photo, the canary neither', { retryAfter: 5 });
  return new Problem('internal');
}
