/**
 * Time comes in through a clock. Ages and deadlines are measured with `mono`, which no clock change moves; `wall` is for display only.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  wall(): number;
  /** Milliseconds of CLOCK_MONOTONIC: the same scale in every process of this machine. */
  mono(): number;
  /** Calls back once after `ms`; the returned function calls it off. Does not keep the process alive. */
  after(ms: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  wall: () => Date.now(),
  mono: () => Math.floor(Number(process.hrtime.bigint() / 1_000_000n)),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms` of the clock. */
export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}
