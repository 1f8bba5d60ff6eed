import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../http/harness.ts';
import { selfie } from '../kit/photos.ts';
import { upload } from '../kit/service.ts';
import { balance } from './checks.ts';
import { launch } from './running.ts';
import { callsIn, filesThread } from './strace.ts';

/** The system refuses to unlink, or has no room for the books: strace answers in its place, for a while. */

type Running = Awaited<ReturnType<typeof launch>>;

describe('a service whose system calls fail', () => {
  let dir: string;
  let running: Running;
  let photo: Uint8Array<ArrayBuffer>;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mayfly-fail-'));
    photo = await selfie(400);
    // Sweeps are what finds out that a fault is over.
    running = await launch(dir, { MAYFLY_SWEEP_CRON: '* * * * * *' });
  }, 60_000);
  afterEach(async () => {
    await running.kill();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  });

  const readiness = async () => {
    const answer = await fetch(`${running.service.url}/readyz`, { headers: { Connection: 'close' } });
    return { status: answer.status, text: await answer.text() };
  };
  const ready = () => eventually(async () => (await readiness()).status === 200, 'ready again', 30_000);
  const settled = () => balance(running.service.ledger()).length === 0 && running.service.vault().length === 0;

  it.each(['EBUSY', 'EIO'] as const)(
    'says that it cannot destroy, takes no photo, and gets over it: unlink, %s',
    async (code) => {
      const { service, pids, attach } = running;
      await attach(filesThread(pids.supervisor), { call: 'unlink', when: '1..12', what: `error=${code}` });
      const answer = upload(service, photo);
      await eventually(async () => (await readiness()).status === 503, 'unready', 20_000);
      expect((await readiness()).text).toContain('purge-failing');
      // The photo is there, and nobody says anything else.
      expect(service.vault().length).toBeGreaterThan(0);
      expect(service.ledger().some(({ ev }) => ev === 'job.closed')).toBe(false);
      expect((await upload(service, photo)).status).toBe(503);
      await answer;

      await ready();
      await eventually(settled, 'the end of the job', 20_000);
      const entries = service.ledger();
      expect(entries.find(({ ev }) => ev === 'purge.failed')).toMatchObject({ failed: 1 });
      expect(entries.findLast(({ ev }) => ev === 'job.closed')).toMatchObject({ proof: { unlinked: 2 } });
      expect((await upload(service, photo)).status).toBe(200);
    },
    90_000,
  );

  it.each([
    ['ENOSPC', 'openat'],
    ['EIO', 'fsync'],
  ] as const)(
    'takes no photo while the books cannot be written, and stores none: %s at %s',
    async (code, call) => {
      const { service, pids, attach } = running;
      await eventually(settled, 'quiet books');
      const before = service.ledger().length;
      await attach(filesThread(pids.supervisor), { call, when: '1..8', what: `error=${code}` });
      const answer = await upload(service, photo);
      expect([answer.status, answer.headers.get('retry-after') !== null]).toEqual([503, true]);
      expect(service.vault()).toEqual([]);
      expect(
        service
          .ledger()
          .slice(before)
          .filter(({ ev }) => ev === 'job.received'),
      ).toEqual([]);
      await eventually(() => callsIn(dir).calls.filter(({ name }) => name === call).length > 8, 'the end of the fault', 30_000);
      await ready();
      expect((await upload(service, photo)).status).toBe(200);
      await eventually(settled, 'the end of the job', 20_000);
    },
    90_000,
  );
});
