import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { guestMs, withGuests } from '../../src/auth/guests.ts';
import { loadKeys } from '../../src/auth/keys.ts';
import { fakeClock } from '../kit/clock.ts';

const digest = (secret: string) => createHash('sha256').update(secret).digest();

describe('a key that is lent', () => {
  const keys = () => {
    const clock = fakeClock();
    return { clock, guests: withGuests(loadKeys({ MAYFLY_KEYS: 'app:a,admin:b' }, '/nowhere'), clock) };
  };

  it('sends one photo, once, and may do nothing else', () => {
    const { guests } = keys();
    guests.lend(digest('visitor'));
    expect(guests.find('visitor')?.roles).toEqual(new Set(['app']));
    expect(guests.find('visitor')).toBeUndefined();
  });

  it('is over after a while, used or not', () => {
    const { guests, clock } = keys();
    guests.lend(digest('visitor'));
    clock.advance(guestMs);
    expect(guests.find('visitor')).toBeUndefined();
  });

  it('opens nothing for others, and takes nothing from those who are known', () => {
    const { guests } = keys();
    expect(guests.find('visitor')).toBeUndefined();
    guests.lend(digest('visitor'));
    expect(guests.find('burglar')).toBeUndefined();
    expect(guests.find('a')?.roles).toEqual(new Set(['app']));
    expect(guests.find('a')?.roles).toEqual(new Set(['app']));
    expect(guests.find('visitor')).toBeDefined();
  });
});
