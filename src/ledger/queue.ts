import type { Clock } from '../clock.ts';
import { maxEntryBytes } from './bundle.ts';
import { canonicalJson } from './canonical.ts';
import { type Entry, eventSchema, type LedgerEvent } from './entry.ts';
import { LedgerError, type Recorded } from './ledger.ts';

/** Group commit: whatever has come while one commit was under way goes into the next one, together. */
export interface Queue {
  /** All of them or none, next to each other. Rejects as the commit does. */
  append(events: readonly LedgerEvent[]): Promise<readonly Recorded[]>;
  /** Work that no commit may overlap. */
  inTurn<T>(work: (commit: Commit) => Promise<T>): Promise<T>;
  /** Refuses all that waits for its turn. */
  refuseWaiting(): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** Puts events into the books at once, ahead of those that wait. */
export type Commit = (events: readonly LedgerEvent[]) => Promise<readonly Recorded[]>;

interface Waiting {
  readonly events: readonly LedgerEvent[];
  resolve(recorded: readonly Recorded[]): void;
  reject(error: unknown): void;
}

/** Room for the stamp of an entry. */
const stampBytes = 256;

/**
 * @param boot UUID of this run
 * @param next index of the next entry
 * @param write the commit: resolves when the texts are in the books, in this order
 * @param after what is done after each commit, whatever its outcome, before the next one
 */
export function createQueue(
  { boot, clock }: { readonly boot: string; readonly clock: Clock },
  next: () => number,
  write: (texts: readonly string[]) => Promise<void>,
  after: () => Promise<void>,
): Queue {
  let seq = 0;
  let waiting: Waiting[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  let called = false;

  async function commit(events: readonly LedgerEvent[]): Promise<readonly Recorded[]> {
    const first = next();
    const stamp = { v: 1, at: clock.wall(), mono: clock.mono(), boot } as const;
    const recorded = events.map((event, i): Recorded => {
      const entry: Entry = { ...event, ...stamp, seq: seq + i };
      return { index: first + i, entry, text: canonicalJson(entry) };
    });
    await write(recorded.map(({ text }) => text));
    seq += events.length;
    return recorded;
  }

  async function drain(): Promise<void> {
    called = false;
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      const recorded = await commit(batch.flatMap(({ events }) => events));
      let at = 0;
      for (const { events, resolve } of batch) {
        resolve(recorded.slice(at, at + events.length));
        at += events.length;
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    await after();
  }

  function inTurn<T>(work: (commit: Commit) => Promise<T>): Promise<T> {
    const done = turn.then(() => work(commit));
    turn = done.catch(() => undefined);
    return done;
  }

  return {
    inTurn,
    append(events) {
      const checked = events.map(checkEvent);
      return new Promise((resolve, reject) => {
        waiting.push({ events: checked, resolve, reject });
        if (called) return;
        called = true;
        void inTurn(drain);
      });
    },
    refuseWaiting() {
      for (const { reject } of waiting) reject(new LedgerError('unwritable', 'The ledger cannot be written'));
      waiting = [];
    },
    async idle() {
      for (let seen: unknown; seen !== turn; ) {
        seen = turn;
        await turn;
      }
    },
  };
}

/** @throws ZodError for what is not in the schema; RangeError for what is too long for a bundle */
function checkEvent(event: LedgerEvent): LedgerEvent {
  const checked = eventSchema.parse(event);
  if (Buffer.byteLength(canonicalJson(checked)) > maxEntryBytes - stampBytes) throw new RangeError('Expected a shorter entry');
  return checked;
}
