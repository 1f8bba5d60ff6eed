import type { Denial } from '../ledger/entry.ts';

/** Calls turned away at this receiver's door, counted. The count goes to the supervisor, and from there to the books with the next sweep. */
export interface Denials {
  count(why: Denial): void;
  /** Tells what has not been told. Never rejects. */
  flush(): Promise<void>;
}

/** A flood of calls must not become a flood of messages. */
const pauseMs = 1000;

/** @param tell hands counts over; what it cannot hand over is counted on */
export function createDenials(tell: (counts: Partial<Record<Denial, number>>) => Promise<unknown>): Denials {
  const counts = new Map<Denial, number>();
  let timer: NodeJS.Timeout | undefined;

  const add = (why: Denial, many: number) => void counts.set(why, (counts.get(why) ?? 0) + many);

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (counts.size === 0) return;
    const told = [...counts];
    counts.clear();
    await tell(Object.fromEntries(told)).catch(() => {
      for (const [why, many] of told) add(why, many);
    });
  }

  return {
    count(why) {
      add(why, 1);
      timer ??= setTimeout(() => void flush(), pauseMs).unref();
    },
    flush,
  };
}
