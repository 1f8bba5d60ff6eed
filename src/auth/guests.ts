import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { idOf, type Keys } from './keys.ts';

/** Keys, and besides them those that are lent: each works once, within `guestMs`, and is then as unknown as any other. */
export interface GuestKeys extends Keys {
  /** @param digest SHA-256 of the secret, which the receiver learns from its bearer alone */
  lend(digest: Uint8Array): void;
}

/** Milliseconds in which a lent key must be used. */
export const guestMs = 10_000;

export function withGuests(keys: Keys, clock: Clock): GuestKeys {
  let lent: readonly { readonly digest: Uint8Array; readonly until: number }[] = [];
  return {
    demo: keys.demo,
    lend(digest) {
      lent = [...lent, { digest, until: clock.mono() + guestMs }];
    },
    find(secret) {
      const known = keys.find(secret);
      if (known !== undefined) return known;
      lent = lent.filter(({ until }) => clock.mono() < until);
      if (lent.length === 0) return undefined;
      const digest = createHash('sha256').update(secret).digest();
      const hit = lent.find((guest) => timingSafeEqual(guest.digest, digest));
      if (hit === undefined) return undefined;
      lent = lent.filter((guest) => guest !== hit);
      return { id: idOf(secret), roles: new Set(['app']) };
    },
  };
}
