import { describe, expect, it } from '@jest/globals';
import { between, parseBound } from '../../src/ledger/period.ts';

const at = (iso: string) => ({ at: Date.parse(iso) });

describe('an end of a stretch', () => {
  it.each([
    ['2026-11', at('2026-11-01T00:00:00Z'), at('2026-12-01T00:00:00Z')],
    ['2026-12', at('2026-12-01T00:00:00Z'), at('2027-01-01T00:00:00Z')],
    ['2026-11-22', at('2026-11-22T00:00:00Z'), at('2026-11-23T00:00:00Z')],
    ['2026-11-22T08:00Z', at('2026-11-22T08:00:00Z'), at('2026-11-22T08:00:00Z')],
    ['2026-12-31', at('2026-12-31T00:00:00Z'), at('2027-01-01T00:00:00Z')],
    ['2028-02-29', at('2028-02-29T00:00:00Z'), at('2028-03-01T00:00:00Z')],
    ['2026-11-22T08:00:30Z', at('2026-11-22T08:00:30Z'), at('2026-11-22T08:00:30Z')],
    ['2026-11-22T08:00:00.125-01:30', at('2026-11-22T09:30:00.125Z'), at('2026-11-22T09:30:00.125Z')],
    ['2026-11-22T08:00:00.5+01:00', at('2026-11-22T07:00:00.500Z'), at('2026-11-22T07:00:00.500Z')],
    ['0', { index: 0 }, { index: 0 }],
    ['1234', { index: 1234 }, { index: 1234 }],
    ['999999999999999', { index: 999_999_999_999_999 }, { index: 999_999_999_999_999 }],
  ])('%s', (text, begin, end) => {
    expect([parseBound(text, false), parseBound(text, true)]).toEqual([begin, end]);
  });

  it.each([
    '',
    'yesterday',
    '-1',
    '1.5',
    'x1',
    '1x',
    '9999999999999999',
    '12026-11',
    '2026-1',
    '2026-11x',
    'x2026-11',
    '2026-11-',
    '2026-11-2',
  ])('is not %p', (text) => {
    expect(parseBound(text, false)).toBeUndefined();
  });

  it.each([
    '2026-13',
    '2026-00',
    '2026-02-30',
    '2027-02-29',
    '2026-11-32',
    '2026-02-30T08:00:00Z',
    '2026-13-01T08:00Z',
    '2026-11-22T25:00Z',
  ])('is in the calendar, and %p is not', (text) => {
    expect([parseBound(text, false), parseBound(text, true)]).toEqual([undefined, undefined]);
  });

  it.each([
    '2026-11-22T08:00:00',
    '2026-11-22 08:00Z',
    '2026-11-22T08Z',
    '2026-11T08:00Z',
    '2026-11-22T08:00:00.Z',
    '2026-11-22T08:00:0Z',
    '2026-11-22T08:00+01',
    '2026-11-22T08:00Z ',
    ' 2026-11-22T08:00Z',
  ])('has a time zone and one form, unlike %p', (text) => {
    expect(parseBound(text, false)).toBeUndefined();
  });
});

describe('what lies between two ends', () => {
  it('is open where an end is left out', () => {
    expect(between(undefined, undefined)).toEqual({});
    expect(between({ at: 1 }, undefined)).toEqual({ since: 1 });
    expect(between({ index: 1 }, undefined)).toEqual({ from: 1 });
    expect(between(undefined, { at: 2 })).toEqual({ until: 2 });
    expect(between({ at: 1 }, { index: 2 })).toEqual({ since: 1, to: 2 });
  });
});
