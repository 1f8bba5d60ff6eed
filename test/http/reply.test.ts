import { describe, expect, it } from '@jest/globals';
import { spread } from '../../src/http/reply.ts';

describe('Retry-After', () => {
  it('is never sooner than asked for, and spread over as long again', () => {
    expect([0, 0.5, 0.999].map((draw) => spread(5, () => draw))).toEqual([5, 9, 13]);
    expect([0, 0.999].map((draw) => spread(1, () => draw))).toEqual([1, 5]);
  });
});
