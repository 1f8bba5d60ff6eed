import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { drillReportSchema } from '../../src/supervisor/check-calls.ts';
import { appKey, type Service, startService } from '../kit/service.ts';

const main = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/main.cjs');
const adminKey = 'an-admin-secret-of-the-tests';

jest.setTimeout(120_000);

describe('a drill', () => {
  let service: Service;
  beforeAll(async () => {
    const keys = `app:${appKey},admin:${adminKey}`;
    service = await startService({ MAYFLY_KEYS: keys, MAYFLY_RECEIVER_SECONDS: '3', MAYFLY_DARKROOMS: '1' });
  });
  afterAll(() => service.dispose());

  async function mayfly(...args: readonly string[]) {
    const child = spawn(process.execPath, [main, 'drill', '--url', service.url, '--key', adminKey, ...args]);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code: child.exitCode, stdout, stderr };
  }
  const drills = () => service.ledger().flatMap((entry) => (entry.ev === 'drill.ran' ? [entry] : []));

  it('goes the way of every photo and finds nothing left, in no process that must be clean at once', async () => {
    const { code, stdout, stderr } = await mayfly('--json');
    expect(stderr).toBe('');
    const report = drillReportSchema.parse(JSON.parse(stdout));
    // The supervisor at least, and whoever has come since; the receiver that saw it comes later.
    expect(report).toMatchObject({ ok: true, status: 200, wait: 'now', unreadable: 0, hits: 0, found: [] });
    expect(report.processes).toBeGreaterThanOrEqual(1);
    expect(report.later).toBeGreaterThanOrEqual(1);
    // It is not blind: what it looked for was there to be found, in the process that sent it.
    expect(report.control).toBeGreaterThan(0);
    expect(code).toBe(0);
    const { ok, job, processes, unreadable, files, hits } = report;
    expect(drills().at(-1)).toMatchObject({ ok, job, processes, unreadable, files, hits });
    const closed = service.ledger().find((entry) => entry.ev === 'job.closed' && entry.job === job);
    expect(closed).toMatchObject({ why: 'done' });
  });

  it('waits for the generation that saw it, where it is asked to, and tells people in words', async () => {
    const { code, stdout } = await mayfly('--wait', 'generation');
    expect(stdout).toMatch(/^marks found +0$/m);
    expect(stdout).toMatch(/^result +clean$/m);
    expect(stdout).toMatch(/^processes +\d+ looked through, 0 that saw/m);
    expect(code).toBe(0);
  });

  it('is for admins, and one at a time', async () => {
    const ask = (key: string) => fetch(`${service.url}/v1/drills`, { method: 'POST', headers: { Authorization: `Bearer ${key}` } });
    expect((await ask(appKey)).status).toBe(403);
    expect((await ask('nobody')).status).toBe(401);
    const before = drills().length;
    const statuses = (await Promise.all([ask(adminKey), ask(adminKey)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 429]);
    expect(drills()).toHaveLength(before + 1);
  });

  it('leaves no process and no key behind', async () => {
    const children = readFileSync(`/proc/${service.pid}/task/${service.pid}/children`, 'utf8').trim().split(' ');
    const roles = children.map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').at(-2));
    expect(roles).not.toContain('drill-child');
    expect(service.output()).not.toContain(adminKey);
  });
});
