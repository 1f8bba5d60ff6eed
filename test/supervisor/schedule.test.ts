import { describe, expect, it } from '@jest/globals';
import { longestGapMs } from '../../src/supervisor/schedule.ts';

const second = 1000;
const hour = 3600 * second;

describe('the longest gap of a schedule', () => {
  it.each([
    ['* * * * * *', second],
    ['*/10 * * * * *', 10 * second],
    ['*/7 * * * * *', 7 * second],
    // Second 59, and then 5 of the next minute.
    ['5,20,59 * * * * *', 39 * second],
    ['0 * * * * *', 60 * second],
    ['*/5 * * * *', 300 * second],
    ['0 0 3 * * *', 24 * hour],
    // Over night.
    ['*/10 * 9-16 * * *', 16 * hour + 10 * second],
    // From Friday to Monday.
    ['0 0 3 * * 1-5', 72 * hour],
    ['0 0 3 1 * *', 31 * 24 * hour],
  ])('%s: %d ms', (pattern, gap) => {
    expect(longestGapMs(pattern)).toBe(gap);
  });

  it.each(['now and then', '0 0 3 30 2 *'])('none for %s', (pattern) => {
    expect(() => longestGapMs(pattern)).toThrow();
  });
});
