/** How long jobs were held: every value counted, so that any number of jobs takes no more memory than there are milliseconds. */
export interface Holding {
  add(milliseconds: number): void;
  /** Nothing where there were no jobs. */
  summary(): Distribution | undefined;
}

/** Milliseconds. A percentile is the smallest value that so many per cent of the jobs do not exceed. */
export interface Distribution {
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function createHolding(): Holding {
  const counts = new Map<number, number>();
  let total = 0;
  return {
    add(milliseconds) {
      counts.set(milliseconds, (counts.get(milliseconds) ?? 0) + 1);
      total += 1;
    },
    summary() {
      if (total === 0) return undefined;
      const sorted = [...counts].sort(([a], [b]) => a - b);
      const rank = (share: number): number => {
        let [reached, jobs] = [0, 0];
        for (const [value, count] of sorted) {
          reached = value;
          jobs += count;
          if (jobs >= Math.ceil(share * total)) break;
        }
        return reached;
      };
      return { min: rank(0), median: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: rank(1) };
    },
  };
}
