import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

export class LockError extends Error {
  override readonly name = 'LockError';
}

export interface Lock {
  release(): Promise<void>;
}

/**
 * One service per folder: a socket that lives exactly as long as its process, even one that is killed. A second service would destroy the
 * photos of the first, and write into its books.
 * @throws LockError when the folder is in use
 */
export async function lockFolder(dir: string): Promise<Lock> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, '.lock');
  if (await isHeld(dir)) throw new LockError(`Another Mayfly is using ${dir}`);
  rmSync(path, { force: true });
  const server: Server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new LockError(`The folder ${dir} cannot be locked`)));
    server.listen({ path, exclusive: true }, resolve);
  });
  chmodSync(path, 0o600);
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Whether a running service holds the folder. */
export function isHeld(dir: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(join(dir, '.lock'));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
