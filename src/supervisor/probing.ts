import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import type { Config } from '../config.ts';
import { createFolderVault } from '../vault/folder.ts';
import { ipcPort } from './channel.ts';
import { probe } from './check-calls.ts';
import { createLink } from './link.ts';
import { readMachine } from './machine.ts';
import { type Finding, type Probed, selfCheck } from './selfcheck.ts';

export interface Surroundings {
  /** Starts the probe as a darkroom is started. */
  readonly fork: () => ChildProcess;
  /** What a darkroom has no business to read. */
  readonly hidden: readonly string[];
  /** The program's own file: nobody may change it. */
  readonly program: string;
}

/** How long the probe may take to start and to look around, milliseconds. */
const probeMs = 15_000;

/** The whole self-check: the machine, this process, and a process in a darkroom's place. */
export async function checkMachine({ vaultDir, dataDir }: Config, surroundings: Surroundings): Promise<readonly Finding[]> {
  const vaultUsable = await createFolderVault(vaultDir)
    .check()
    .then(
      () => true,
      () => false,
    );
  const outside = [dataDir, tmpdir(), '/dev/shm', process.cwd(), dirname(surroundings.program)];
  const write = [...new Set(outside)].filter((path) => path !== vaultDir);
  const read = [...surroundings.hidden, `/proc/${process.pid}/environ`, `/proc/${process.pid}/mem`];
  const [machine, probed] = await Promise.all([readMachine(vaultDir), probeWith(surroundings.fork, write, read)]);
  return selfCheck({ machine, vaultDir, vaultUsable, probed });
}

/** Undefined where the probe cannot be started or does not answer. */
async function probeWith(fork: () => ChildProcess, write: string[], read: string[]): Promise<Probed> {
  // Somebody to talk to: a connection that fails here fails for the walls, and not for want of a listener.
  const listener = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const child = fork();
  const late = setTimeout(() => child.kill('SIGKILL'), probeMs);
  try {
    child.once('error', () => undefined);
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return await createLink(ipcPort(child, 'exit')).call(probe, { port, write, read });
  } catch {
    return undefined;
  } finally {
    clearTimeout(late);
    child.kill('SIGKILL');
    listener.close();
  }
}
