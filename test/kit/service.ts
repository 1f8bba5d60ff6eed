import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Entry } from '../../src/ledger/entry.ts';
import { entriesIn } from './books.ts';

const main = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/main.cjs');

export const appKey = 'an-app-secret-of-the-tests';
export const auditorKey = 'an-auditor-secret-of-the-tests';

/** A real service in its own processes and folders. */
export interface Service {
  readonly url: string;
  readonly pid: number;
  readonly dir: string;
  readonly vaultDir: string;
  readonly consent: string;
  /** Everything it has printed. */
  output(): string;
  ledger(): Entry[];
  /** Names in the vault, its own lock aside. */
  vault(): string[];
  /** Received entries without a closed one. */
  unbalanced(): string[];
  /** Resolves when no job is open and every darkroom is warm and free. */
  idle(): Promise<void>;
  /** Living processes of the service by what they are. */
  processes(): { readonly supervisor: number[]; readonly receiver: number[]; readonly develop: number[] };
  /** Sends a signal to the supervisor and waits for its end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Ends it, if it still runs, and removes its folders. */
  dispose(): Promise<void>;
}

/**
 * @param env besides what a test needs anyway
 * @param dir to start again in the folders of an earlier service
 * @param before a command that starts what follows it and stays its parent: a tracer
 */
export async function startService(
  env: Readonly<Record<string, string>> = {},
  dir = mkdtempSync(join(tmpdir(), 'mayfly-service-')),
  before: readonly string[] = [],
): Promise<Service> {
  const vaultDir = join(dir, 'vault');
  const dataDir = join(dir, 'data');
  const { MAYFLY_DARKROOMS: darkrooms = '2' } = env;
  const metricsPort = await freePort();
  let output = '';
  const [command = '', ...args] = [...before, process.execPath, '--max-semi-space-size=1', main, 'serve'];
  const child: ChildProcess = spawn(command, args, {
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: '0',
      MAYFLY_METRICS_PORT: String(metricsPort),
      MAYFLY_KEYS: `app:${appKey},auditor:${auditorKey}`,
      MAYFLY_VAULT_DIR: vaultDir,
      MAYFLY_DATA_DIR: dataDir,
      MAYFLY_DARKROOMS: darkrooms,
      // Practice would take the processors from the tests.
      MAYFLY_REHEARSAL_SECONDS: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const hear = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const port = await new Promise<number>((resolve, reject) => {
    const look = () => {
      const ready = /"event":"service.ready","port":(\d+)/.exec(output);
      if (ready) resolve(Number(ready[1]));
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) => reject(new Error(`The service ended with ${code}: ${output}`)));
  });
  const url = `http://127.0.0.1:${port}`;
  const notice: unknown = await (await fetch(`${url}/v1/notice`)).json();
  const version = typeof notice === 'object' && notice !== null && 'version' in notice ? notice.version : '';

  const pid = (before.length > 0 ? childrenOf(child.pid ?? 0)[0]?.pid : child.pid) ?? 0;

  const ledger = () => entriesIn(dataDir);
  return {
    url,
    pid,
    dir,
    vaultDir,
    consent: JSON.stringify({ notice: version, granted: true, age: 'adult' }),
    output: () => output,
    ledger,
    vault: () => readdirSync(vaultDir).filter((name) => name !== '.lock'),
    unbalanced() {
      const open = new Set<string>();
      for (const entry of ledger()) {
        if (entry.ev === 'job.received') open.add(entry.job);
        if (entry.ev === 'job.closed' && !open.delete(entry.job)) throw new Error(`Closed but not open: ${entry.job}`);
      }
      return [...open];
    },
    async idle() {
      for (;;) {
        const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
        if (metrics.includes(`mayfly_darkrooms{phase="free"} ${darkrooms}\n`) && metrics.includes('mayfly_jobs_open 0\n')) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    processes() {
      const children = childrenOf(pid);
      const kind = (name: string) => children.filter(({ args }) => args.at(-1) === name).map(({ pid }) => pid);
      return { supervisor: [pid], receiver: kind('receiver'), develop: kind('develop') };
    },
    async end(signal) {
      child.kill(signal);
      await exited;
      return { code: child.exitCode, signal: child.signalCode };
    },
    async dispose() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await exited;
      }
      rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function childrenOf(parent: number): { pid: number; args: string[] }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (Number(ppid) !== parent || state === 'Z') return [];
        return [{ pid: Number(name), args: readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').filter(Boolean) }];
      } catch {
        return [];
      }
    });
}

export interface Upload {
  readonly template?: string;
  readonly params?: object;
  readonly consent?: string;
  readonly key?: string | undefined;
  readonly accept?: string;
}

/** Sends one photo as a form. */
export function upload(
  service: Service,
  photo: Uint8Array<ArrayBuffer>,
  { template = 'sunglasses', params, consent, key = appKey, accept }: Upload = {},
): Promise<Response> {
  const form = new FormData();
  form.set('consent', consent ?? service.consent);
  form.set('template', template);
  if (params !== undefined) form.set('params', JSON.stringify(params));
  form.set('image', new Blob([photo]), 'selfie.jpg');
  return fetch(`${service.url}/v1/effects`, {
    method: 'POST',
    body: form,
    // A connection of its own, as a phone's: a kept one may have been closed by the service while the test was busy.
    headers: { Authorization: `Bearer ${key}`, Connection: 'close', ...(accept && { Accept: accept }) },
  });
}
