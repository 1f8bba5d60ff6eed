import { ownerOf } from '../auth/owner.ts';
import { type Clock, sleep } from '../clock.ts';
import { findJobs } from '../ledger/find-jobs.ts';
import type { InclusionProof, Ledger } from '../ledger/ledger.ts';
import type { LedgerReader } from '../ledger/store.ts';
import type { ClosedJob, Desk } from './front.ts';

/** Who asks for a receipt. */
export interface Asker {
  /** Id of an app key: it may see the receipts of its own jobs, and gets the key of their commitments once. */
  readonly app?: string | undefined;
  /** May see every receipt, and no key. */
  readonly auditor: boolean;
}

/** What a receipt is made of; see ledger/receipt.ts. The commitment key is the caller's, who overwrites it. */
export interface ReceiptGoods {
  readonly entry: string;
  readonly proof: InclusionProof;
  readonly vkey: string;
  readonly commitmentKey?: Uint8Array;
}

export interface ReceiptsPorts {
  readonly desk: Pick<Desk, 'find'>;
  readonly ledger: Ledger;
  /** What the ledger is kept in. */
  readonly reader: LedgerReader;
  readonly clock: Clock;
  /** Milliseconds that the key of a job's commitments waits for its app: what the notice promises. */
  readonly keyMs: number;
  /** Closed jobs that are known without looking into the ledger. */
  readonly memory?: number;
}

/** Receipts of closed jobs. */
export interface Receipts {
  /** Takes over a closed job, and the key of its commitments. */
  keep(closed: ClosedJob): void;
  /**
   * Waits up to two seconds for a job that is just being closed.
   * @returns `open` for one that is not closed yet, `unknown` for one that does not exist, belongs to somebody else, or was pruned
   * @throws LedgerError `damaged`
   */
  get(job: string, asker: Asker): Promise<ReceiptGoods | 'open' | 'unknown'>;
  /** Overwrites every key. */
  shut(): void;
}

interface Known {
  readonly owner: string;
  /** Place of its `job.closed`; left out while it is open. */
  readonly index?: number | undefined;
  key?: Uint8Array | undefined;
}

const waitMs = 2000;

/**
 * Recent jobs are known by heart, as owner and place; older ones are looked for in the ledger. One search at a time, for all who wait: those who ask
 * meanwhile share the next one, so that asking for jobs that never were cannot make the service read its books a hundred times at once.
 */
export function createReceipts(ports: ReceiptsPorts): Receipts {
  const { desk, ledger, reader, clock, memory = 10_000 } = ports;
  const recent = new Map<string, Known>();
  let wanted = new Set<string>();
  let searching: Promise<unknown> = Promise.resolve();
  let next: ReturnType<typeof findJobs> | undefined;

  function destroyKey(known: Known | undefined): void {
    known?.key?.fill(0);
    if (known !== undefined) known.key = undefined;
  }

  /** The search that has not begun yet, for this job too. */
  function search(job: string): ReturnType<typeof findJobs> {
    wanted.add(job);
    next ??= searching.then(() => {
      const jobs = wanted;
      wanted = new Set();
      next = undefined;
      return findJobs(reader, ledger.size, jobs);
    });
    searching = next.catch(() => undefined);
    return next;
  }

  async function lookUp(job: string): Promise<Known | undefined> {
    const known = recent.get(job);
    if (known !== undefined) return known;
    const trace = (await search(job)).get(job);
    return trace && { owner: trace.received.owner, index: trace.closed?.index };
  }

  /** The entry itself, unless it was pruned meanwhile. */
  async function textAt(index: number): Promise<string | undefined> {
    for await (const { text } of ledger.entries(index, index + 1)) return text;
    return undefined;
  }

  return {
    keep({ job, owner, recorded, commitmentKey: key }) {
      const known: Known = { owner, index: recorded.index, key };
      recent.set(job, known);
      if (key !== undefined) clock.after(ports.keyMs, () => destroyKey(known));
      const [oldest] = recent.keys();
      if (recent.size <= memory || oldest === undefined) return;
      destroyKey(recent.get(oldest));
      recent.delete(oldest);
    },

    async get(job, { app, auditor }) {
      const owns = (owner: string) => app !== undefined && ownerOf(app, job) === owner;
      const open = desk.find(job);
      if (open !== undefined) {
        if (!owns(open.owner) && !auditor) return 'unknown';
        await Promise.race([open.booked, sleep(clock, waitMs)]);
        if (desk.find(job) !== undefined) return 'open';
      }
      const known = await lookUp(job);
      if (known === undefined || !(owns(known.owner) || auditor)) return 'unknown';
      if (known.index === undefined) return 'open';
      const entry = await textAt(known.index);
      if (entry === undefined) return 'unknown';
      const proof = await ledger.proof(known.index);
      const { vkey } = ledger;
      if (!owns(known.owner) || known.key === undefined) return { entry, proof, vkey };
      const commitmentKey = Uint8Array.from(known.key);
      destroyKey(known);
      return { entry, proof, vkey, commitmentKey };
    },

    shut() {
      for (const known of recent.values()) destroyKey(known);
    },
  };
}
