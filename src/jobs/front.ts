import type { CloseReason } from '../ledger/entry.ts';
import type { Recorded } from '../ledger/ledger.ts';
import type { Finished, SealedArtifact } from './darkrooms.ts';
import type { Commitments, Holder, Ticket } from './job.ts';
import type { Task } from './task.ts';

/** The desk as everybody else sees it; desk.ts is what stands behind it. */

/** A job that is in the books. */
export interface ClosedJob {
  readonly job: string;
  readonly owner: string;
  readonly why: CloseReason;
  readonly heldMs: number;
  readonly recorded: Recorded;
  readonly commitmentKey?: Uint8Array;
}

/** The supervisor's front desk: it knows every open job and sees none of their bytes. */
export interface Desk {
  /**
   * Opens a job: on the books before the first byte is stored. A ledger that cannot be written refuses here, by failing.
   * @throws Problem `busy`, `rate-limited`, `not-ready`
   */
  admit(holder: Holder, key: string): Promise<Ticket>;
  /**
   * Hands the sealed photos over and waits for the result. The desk owns the keys of photos and commitments from here on, the caller that of
   * the result.
   * @throws Problem why there is no result; the job is closing then
   */
  submit(
    job: string,
    photos: readonly SealedArtifact[],
    commitmentKey: Uint8Array,
    task: Task,
  ): Promise<Finished & { readonly wait: number }>;
  /**
   * Ends a job, whatever state it is in. Resolves when the books are closed; a second call changes nothing.
   * @param commitments to photos that are whole in the vault and were not submitted; the desk owns their key
   */
  close(job: string, why: CloseReason, commitments?: Commitments): Promise<void>;
  /** Whose an open job is, and its end in the books; undefined for a job that is not open. */
  find(job: string): { readonly owner: string; readonly booked: Promise<void> } | undefined;
  /** A receiver died: all it held is closed. */
  abandon(holder: Holder): Promise<void>;
  /** Whether this job is open and its deadline not over: what the sweep must leave alone. */
  wants(job: string): boolean;
  readonly open: number;
  readonly waiting: number;
  readonly troubles: ReadonlyMap<string, 'purge' | 'ledger'>;
  /** Refuses new jobs and closes all open ones. */
  shut(): Promise<void>;
}
