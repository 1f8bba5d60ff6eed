import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import { createLog } from '../../src/observe/log.ts';
import { startPruning } from '../../src/supervisor/pruning.ts';
import { entriesOf, received } from '../contract/ledger.ts';
import { eventually } from '../http/harness.ts';
import { fakeClock } from '../kit/clock.ts';

const day = 24 * 3600 * 1000;

describe('the retention of the ledger', () => {
  function setUp(days: number) {
    const clock = fakeClock();
    const faults = { ledger: false };
    const ledger = createMemoryLedger(randomUUID(), clock, () => faults.ledger);
    const lines: string[] = [];
    const log = createLog('info', { write: (line: string) => void lines.push(line) });
    const kinds = async () => (await entriesOf(ledger)).map(({ ev }) => ev);
    return { clock, faults, ledger, lines, kinds, start: () => startPruning({ ledger, clock, log, days }) };
  }
  const bundle = () => Array.from({ length: 256 }, () => received());

  it('drops at the start what is older than the notice says, and books it', async () => {
    const { clock, ledger, kinds, lines, start } = setUp(10);
    await ledger.appendAll(bundle());
    clock.advance(10 * day + 1);
    await ledger.append(received());
    const pruning = start();
    await eventually(() => lines.length > 0, 'the pruning is over');
    expect(await kinds()).toEqual(['job.received', 'log.pruned']);
    expect(lines.join()).toContain('"event":"ledger.pruned","destroyed":256');
    pruning.stop();
  });

  it('looks every day, and drops nothing a day too early', async () => {
    const { clock, ledger, kinds, start, lines } = setUp(2);
    await ledger.appendAll(bundle());
    const pruning = start();
    for (let days = 1; days <= 2; days++) {
      clock.advance(day);
      await new Promise(setImmediate);
      expect(await kinds()).toHaveLength(256);
    }
    clock.advance(day);
    await eventually(() => lines.length > 0, 'the pruning of the third day');
    expect(await kinds()).toEqual(['log.pruned']);
    pruning.stop();
  });

  it('tries again tomorrow what cannot be booked today: nothing goes unsaid', async () => {
    const { clock, ledger, kinds, faults, lines, start } = setUp(1);
    await ledger.appendAll(bundle());
    clock.advance(2 * day);
    faults.ledger = true;
    const pruning = start();
    await eventually(() => lines.length > 0, 'the pruning that fails');
    expect(lines.join()).toContain('ledger.unpruned');
    expect(await kinds()).toHaveLength(256);
    faults.ledger = false;
    clock.advance(day);
    await eventually(() => lines.length > 1, 'the pruning that works');
    expect(await kinds()).toEqual(['log.pruned']);
    pruning.stop();
  });

  it('ends with the service', async () => {
    const { clock, ledger, kinds, start } = setUp(1);
    await ledger.appendAll(bundle());
    const pruning = start();
    await new Promise(setImmediate);
    pruning.stop();
    clock.advance(5 * day);
    await new Promise(setImmediate);
    expect(await kinds()).toHaveLength(256);
  });
});
