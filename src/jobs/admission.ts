import type { Clock } from '../clock.ts';
import { Problem } from '../problems.ts';

export interface AdmissionLimits {
  /** Jobs that may be open at once, over all receivers. */
  readonly places: number;
  /** Photos a minute that one key may send; as many may come at once after a quiet minute. */
  readonly rate: number;
}

export interface Admission {
  /** Whether one more job may begin. @throws Problem `busy` or `rate-limited`, both with `retryAfter` */
  admit(key: string, open: number): void;
}

/** A token bucket per key and one bound for all. */
export function createAdmission(limits: AdmissionLimits, clock: Clock): Admission {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const perMs = limits.rate / 60_000;
  return {
    admit(key, open) {
      if (open >= limits.places) {
        throw new Problem('busy', 'Every place in the queue is taken', { retryAfter: 1 });
      }
      const now = clock.mono();
      const bucket = buckets.get(key) ?? { tokens: limits.rate, at: now };
      const tokens = Math.min(limits.rate, bucket.tokens + (now - bucket.at) * perMs);
      if (tokens < 1) {
        buckets.set(key, { tokens, at: now });
        const wait = (1 - tokens) / perMs / 1000;
        throw new Problem('rate-limited', `This key may send ${limits.rate} photos a minute`, {
          retryAfter: Math.ceil(wait),
        });
      }
      buckets.set(key, { tokens: tokens - 1, at: now });
    },
  };
}
