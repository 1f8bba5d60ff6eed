import { describe, expect, it } from '@jest/globals';
import { createAdmission } from '../../src/jobs/admission.ts';
import { Problem } from '../../src/problems.ts';
import { fakeClock } from '../kit/clock.ts';

const refusal = (act: () => void): Problem => {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('Expected a refusal');
};

describe('admission', () => {
  it('gives each key its own share of a minute', () => {
    const clock = fakeClock();
    const admission = createAdmission({ places: 100, rate: 3 }, clock);
    for (let i = 0; i < 3; i++) admission.admit('a', 0);
    expect(refusal(() => admission.admit('a', 0))).toMatchObject({ code: 'rate-limited', fields: { retryAfter: 20 } });
    admission.admit('b', 0);
    clock.advance(20_000);
    admission.admit('a', 0);
    expect(refusal(() => admission.admit('a', 0)).code).toBe('rate-limited');
  });

  it('is not moved by a clock that somebody sets', () => {
    const clock = fakeClock();
    const admission = createAdmission({ places: 100, rate: 1 }, clock);
    admission.admit('a', 0);
    clock.step(365 * 24 * 3600 * 1000);
    expect(refusal(() => admission.admit('a', 0)).code).toBe('rate-limited');
  });
});
