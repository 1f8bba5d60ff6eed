import type { Config } from '../config.ts';

/** A new receiver must listen within this time, or it is killed. It is part of how long an old one may live. */
export const receiverStartSeconds = 15;

/** Seconds that the key of a job's commitments waits for its app to fetch the receipt. */
export const receiptKeySeconds = 300;

/** The longest that anything of a photo may exist, in seconds. */
export interface Retention {
  readonly photo: number;
  readonly landmarks: number;
  readonly result: number;
  /** Memory of the process that received the photo: its generation, the start of the next one, and what it still serves meanwhile. */
  readonly memory: number;
}

/** What the notice says and what deadlines and generations keep: both read it here. */
export function retentionOf({
  jobSeconds,
  resultSeconds,
  receiverSeconds,
}: Pick<Config, 'jobSeconds' | 'resultSeconds' | 'receiverSeconds'>): Retention {
  const result = jobSeconds + resultSeconds;
  return { photo: jobSeconds, landmarks: jobSeconds, result, memory: receiverSeconds + receiverStartSeconds + result };
}
