import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock.ts';
import { createPool, type Pool, type PoolOptions } from '../../src/darkroom/pool.ts';
import type { Order } from '../../src/jobs/darkrooms.ts';
import { eventually } from '../http/harness.ts';
import { fakeClock } from '../kit/clock.ts';

const standIn = join(fileURLToPath(new URL('.', import.meta.url)), '../kit/stand-in.js');

describe('the pool of darkrooms', () => {
  let pool: Pool | undefined;
  const killed: string[] = [];
  afterEach(async () => {
    await pool?.close();
    pool = undefined;
    killed.length = 0;
  });

  function start(options: Partial<PoolOptions> = {}, modes: readonly string[] = []): Pool {
    let started = 0;
    pool = createPool({
      size: 2,
      isolation: { kind: 'photo' },
      maxAgeMs: 60_000,
      maxResident: 400 << 20,
      startMs: 10_000,
      fork: () => fork(standIn, [modes[started++] ?? ''], { serialization: 'advanced', execArgv: [], stdio: 'ignore' }),
      clock: systemClock,
      onKilled: (reason) => killed.push(reason),
      ...options,
    });
    return pool;
  }

  const order = (template: string): Order => ({
    job: randomUUID(),
    boot: randomUUID(),
    deadline: 0,
    photos: [{ id: 'photo', key: Buffer.alloc(32), bytes: 1, commitment: '0'.repeat(64) }],
    commitmentKey: Buffer.alloc(32),
    task: { kind: 'effect', template, params: {}, mediaType: 'image/jpeg' },
  });
  const alive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const free = (p: Pool, count: number) => eventually(() => p.free === count, `${count} free darkrooms`);

  it('stands ready before the first order, and gives every photo a process of its own', async () => {
    const p = start();
    expect(p.usable).toBe(false);
    await free(p, 2);
    expect(p.usable).toBe(true);
    const pids: number[] = [];
    for (let i = 0; i < 4; i++) {
      await eventually(() => p.free > 0, 'a free darkroom');
      const run = p.start(order('ok'));
      pids.push((await run.finished).result.bytes);
      expect(await run.ended).toBe('killed:SIGKILL');
      expect(alive(pids.at(-1) ?? 0)).toBe(false);
    }
    expect(new Set(pids).size).toBe(4);
    await free(p, 2);
  });

  it('gives a darkroom N photos with pool:N, and no more', async () => {
    const p = start({ size: 1, isolation: { kind: 'pool', jobs: 3 } });
    const ends: string[] = [];
    const pids: number[] = [];
    for (let i = 0; i < 4; i++) {
      await free(p, 1);
      const run = p.start(order('ok'));
      pids.push((await run.finished).result.bytes);
      ends.push(await run.ended);
    }
    expect(ends).toEqual(['pool', 'pool', 'killed:SIGKILL', 'pool']);
    expect(new Set(pids).size).toBe(2);
    expect(pids[0]).toBe(pids[2]);
  });

  it('ends a darkroom that has seen a photo after a time, even an idle one with photos to go', async () => {
    const p = start({ size: 1, isolation: { kind: 'pool', jobs: 100 }, maxAgeMs: 300 });
    await free(p, 1);
    const [pid = 0] = p.pids;
    const run = p.start(order('ok'));
    await run.finished;
    expect(await run.ended).toBe('pool');
    await eventually(() => !alive(pid), 'the end of the darkroom');
    await free(p, 1);
    expect(p.pids).not.toContain(pid);
  });

  it('gives no order to a darkroom that was told to end and has not ended yet', async () => {
    const clock = fakeClock();
    const p = start({ size: 1, isolation: { kind: 'pool', jobs: 100 }, maxAgeMs: 300, clock });
    await free(p, 1);
    const [pid = 0] = p.pids;
    await p.start(order('ok')).ended;
    expect(p.free).toBe(1);
    clock.advance(300);
    // Nothing has been awaited since: the process cannot have been seen to end.
    expect(p.pids).toContain(pid);
    expect(p.free).toBe(0);
    await free(p, 1);
    expect(p.pids).not.toContain(pid);
  });

  it.each([
    ['exit', 'exited:9'],
    ['segfault', 'killed:SIGSEGV'],
  ])('knows a crash (%s) from a refusal and replaces the dead', async (how, end) => {
    const p = start();
    await free(p, 2);
    const run = p.start(order(how));
    await expect(run.finished).rejects.toMatchObject({ code: 'internal' });
    expect(run.crashed()).toBe(true);
    expect(await run.ended).toBe(end);
    await free(p, 2);
  });

  it.each(['hang', 'wait'])('can end one that does not answer (%s)', async (how) => {
    const p = start();
    await free(p, 2);
    const run = p.start(order(how));
    run.kill();
    await expect(run.finished).rejects.toMatchObject({ code: 'internal' });
    expect(run.crashed()).toBe(false);
    expect(await run.ended).toBe('killed:SIGKILL');
    await free(p, 2);
  });

  it('kills one that takes too much memory', async () => {
    const p = start();
    await free(p, 2);
    const run = p.start(order('hoard'));
    await expect(run.finished).rejects.toMatchObject({ code: 'internal' });
    expect(run.crashed()).toBe(true);
    expect(killed).toEqual(['memory']);
  });

  it('replaces one that never gets warm', async () => {
    const p = start({ startMs: 500 }, ['deaf']);
    await eventually(() => killed.includes('start'), 'killed');
    await free(p, 2);
  });

  it('is not usable while every start fails, waits between tries, and recovers', async () => {
    const p = start({ size: 1 }, ['stillborn', 'stillborn', 'stillborn']);
    await eventually(() => p.pids.length === 0, 'dead');
    expect(p.usable).toBe(false);
    await free(p, 1);
    expect(p.usable).toBe(true);
  });

  it('leaves no process behind', async () => {
    const p = start();
    await free(p, 2);
    p.start(order('hang')).finished.catch(() => undefined);
    const { pids } = p;
    await p.close();
    expect(pids.filter(alive)).toEqual([]);
    expect(p.free).toBe(0);
  });
});
