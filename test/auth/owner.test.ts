import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ownerOf } from '../../src/auth/owner.ts';

describe('whose a job is', () => {
  const [job, other] = [randomUUID(), randomUUID()];

  it('is found again by the same key', () => {
    expect(ownerOf('a', job)).toBe(ownerOf('a', job));
    expect(ownerOf('a', job)).toMatch(/^[0-9a-f]{16}$/);
  });

  it('links neither two jobs of one key nor two keys', () => {
    expect(new Set([ownerOf('a', job), ownerOf('a', other), ownerOf('b', job), ownerOf('b', other)]).size).toBe(4);
  });
});
