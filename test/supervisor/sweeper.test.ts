import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import { createLog } from '../../src/observe/log.ts';
import { createSweeper, type Sweeper, type SweeperOptions } from '../../src/supervisor/sweeper.ts';
import { createTally } from '../../src/supervisor/tally.ts';
import { createMemoryVault } from '../../src/vault/memory.ts';
import { eventually } from '../http/harness.ts';
import { fakeClock } from '../kit/clock.ts';

describe('the sweep', () => {
  let sweeper: Sweeper | undefined;
  afterEach(() => sweeper?.stop());

  function setUp(options: Partial<SweeperOptions> = {}) {
    const boot = randomUUID();
    const clock = fakeClock();
    const files = new Map<string, Buffer>();
    const vault = createMemoryVault(files);
    const faults = { ledger: false };
    const ledger = createMemoryLedger(boot, clock, () => faults.ledger);
    const lines: string[] = [];
    const log = createLog('info', { write: (line: string) => void lines.push(line) });
    const tally = createTally();
    const parts = { schedule: '0 0 1 1 *', vault, ledger, clock, log, wanted: () => false, onSwept: () => undefined, tally };
    sweeper = createSweeper({ ...parts, ...options });
    const events = () => ledger.all.map(({ v: _v, at: _at, mono: _mono, boot: _boot, seq: _seq, ...event }) => event);
    return { clock, files, vault, ledger, faults, lines, events, tally, sweeper };
  }

  it('books what it saw, even nothing', async () => {
    const { sweeper: sweep, events, files } = setUp();
    await sweep.run();
    files.set('foreign', Buffer.from('x'));
    await sweep.run();
    expect(events()).toEqual([
      { ev: 'sweep.ran', seen: 0, found: 0, destroyed: 0, failed: 0 },
      { ev: 'sweep.ran', seen: 1, found: 1, destroyed: 1, failed: 0 },
    ]);
    expect(files.size).toBe(0);
  });

  it('leaves alone what is wanted', async () => {
    const { sweeper: sweep, files } = setUp({ wanted: ({ name }) => name === 'mine' });
    files.set('mine', Buffer.from('x'));
    files.set('other', Buffer.from('x'));
    expect(await sweep.run()).toEqual({ seen: 2, found: 1, destroyed: 1, failed: 0 });
    expect([...files.keys()]).toEqual(['mine']);
  });

  it('is not clean while something cannot be destroyed, or the vault cannot be read, and clean again after', async () => {
    const files = new Map([['stuck', Buffer.from('x')]]);
    const inner = createMemoryVault(files);
    let fault: 'destroy' | 'list' | undefined = 'destroy';
    const vault = {
      ...inner,
      list: () => (fault === 'list' ? Promise.reject(new Error('EIO')) : inner.list()),
      destroy: (name: string) => (fault === 'destroy' ? Promise.reject(new Error('EBUSY')) : inner.destroy(name)),
    };
    const { sweeper: sweep, events, lines } = setUp({ vault });
    await sweep.run();
    expect(sweep.clean).toBe(false);
    fault = 'list';
    await sweep.run();
    expect(sweep.clean).toBe(false);
    fault = undefined;
    await sweep.run();
    expect(sweep.clean).toBe(true);
    expect(events().map((event) => 'failed' in event && event.failed)).toEqual([1, 1, 0]);
    expect(lines.join('')).toContain('"event":"sweep.failed","failed":1');
  });

  it('goes on when its own entry cannot be written', async () => {
    const { sweeper: sweep, faults, files } = setUp();
    faults.ledger = true;
    files.set('foreign', Buffer.from('x'));
    expect(await sweep.run()).toMatchObject({ destroyed: 1 });
  });

  it('books a wall clock that was set, one year either way', async () => {
    const year = 365 * 24 * 3600 * 1000;
    const { sweeper: sweep, clock, events } = setUp();
    clock.advance(60_000);
    await sweep.run();
    clock.step(year);
    await sweep.run();
    clock.step(-year);
    await sweep.run();
    expect(events().filter(({ ev }) => ev === 'clock.step')).toEqual([
      { ev: 'clock.step', step_ms: year },
      { ev: 'clock.step', step_ms: -year },
    ]);
  });

  it('books how many were turned away since the last one, one entry a reason, and not a second time', async () => {
    const { sweeper: sweep, tally, faults, events } = setUp();
    const denied = () => events().filter(({ ev }) => ev === 'access.denied');
    await sweep.run();
    expect(denied()).toEqual([]);
    tally.add({ 'no-key': 2, 'wrong-role': 1 });
    tally.add({ 'no-key': 3 });
    // What could not be booked is booked with the next sweep.
    faults.ledger = true;
    await sweep.run();
    faults.ledger = false;
    await sweep.run();
    await sweep.run();
    expect(denied()).toEqual([
      { ev: 'access.denied', why: 'no-key', count: 5 },
      { ev: 'access.denied', why: 'wrong-role', count: 1 },
    ]);
  });

  it('runs by cron, and one at a time', async () => {
    const { ledger, sweeper: sweep } = setUp({ schedule: '* * * * * *' });
    await eventually(() => ledger.all.length >= 2, 'two sweeps');
    const [first, second] = await Promise.all([sweep.run(), sweep.run()]);
    expect(first).toBe(second);
  });

  it('takes no schedule that is none', () => {
    expect(() => setUp({ schedule: 'now and then' })).toThrow('MAYFLY_SWEEP_CRON');
  });
});
