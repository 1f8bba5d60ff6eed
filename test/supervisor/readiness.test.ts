import { describe, expect, it } from '@jest/globals';
import { type Health, unreadiness } from '../../src/supervisor/readiness.ts';

const well: Health = {
  stopping: false,
  ledger: { writable: true },
  pool: { usable: true },
  sweeper: { clean: true },
  desk: { troubles: new Map() },
};

describe('readiness', () => {
  it('has no reason against it when all is well', () => {
    expect(unreadiness(well)).toEqual([]);
  });

  it.each<[string, Partial<Health>]>([
    ['stopping', { stopping: true }],
    ['ledger-unwritable', { ledger: { writable: false } }],
    ['purge-failing', { sweeper: { clean: false } }],
    ['purge-failing', { desk: { troubles: new Map([['job', 'purge']]) } }],
    ['no-darkroom', { pool: { usable: false } }],
  ])('names %s', (reason, ill) => {
    expect(unreadiness({ ...well, ...ill })).toEqual([reason]);
  });

  it('names every reason', () => {
    expect(
      unreadiness({
        stopping: true,
        ledger: { writable: false },
        pool: { usable: false },
        sweeper: { clean: false },
        desk: { troubles: new Map() },
      }),
    ).toHaveLength(4);
  });
});
