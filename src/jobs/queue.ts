/**
 * Jobs that wait for a darkroom (contract suite: test/contract/queue.ts). Ids only: what a job is stays with the desk.
 */
export interface Queue {
  push(job: string): void;
  /** The job that has waited longest, taken out. */
  take(): string | undefined;
  /** A job that waits no more; false where it did not wait. */
  remove(job: string): boolean;
  readonly size: number;
}

/** First in, first out, in this process. The bound is kept by admission, which counts jobs before they have a body. */
export function createLocalQueue(): Queue {
  const waiting = new Set<string>();
  return {
    push: (job) => void waiting.add(job),
    take() {
      const { value, done } = waiting.values().next();
      if (done) return undefined;
      waiting.delete(value);
      return value;
    },
    remove: (job) => waiting.delete(job),
    get size() {
      return waiting.size;
    },
  };
}
