import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Service, startService } from '../kit/service.ts';

const main = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/main.cjs');

jest.setTimeout(60_000);

describe('a running service', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ MAYFLY_DARKROOMS: '1' });
    await service.idle();
  });
  afterAll(() => service.dispose());
  const all = () => Object.values(service.processes()).flat();

  it('forbids core dumps to every process, with a filter behind the limit, and every child has its temporary folder in the vault', () => {
    const { supervisor, receiver, develop } = service.processes();
    expect([supervisor.length, receiver.length, develop.length]).toEqual([1, 1, 1]);
    for (const pid of all()) expect(readFileSync(`/proc/${pid}/limits`, 'utf8')).toMatch(/^Max core file size +1 +1 /m);
    for (const pid of all()) expect(Number.parseInt(readFileSync(`/proc/${pid}/coredump_filter`, 'utf8'), 16)).toBe(0);
    for (const pid of [...receiver, ...develop]) expect(environment(pid)).toContain(`TMPDIR=${service.vaultDir}`);
    for (const pid of develop) expect(environment(pid).some((line) => line.startsWith('MAYFLY_KEYS'))).toBe(false);
  });

  it('does not open an inspector on SIGUSR1, in no process', async () => {
    const before = all();
    for (const pid of before) process.kill(pid, 'SIGUSR1');
    // The signal is handled when the process answers again.
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    await service.idle();
    expect(all().sort()).toEqual(before.sort());
    await expect(once(connect(9229, '127.0.0.1'), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('has the self-check on its books', () => {
    const boot = service.ledger().find((entry) => entry.ev === 'log.boot');
    const selfcheck = boot?.ev === 'log.boot' ? boot.selfcheck : {};
    expect(selfcheck).toMatchObject({ vault: 'ok', 'core-dumps': 'ok', inspector: 'ok', 'temporary-folder': 'ok', 'libvips-spill': 'ok' });
    expect(Object.keys(selfcheck)).toEqual(expect.arrayContaining(['no-swap', 'darkroom-network', 'darkroom-writes', 'darkroom-reads']));
  });
});

describe('a start', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mayfly-guard-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  async function mayfly(command: string, env: Record<string, string>, ...options: readonly string[]) {
    const folders = { MAYFLY_VAULT_DIR: join(dir, 'vault'), MAYFLY_DATA_DIR: join(dir, 'data'), MAYFLY_KEYS: 'app:a' };
    const child = spawn(process.execPath, [...options, main, command], { env: { PATH: process.env.PATH, ...folders, ...env } });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code: child.exitCode, stdout, stderr };
  }

  it('that is strict is refused where the self-check misses something, which it names with a way out', async () => {
    // Walls that are switched off are missing everywhere.
    const { code, stderr } = await mayfly('serve', { MAYFLY_STRICT: '1', MAYFLY_CONFINE: 'off' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/MISS +darkroom-network +a darkroom can reach the network\n +\S/);
    expect(stderr).not.toMatch(/^ok/m);
    const check = await mayfly('selfcheck', { MAYFLY_CONFINE: 'off' });
    expect(check.code).toBe(1);
    expect(check.stdout).toMatch(/^MISS +darkroom-writes/m);
    expect(check.stdout).toMatch(/^ok +core-dumps/m);
  });

  it('with an inspector is refused, strict or not', async () => {
    const refused = { code: 1, stderr: expect.stringContaining('inspector') };
    expect(await mayfly('serve', { NODE_OPTIONS: '--inspect=0' })).toMatchObject(refused);
    expect(await mayfly('serve', {}, '--inspect=0')).toMatchObject(refused);
    expect((await mayfly('selfcheck', {}, '--inspect=0')).stdout).toMatch(/^MISS +inspector/m);
  });
});

function environment(pid: number): string[] {
  return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
}
