import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock.ts';
import type { LedgerEvent } from '../../src/ledger/entry.ts';
import { createDrills, type DrillsOptions } from '../../src/supervisor/drills.ts';

const standIn = join(fileURLToPath(new URL('.', import.meta.url)), '../kit/drill-stand-in.js');
const job = '0a9ce6d8-6f4c-4a37-8ad1-5b35fbd4d1f5';
const seen = [{ where: 'sender', hits: 9 }];

describe('the drills of a supervisor', () => {
  const children: ChildProcess[] = [];
  const asked: unknown[] = [];
  const entries: LedgerEvent[] = [];
  const lent: Uint8Array[] = [];
  const stray: ChildProcess[] = [];
  afterEach(async () => {
    for (const child of stray.splice(0)) child.kill('SIGKILL');
    for (const list of [children, asked, entries, lent]) list.length = 0;
  });

  /** A process that stands for a receiver or a darkroom. */
  function bystander(): number {
    const child = fork(standIn, [], { execArgv: [], stdio: 'ignore' });
    stray.push(child);
    return child.pid ?? 0;
  }

  function drills(
    answers: { status?: string; job?: string; found?: object; unreadable?: number } = {},
    options: Partial<DrillsOptions> = {},
  ) {
    const { status = '200', job: id = job, found = seen, unreadable = 0 } = answers;
    return createDrills({
      clock: systemClock,
      book: async (entry) => entries.push(entry),
      fork(descriptors) {
        const child = fork(standIn, [status, id, JSON.stringify(found), String(unreadable)], {
          serialization: 'advanced',
          execArgv: [],
          stdio: ['ignore', 'ignore', 'inherit', 'ipc', ...descriptors],
        });
        child.on('message', (message) => {
          if (typeof message === 'object' && message !== null && 'asked' in message) asked.push(message.asked);
        });
        children.push(child);
        return child;
      },
      lend: async (digest) => void lent.push(digest),
      url: () => 'http://127.0.0.1:1',
      notice: 'n',
      receivers: () => [],
      darkrooms: () => [],
      darkroomPerPhoto: true,
      isOpen: () => false,
      folders: [],
      jobMs: 1000,
      generationMs: 2000,
      ...options,
    });
  }

  it('are ok only where everything was looked at, the marks were found where they had to be, and nowhere else', async () => {
    const ran = (answers: Parameters<typeof drills>[0]) => drills(answers).run('now');
    expect(await ran({})).toMatchObject({ ok: true, control: 9, hits: 0, found: [] });
    expect(await ran({ found: [] })).toMatchObject({ ok: false, control: 0 });
    expect(await ran({ unreadable: 1 })).toMatchObject({ ok: false, unreadable: 1 });
    const left = { where: 'darkroom', hits: 2 };
    expect(await ran({ found: [...seen, left] })).toMatchObject({ ok: false, hits: 2, found: [left] });
    expect(await ran({ status: '422' })).toMatchObject({ ok: true, status: 422 });
    expect(entries.map((entry) => entry.ev === 'drill.ran' && entry.ok)).toEqual([true, false, false, false, true]);
  });

  it('are not ok when a process cannot be opened, and one that is gone is no such process', async () => {
    const openMemory = (pid: number) => {
      throw Object.assign(new Error(), { code: pid === 1 ? 'EACCES' : 'ENOENT' });
    };
    const look = (pid: number) => drills({}, { openMemory, darkrooms: () => [pid] }).run('now');
    // Sender and supervisor do not open either here.
    expect(await look(1)).toMatchObject({ ok: false, processes: 0, unreadable: 1 });
    expect(await look(2)).toMatchObject({ ok: true, processes: 0, unreadable: 0 });
  });

  it('look at once at those who must be clean at once, and later at those who saw the upload', async () => {
    const old = bystander();
    const fresh = bystander();
    const spare = bystander();
    let receivers = [old];
    // Asked when the upload is over: from then on there is another generation.
    const isOpen = () => {
      if (lent.length === 2) receivers = [fresh];
      return false;
    };
    const d = drills({}, { receivers: () => receivers, darkrooms: () => [spare], isOpen });
    expect(await d.run('now')).toMatchObject({ processes: 2, later: 1 });
    expect(await d.run('generation')).toMatchObject({ processes: 3, later: 0 });
    const kinds = (list: unknown) => (Array.isArray(list) ? list.map(({ kind }) => kind) : []);
    expect(asked.map(kinds)).toEqual([
      ['sender', 'supervisor', 'darkroom'],
      ['sender', 'supervisor', 'receiver', 'darkroom'],
    ]);
    // The first descriptor that a drill's process gets besides its channel is number 4.
    expect(asked[0]).toEqual([4, 5, 6].map((memory) => expect.objectContaining({ memory })));
  });

  it('with darkrooms that live on, count those among the witnesses', async () => {
    const pooled = bystander();
    const d = drills({}, { darkroomPerPhoto: false, darkrooms: () => [pooled] });
    expect(await d.run('now')).toMatchObject({ processes: 1, later: 1 });
  });

  it('lend another key where a new receiver did not know the first, and give up at the third', async () => {
    expect(await drills({ status: '401,200' }).run('now')).toMatchObject({ status: 200 });
    expect(new Set(lent.map((digest) => Buffer.from(digest).toString('hex'))).size).toBe(2);
    await expect(drills({ status: '401,401,401', job: '' }).run('now')).rejects.toMatchObject({ code: 'internal' });
    expect(lent).toHaveLength(5);
  });

  it('that could not begin are on the books too, as not ok', async () => {
    await expect(drills({ status: '503', job: '' }).run('now')).rejects.toMatchObject({ code: 'busy' });
    expect(entries).toEqual([{ ev: 'drill.ran', ok: false, processes: 0, unreadable: 0, files: 0, hits: 0 }]);
  });

  it('run one at a time, and end their processes', async () => {
    const d = drills();
    const first = d.run('now');
    await expect(d.run('now')).rejects.toMatchObject({ code: 'rate-limited' });
    expect(d.running).toBe(true);
    const report = await first;
    expect(d).toMatchObject({ running: false, last: report });
    expect(children).toHaveLength(2);
    for (const child of children) if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    for (const child of children) expect(child.signalCode).toBe('SIGKILL');
  });

  it('fail where the books cannot be written', async () => {
    const d = drills({}, { book: () => Promise.reject(new Error('no room')) });
    await expect(d.run('now')).rejects.toMatchObject({ code: 'not-ready' });
  });
});
