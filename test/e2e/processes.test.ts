import { spawnSync } from 'node:child_process';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../http/harness.ts';
import { freeze } from '../kit/freeze.ts';
import { selfie } from '../kit/photos.ts';
import { appKey, type Service, startService, upload } from '../kit/service.ts';

const main = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/main.cjs');

describe('the processes of a service', () => {
  const services: Service[] = [];
  const start = async (env: Record<string, string> = {}, dir?: string) => {
    const service = await startService(env, dir);
    services.push(service);
    return service;
  };
  afterEach(async () => {
    for (const service of services.splice(0)) await service.dispose();
  });
  const settled = (service: Service) =>
    eventually(() => service.unbalanced().length === 0 && service.vault().length === 0, 'balanced books and an empty vault');
  const closings = (service: Service) => service.ledger().flatMap((entry) => (entry.ev === 'job.closed' ? [entry] : []));
  /** A photo is in the hands of a darkroom, which stands still. */
  const developing = (service: Service) =>
    eventually(() => service.vault().length > 0, 'a sealed photo').then(() => new Promise((resolve) => setTimeout(resolve, 300)));

  it('survive the death of a darkroom at work', async () => {
    const service = await start();
    const photo = await selfie();
    await service.idle();
    freeze(service.processes().develop);
    const answer = upload(service, photo);
    await developing(service);
    for (const pid of service.processes().develop) process.kill(pid, 'SIGKILL');
    const { status } = await answer;
    expect(status).toBe(500);
    await settled(service);
    expect(closings(service)).toMatchObject([{ why: 'crash', proof: { darkroom: 'killed:SIGKILL' } }]);
    expect((await upload(service, photo)).status).toBe(200);
  });

  it('survive the death of the receiver', async () => {
    const service = await start();
    const photo = await selfie();
    await service.idle();
    const thaw = freeze(service.processes().develop);
    const answer = expect(upload(service, photo)).rejects.toThrow();
    await developing(service);
    for (const pid of service.processes().receiver) process.kill(pid, 'SIGKILL');
    await answer;
    thaw();
    await settled(service);
    expect(closings(service)).toMatchObject([{ why: 'crash' }]);
    await eventually(() => service.processes().receiver.length === 1, 'another receiver');
    await eventually(async () => (await fetch(`${service.url}/readyz`).catch(() => undefined))?.ok === true, 'ready');
    expect((await upload(service, photo)).status).toBe(200);
  });

  it('account for everything after kill -9 of the supervisor and a new start', async () => {
    const first = await start();
    const photo = await selfie();
    await first.idle();
    const thaw = freeze(first.processes().develop);
    const lost = upload(first, photo).catch(() => undefined);
    await developing(first);
    expect(first.vault().length).toBeGreaterThan(0);
    const orphans = first.processes();
    await first.end('SIGKILL');
    await lost;
    thaw();
    expect(first.unbalanced()).toHaveLength(1);
    await eventually(() => [...orphans.receiver, ...orphans.develop].every((pid) => !alive(pid)), 'the children gone');

    const second = await start({}, first.dir);
    expect(second.vault()).toEqual([]);
    expect(second.unbalanced()).toEqual([]);
    expect(second.ledger().findLast(({ ev }) => ev === 'log.boot')).toMatchObject({ open: 1, orphans: expect.any(Number) });
    expect(closings(second)).toMatchObject([{ why: 'crash' }]);
    expect((await upload(second, photo)).status).toBe(200);
  });

  it('end in order on SIGTERM: what is under way is finished, the books are closed, exit 0', async () => {
    const service = await start();
    await service.idle();
    const thaw = freeze(service.processes().develop);
    const answer = upload(service, await selfie());
    await developing(service);
    const begun = Date.now();
    const end = service.end('SIGTERM');
    thaw();
    expect((await answer).status).toBe(200);
    expect(await end).toEqual({ code: 0, signal: null });
    expect(Date.now() - begun).toBeLessThan(30_000);
    expect(service.unbalanced()).toEqual([]);
    expect(service.vault()).toEqual([]);
    expect(service.ledger().at(-1)?.ev).toBe('log.close');
    expect(service.ledger().findLast(({ ev }) => ev === 'job.closed')).toMatchObject({ why: 'done' });
  });

  it('end within 30 seconds even when a client stalls', async () => {
    const service = await start();
    const stalled = slowUpload(service, await selfie(), 60_000).catch(() => undefined);
    await eventually(() => service.vault().length > 0, 'sealing');
    const begun = Date.now();
    expect(await service.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(Date.now() - begun).toBeLessThan(30_000);
    expect(await stalled).toBe(410);
    expect([service.unbalanced(), service.vault()]).toEqual([[], []]);
  }, 60_000);

  it('end at once when a new receiver is just starting', async () => {
    const service = await start({ MAYFLY_RECEIVER_SECONDS: '1' });
    await eventually(() => service.processes().receiver.length === 2, 'the next generation');
    const begun = Date.now();
    expect(await service.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(Date.now() - begun).toBeLessThan(10_000);
  });

  it('replace receivers without a refused connection, and a slow upload is finished by the old one', async () => {
    const service = await start({ MAYFLY_RECEIVER_SECONDS: '1', MAYFLY_LOG: 'info' });
    const [old] = service.processes().receiver;
    const photo = await selfie();
    const slow = slowUpload(service, photo, 3500);
    const failures: unknown[] = [];
    for (const end = Date.now() + 3500; Date.now() < end; ) {
      // Each on a connection of its own.
      await fetch(`${service.url}/healthz`, { headers: { Connection: 'close' } }).catch((error: unknown) => failures.push(error));
    }
    expect(failures).toEqual([]);
    expect(service.processes().receiver.length).toBeGreaterThan(1);
    expect(service.processes().receiver).toContain(old);
    expect(await slow).toBe(200);
    await eventually(() => !alive(old ?? 0), 'the old receiver gone');
    await settled(service);
  });

  it('refuse to share a vault or books with another service', async () => {
    const service = await start();
    const { status, stderr } = spawnSync(process.execPath, [main, 'serve'], {
      env: { PATH: process.env.PATH, PORT: '0', MAYFLY_DATA_DIR: `${service.dir}/other`, MAYFLY_VAULT_DIR: service.vaultDir },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('Another Mayfly is using')]);
    expect((await upload(service, await selfie())).status).toBe(200);
  });

  it('start in demo mode on loopback with a key of their own, and on no other address', async () => {
    const service = await start({ MAYFLY_KEYS: '' });
    const [, key] = /demo key: (\S+)/.exec(service.output()) ?? [];
    expect((await upload(service, await selfie(), { key })).status).toBe(200);
    const { status, stderr } = spawnSync(process.execPath, [main, 'serve'], {
      env: { PATH: process.env.PATH, HOST: '0.0.0.0', MAYFLY_DATA_DIR: `${service.dir}/other` },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('loopback only')]);
  });

  it('say every mistake of a configuration at once', () => {
    const { status, stderr } = spawnSync(process.execPath, [main, 'serve'], {
      env: { PATH: process.env.PATH, PORT: 'http', MAYFLY_ISOLATION: 'none', MAYFLY_QUEUE: '-1' },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    for (const name of ['PORT', 'MAYFLY_ISOLATION', 'MAYFLY_QUEUE']) expect(stderr).toContain(name);
  });

  it('work as a pool where that is chosen', async () => {
    const service = await start({ MAYFLY_ISOLATION: 'pool:2', MAYFLY_DARKROOMS: '1' });
    const photo = await selfie();
    for (let i = 0; i < 3; i++) expect((await upload(service, photo)).status).toBe(200);
    await settled(service);
    expect(closings(service).map(({ proof }) => proof.darkroom)).toEqual(['pool', 'killed:SIGKILL', 'pool']);
  });
});

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A raw upload that takes its time, on a connection of its own. */
function slowUpload(service: Service, photo: Uint8Array, ms: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${service.url}/v1/effects?template=sunglasses`,
      {
        method: 'POST',
        agent: false,
        headers: {
          Authorization: `Bearer ${appKey}`,
          'Content-Type': 'image/jpeg',
          'Content-Length': photo.length,
          'Mayfly-Consent': service.consent,
        },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode));
      },
    );
    sent.once('error', reject);
    const half = Math.floor(photo.length / 2);
    sent.write(photo.subarray(0, half));
    setTimeout(() => sent.end(photo.subarray(half)), ms).unref();
  });
}
