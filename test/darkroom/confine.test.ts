import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Confinement, openConfinement, stepsOf, unconfined } from '../../src/darkroom/confine.ts';
import { ipcPort } from '../../src/supervisor/channel.ts';
import { probe } from '../../src/supervisor/check-calls.ts';
import { createLink } from '../../src/supervisor/link.ts';

const main = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/main.cjs');

/** The words of util-linux and the kernel, asked without our code: may this user make the namespaces? */
function allowed(...namespaces: readonly string[]): boolean {
  try {
    execFileSync('unshare', ['--user', '--map-current-user', ...namespaces, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('the walls around a darkroom', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mayfly-walls-'));
  const vaultDir = join(dir, 'vault');
  const dataDir = join(dir, 'data');
  const keys = join(dir, 'keys');
  let walls: Confinement;
  beforeAll(async () => {
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'ledger-key'), 'secret');
    writeFileSync(keys, 'app:secret');
    walls = await openConfinement({ vaultDir, hidden: [dataDir, keys], needed: [main] });
  });
  afterAll(() => {
    walls.close();
    rmSync(dir, { recursive: true });
  });

  async function lookAround({ enter }: Confinement) {
    const listener = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    const [command = process.execPath, ...first] = enter;
    const child = fork(main, ['probe'], {
      serialization: 'advanced',
      env: { PATH: process.env.PATH, TMPDIR: vaultDir },
      execPath: command,
      execArgv: [...first, ...(enter.length > 0 ? [process.execPath] : [])],
    });
    const gone = once(child, 'exit');
    const seen = await createLink(ipcPort(child, 'exit')).call(probe, {
      port: typeof address === 'object' && address !== null ? address.port : 0,
      write: [vaultDir, dataDir, dir, tmpdir(), '/dev/shm', process.cwd()],
      read: [dataDir, keys, main, `/proc/${process.pid}/mem`],
    });
    // The process that was started is the one that answers: its id, its channel and its signals are its own.
    child.kill('SIGTERM');
    child.disconnect();
    await gone;
    listener.close();
    return seen;
  }

  it('are as high as the machine allows', () => {
    expect(walls.kind).toBe(allowed('--net', '--mount') ? 'view' : allowed('--net') ? 'network' : 'none');
  });

  it('keep it from every network, loopback too', async () => {
    expect((await lookAround(walls)).connected).toBe(walls.kind === 'none');
    expect((await lookAround(unconfined)).connected).toBe(true);
  });

  it('leave it the vault to write to, and nothing else', async () => {
    const outside = [dataDir, dir, tmpdir(), '/dev/shm', process.cwd()];
    expect((await lookAround(unconfined)).wrote).toEqual([vaultDir, ...outside]);
    expect((await lookAround(walls)).wrote).toEqual(walls.kind === 'view' ? [vaultDir] : [vaultDir, ...outside]);
    expect(readdirSync(vaultDir)).toEqual([]);
  });

  it('hide the books, the keys and the memory of others, not the program', async () => {
    const { read } = await lookAround(walls);
    expect(read).toContain(main);
    if (walls.kind === 'view') expect(read).toEqual([main]);
    else expect(read).toEqual(expect.arrayContaining([dataDir, keys]));
  });

  it('cannot be taken down from inside, as root neither', () => {
    const [command = 'env', ...first] = walls.enter;
    const remount = () => execFileSync(command, [...first, 'mount', '-o', 'remount,bind,rw', '/'], { stdio: 'ignore' });
    if (walls.kind === 'none') expect(allowed('--net')).toBe(false);
    else expect(remount).toThrow();
  });
});

describe('the steps to a view', () => {
  const mounts = [
    '27 1 254:0 / / rw - ext4 /dev/vda rw',
    '22 27 0:21 / /proc rw - proc proc rw',
    '25 24 0:23 / /dev/shm rw - tmpfs tmpfs rw',
    '40 27 0:9 / /mnt/a\\040b rw shared:1 - ext4 /dev/vdb rw',
    '41 27 0:9 / /srv/vault rw - tmpfs tmpfs rw',
    '42 41 0:9 / /srv/vault/inner rw - tmpfs tmpfs rw',
  ].join('\n');
  const view = (hidden: string[]) => stepsOf({ vaultDir: '/srv/vault', hidden, needed: ['/srv/app/main.cjs'] }, mounts);

  it('freeze every mount but the vault and /proc, names with blanks too', () => {
    const frozen = view([]).flatMap(([verb, path]) => (verb === 'freeze' ? [path] : []));
    expect(frozen).toEqual(['/proc/sys', '/', '/dev/shm', '/mnt/a b']);
  });

  it('never hide what holds the vault or the program, nor what is not there', () => {
    const hiding = (path: string) => view([path]).filter(([verb]) => verb === 'cover' || verb === 'blank');
    expect(hiding('/srv')).toEqual([]);
    expect(hiding('/srv/app')).toEqual([]);
    expect(hiding('/nowhere')).toEqual([]);
    expect(hiding('/etc')).toEqual([['cover', '/etc']]);
    expect(hiding('/etc/passwd')).toEqual([['blank', '/etc/passwd']]);
  });
});
