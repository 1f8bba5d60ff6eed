import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ipcPort } from '../supervisor/channel.ts';
import { probe } from '../supervisor/check-calls.ts';
import { inspects, nodeOptions } from '../supervisor/guard.ts';
import { createLink } from '../supervisor/link.ts';
import { coreLimitIn } from '../supervisor/machine.ts';

/**
 * The self-check's eye inside: started exactly as a darkroom is, it tries what a darkroom must not be able to do, and says what it could.
 * Resolves when the supervisor does not want it any more.
 */
export async function runProbe(): Promise<void> {
  const orphaned = new Promise<void>((resolve) => process.once('disconnect', () => resolve()));
  const link = createLink(ipcPort(process, 'disconnect'));
  link.serve(probe, async ({ port, write, read }) => ({
    coreLimit: coreLimitIn(textOf('/proc/self/limits')) ?? -1,
    tmpdir: tmpdir(),
    discThreshold: process.env.VIPS_DISC_THRESHOLD ?? '',
    inspectable: inspects([...process.execArgv, ...nodeOptions(process.env)]) || process.listenerCount('SIGUSR1') === 0,
    connected: await canConnect(port),
    wrote: write.filter(canWrite),
    read: read.filter(canRead),
  }));
  await orphaned;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function canWrite(folder: string): boolean {
  try {
    rmdirSync(mkdtempSync(join(folder, '.mayfly-probe-')));
    return true;
  } catch {
    return false;
  }
}

/** A folder that shows something, or a file that gives a byte. */
function canRead(path: string): boolean {
  try {
    if (statSync(path).isDirectory()) return readdirSync(path).length > 0;
    const file = openSync(path, 'r');
    try {
      return readSync(file, Buffer.alloc(1)) > 0;
    } catch {
      // The memory of a process opens only for those who may read it; there is nothing at its beginning.
      return true;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}
