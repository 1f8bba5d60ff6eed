import type { Purged } from '../vault/purge.ts';
import type { Finished, Run, SealedArtifact } from './darkrooms.ts';
import type { State } from './states.ts';
import type { Task } from './task.ts';

/** The process that holds the client's connection, as the desk sees it. */
export interface Holder {
  /** Makes the holder forget a job: keys overwritten, sealing aborted. Resolves when that is done or the process is gone. Never rejects. */
  release(job: string): Promise<void>;
  /** UTC milliseconds by which the process has exited. */
  readonly leavesBy: number;
}

/** What a receiver knows to commit to: the key of the job and the photos that are whole in the vault. */
export interface Commitments {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly photos: readonly { readonly id: string; readonly commitment: string }[];
}

/** What the holder gets when its upload may begin. */
export interface Ticket {
  readonly job: string;
  readonly boot: string;
  /** Monotonic milliseconds. */
  readonly deadline: number;
}

/** One job on the desk; only the desk changes it. */
export interface Job {
  readonly id: string;
  readonly holder: Holder;
  /** Whose it is; see auth/owner.ts. */
  readonly owner: string;
  /** Monotonic milliseconds of `job.received`. */
  readonly since: number;
  readonly deadline: number;
  state: State;
  photos: readonly SealedArtifact[];
  task?: Task;
  run?: Run;
  /** Answers the holder that waits for the result. */
  answer?: { resolve(finished: Finished): void; reject(error: Error): void };
  /** Key of the job's commitments, from the moment that anything is committed to. */
  commitmentKey?: Uint8Array;
  /** By id of the artifact. */
  readonly commitments: Map<string, string>;
  /** What there was in the vault, by name; all of it is gone before the job is in the books. */
  readonly purged: Map<string, Purged>;
  /** Ends when the photos have gone, or could not go, ahead of the job's own end. Never rejects. */
  purging?: Promise<void>;
  /** Calls off the deadline. */
  disarm: () => void;
  closing?: Promise<void>;
  /** Called when the job is in the books. */
  readonly onBooked: (() => void)[];
}
