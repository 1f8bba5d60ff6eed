import { type Clock, systemClock } from '../../src/clock.ts';

/** A clock that stands still until it is moved. */
export interface FakeClock extends Clock {
  /** Moves both times on and calls what has become due, in order. */
  advance(ms: number): void;
  /** Moves the wall clock alone. */
  step(ms: number): void;
}

export function fakeClock(): FakeClock {
  let mono = 1_000_000;
  let wall = 1_800_000_000_000;
  let timers: { at: number; call: () => void }[] = [];
  return {
    wall: () => wall,
    mono: () => mono,
    after(ms, call) {
      const timer = { at: mono + ms, call };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const end = mono + ms;
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers = timers.filter((other) => other !== due);
        wall += Math.max(0, due.at - mono);
        mono = Math.max(mono, due.at);
        due.call();
      }
      wall += end - mono;
      mono = end;
    },
    step(ms) {
      wall += ms;
    },
  };
}

/** The system's clock without its pauses: what is due later is due at once. */
export const promptClock: Clock = {
  ...systemClock,
  after(_ms, call) {
    const timer = setImmediate(call);
    return () => clearImmediate(timer);
  },
};
