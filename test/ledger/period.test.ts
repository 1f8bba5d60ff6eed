import { describe, expect, it } from '@jest/globals';
import { parseBound } from '../../src/ledger/period.ts';

const at = (iso: string) => ({ at: Date.parse(iso) });

describe('an end of a stretch', () => {
  it.each([
    ['2026-11', at('2026-11-01T00:00:00Z'), at('2026-12-01T00:00:00Z')],
    ['2026-12', at('2026-12-01T00:00:00Z'), at('2027-01-01T00:00:00Z')],
    ['2026-11-22', at('2026-11-22T00:00:00Z'), at('2026-11-23T00:00:00Z')],
    ['2026-11-22T08:00Z', at('2026-11-22T08:00:00Z'), at('2026-11-22T08:00:00Z')],
    ['2026-11-22T08:00:00.5+01:00', at('2026-11-22T07:00:00.500Z'), at('2026-11-22T07:00:00.500Z')],
    ['1234', { index: 1234 }, { index: 1234 }],
  ])('%s', (text, begin, end) => {
    expect([parseBound(text, false), parseBound(text, true)]).toEqual([begin, end]);
  });

  it.each(['', 'yesterday', '2026-13', '2026-02-30', '2026-11-22T08:00:00', '2026-11-22 08:00Z', '-1', '1.5', '99999999999999999'])(
    'is not %p',
    (text) => {
      expect(parseBound(text, false)).toBeUndefined();
    },
  );
});
