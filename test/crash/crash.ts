import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../http/harness.ts';
import { entriesIn } from '../kit/books.ts';
import { startService } from '../kit/service.ts';
import { balance, type Left, openIn, wrongWith } from './checks.ts';
import { alive, launch, type Process, quiet, type Running, runningOf } from './running.ts';
import { type Call, callsIn, filesThread, type Injection, pathsIn, tracedFromStart } from './strace.ts';
import { shownCheckpoint, type Told, visit } from './told.ts';

/** Crashes of a real service at a system call of our choice, and the start after each. */

/** While a photo is processed, while the service stops in order, while it starts on what a crash has left. */
export type Phase = 'job' | 'stop' | 'start';

export interface Point {
  readonly phase: Phase;
  readonly process: Process;
  /** Whether this process alone dies in the call, or all of the service: in it where it is the supervisor's, right behind it elsewhere. */
  readonly dies: 'process' | 'service';
  readonly call: string;
  /** As strace counts: calls of this name in the thread, from 1. */
  readonly nth: number;
  /** What the call is about. */
  readonly file: string;
}

export interface Outcome {
  readonly point: Point;
  /** The call that was struck; undefined where it was never made. */
  readonly hit: Call | undefined;
  /** Where the call that was meant stood in this run: their order changes a little from run to run. */
  readonly meant: Call | undefined;
  readonly told: Told;
  readonly left: Left;
  /** What did not hold afterwards; nothing, as it should be. */
  readonly wrong: readonly string[];
}

export interface Rig {
  /** The calls of a process on vault and ledger in an undisturbed run. */
  learn(phase: Phase, process: Process): Promise<readonly Call[]>;
  crash(point: Point): Promise<Outcome>;
  dispose(): Promise<void>;
}

/** @param photo what the client sends */
export function openRig(photo: Uint8Array<ArrayBuffer>): Rig {
  const root = mkdtempSync(join(tmpdir(), 'mayfly-crash-'));
  const dir = join(root, 'service');
  mkdirSync(dir);

  const entries = () => entriesIn(join(dir, 'data'));
  const sealed = () => readdirSync(join(dir, 'vault')).filter((name) => name !== '.lock');
  const settled = () => balance(entries()).length === 0 && sealed().length === 0;

  /** What was started after the last crash is what the next one strikes. */
  let spare: Awaited<ReturnType<typeof launch>> | undefined;

  /** A service that is traced, and that does what the phase wants of it. */
  async function disturb({ phase, process: whose }: Pick<Point, 'phase' | 'process'>, injection?: Injection) {
    const running = spare ?? (await launch(dir));
    spare = undefined;
    await running.attach(filesThread(running.pids[whose]), injection);
    if (phase === 'stop') process.kill(running.pids.supervisor, 'SIGTERM');
    return { running, visited: phase === 'job' ? visit(running.service, photo) : Promise.resolve<Told>({}) };
  }

  async function strikeRunning(point: Point): Promise<{ readonly told: Told; readonly wrong: readonly string[] }> {
    const stops = point.dies === 'service' && point.process !== 'supervisor';
    const { running, visited } = await disturb(point, injectionOf(point, stops ? 'SIGSTOP' : 'SIGKILL'));
    let over = false;
    void visited.then(() => {
      over = point.phase === 'job';
    });
    const ended = () => callsIn(dir).end !== undefined;
    await eventually(() => ended() || (over && settled()), 'the crash', 20_000).catch(() => undefined);
    // The death of one process is no crash of the service: it cleans up by itself.
    const survivor = point.dies === 'process' && point.process !== 'supervisor';
    if (survivor) await eventually(settled, 'the end of the job', 10_000).catch(() => undefined);
    const wrong = survivor && !settled() ? ['the service did not clean up behind a process that died'] : [];
    await running.kill();
    return { told: await visited, wrong };
  }

  /** A folder as a crash in the middle of a job leaves it: ciphertext in the vault, and a job in the books that nobody has closed. */
  async function makeWreck(): Promise<string> {
    const wreck = join(root, 'wreck');
    if (existsSync(wreck)) return wreck;
    await strikeRunning({ phase: 'job', process: 'supervisor', dies: 'service', call: 'unlink', nth: 1, file: 'vault/*.in' });
    cpSync(dir, wreck, { recursive: true, filter: (name) => !/\/(\.lock|line|trace)$/.test(name) });
    return wreck;
  }

  /** A start on the wreck, traced from its first moment. Undefined where it does not get ready. */
  async function startOnWreck(paths: readonly string[], injection?: Injection): Promise<Running | undefined> {
    const wreck = await makeWreck();
    await spare?.kill();
    spare = undefined;
    rmSync(dir, { recursive: true });
    cpSync(wreck, dir, { recursive: true });
    return startService(quiet(dir), dir, tracedFromStart(dir, paths, injection)).then(runningOf, () => undefined);
  }

  async function trace(paths: readonly string[]): Promise<void> {
    const running = await startOnWreck(paths);
    if (running === undefined) throw new Error('Expected the service to start under strace');
    await running.kill();
  }

  /** What a start touches in vault and ledger. The locks are no concern of a crash: they live as long as their process. */
  let touched: readonly string[] | undefined;
  async function startPaths(): Promise<readonly string[]> {
    if (touched === undefined) await trace([]);
    touched ??= pathsIn(dir).filter((path) => /\/(vault|data)(\/|$)/.test(path.slice(dir.length)) && !path.endsWith('.lock'));
    return touched;
  }

  async function strikeStart(point: Point): Promise<{ readonly told: Told; readonly wrong: readonly string[] }> {
    const running = await startOnWreck(await startPaths(), injectionOf(point, 'SIGKILL'));
    await running?.kill();
    return { told: {}, wrong: [] };
  }

  return {
    async learn(phase, whose) {
      if (phase === 'start') await trace(await startPaths());
      else {
        const { running, visited } = await disturb({ phase, process: whose });
        await visited;
        await eventually(() => settled() && (phase === 'job' || !alive(running.pids.supervisor)), 'the end', 20_000);
        await running.kill();
      }
      return callsIn(dir).calls.filter(({ file }) => file !== undefined && /^(vault|data)/.test(file));
    },

    async crash(point) {
      const { told, wrong } = point.phase === 'start' ? await strikeStart(point) : await strikeRunning(point);
      const { calls, end } = callsIn(dir);
      const hit =
        end === 'killed' || end === 'stopped' ? calls.find(({ name, nth }) => name === point.call && nth === point.nth) : undefined;
      const meant = calls.find(({ name, file }) => name === point.call && file === point.file);
      const checkpoint = shownCheckpoint(dir);
      const left = { sealed: sealed(), open: openIn(entries()), ...(checkpoint !== undefined && { checkpoint }) };
      const after = await launch(dir).then(
        (running) => {
          spare = running;
          return wrongWith(running.service, told, left);
        },
        (error: unknown) => [`no start: ${error instanceof Error ? error.message : ''}`],
      );
      return { point, hit, meant, told, left, wrong: [...wrong, ...after] };
    },

    async dispose() {
      await spare?.kill();
      rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
}

const injectionOf = ({ call, nth }: Point, signal: 'SIGKILL' | 'SIGSTOP'): Injection => ({
  call,
  when: String(nth),
  what: `signal=${signal}`,
});
