import { createAdmission } from '../../src/jobs/admission.ts';
import { createDesk } from '../../src/jobs/desk.ts';
import type { Desk } from '../../src/jobs/front.ts';
import { createLocalQueue } from '../../src/jobs/queue.ts';
import { createReceipts, type Receipts } from '../../src/jobs/receipts.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';
import { openLedger } from '../../src/ledger/tile-ledger.ts';
import { createLog } from '../../src/observe/log.ts';
import { accountForLastRun } from '../../src/supervisor/boot.ts';
import { createSweeper, type Sweeper } from '../../src/supervisor/sweeper.ts';
import { createTally } from '../../src/supervisor/tally.ts';
import { belongsTo } from '../../src/vault/sweep.ts';
import { bootFacts } from '../kit/entries.ts';
import { type Fault, faulty } from '../kit/faulty-store.ts';
import { createDarkrooms, type Darkroom } from './darkrooms.ts';
import { createProcess, type Death, type Machine, type Process, vaultOf } from './machine.ts';
import { createReceiver, type Receiver } from './receiver.ts';

/** What goes wrong in one run of the service, by the number of the operation: at the ledger's disk, and at the vault. */
export interface Plan {
  readonly ledger?: { readonly at: number; readonly fault: Fault } | undefined;
  readonly vault?: Death | undefined;
}

/** What runs once the books of the last run are closed. */
export interface Up {
  readonly desk: Desk;
  readonly ledger: Ledger;
  readonly receipts: Receipts;
  readonly sweeper: Sweeper;
  readonly darkrooms: readonly Darkroom[];
  readonly receiver: Receiver;
  /** The receiver dies, and another one takes its place. */
  replaceReceiver(): void;
}

export interface Service {
  /** Undefined while it starts, and once it is over. */
  readonly up: Up | undefined;
  readonly over: boolean;
  /** SIGKILL of the supervisor, which takes all other processes with it. */
  kill(): void;
  /** As SIGTERM does. */
  stop(): Promise<void>;
}

/** What the world outside of the service sees. */
export interface Watch {
  onClosed(job: string): void;
  onResult(plain: Buffer): void;
  /** Everything secret that the supervisor was given. */
  onKey(key: Buffer): void;
}

export const sweepMs = bootFacts.sweep_ms;
export const jobMs = 30_000;
export const resultMs = 60_000;
const quiet = createLog('error', { write: () => undefined });

/** A process that another one takes along. */
function eitherOf(parent: Process, own: Process): Process {
  return {
    get dead() {
      return parent.dead || own.dead;
    },
    die: () => own.die(),
  };
}

/** The supervisor with the real desk, closing, receipts, sweeper, start and tile log; around it receivers and darkrooms that are told what to do. */
export function startService(machine: Machine, boot: string, plan: Plan, watch: Watch): Service {
  const process = createProcess();
  const disk = faulty(machine.ledger, machine.keys, plan.ledger?.at, plan.ledger?.fault);
  const clock = { ...machine.clock, after: (ms: number, call: () => void) => machine.clock.after(ms, () => isOver() || call()) };
  const vault = vaultOf(machine, process, plan.vault);
  const store: LedgerStore = {
    ...disk.store,
    write: (files) => (machine.faults.ledger ? Promise.reject(new Error('EIO')) : disk.store.write(files)),
  };
  let up: Up | undefined;
  let stopped = false;

  /** Whoever dies first takes the others along. */
  function isOver(): boolean {
    if (plan.ledger?.fault.after === 'killed' && disk.asked.length > plan.ledger.at) process.die();
    if (process.dead) disk.kill();
    if (process.dead) void up?.sweeper.stop();
    return process.dead || stopped;
  }

  async function start(): Promise<void> {
    const ledger = await openLedger({ store, keys: disk.keys, boot, clock });
    await accountForLastRun(vault, ledger, clock, bootFacts);
    const darkrooms = createDarkrooms(2, vault);
    const desk = createDesk({
      ...{ boot, clock, vault, ledger, darkrooms, jobMs, resultMs },
      queue: createLocalQueue(),
      admission: createAdmission({ places: 5, rate: 1000 }, clock),
      notice: bootFacts.notice,
      refuse: () => [],
      onClosed(closed) {
        if (isOver()) return;
        watch.onClosed(closed.job);
        receipts.keep(closed);
      },
      onTrouble: (job, trouble) => {
        if (trouble === 'purge') void ledger.append({ ev: 'purge.failed', job, failed: 1 }).catch(() => undefined);
      },
    });
    const receipts = createReceipts({ desk, ledger, reader: store, clock, keyMs: 60_000 });
    const sweeper = createSweeper({
      // Of the machine's calendar; the model's own clock rings below.
      ...{ schedule: '0 0 1 1 *', vault, ledger, clock, log: quiet, tally: createTally(), onSwept: () => undefined },
      wanted: (found) => belongsTo(found, boot, desk.wants),
    });
    const ring = (): void => void clock.after(sweepMs, () => void sweeper.run().then(ring));
    ring();
    const copy = (key: Uint8Array): Buffer => {
      const copied = Buffer.from(key);
      watch.onKey(copied);
      return copied;
    };
    const newReceiver = () => createReceiver(desk, (own) => vaultOf(machine, eitherOf(process, own)), 'app', copy, watch.onResult);
    let receiver = newReceiver();
    up = {
      ...{ desk, ledger, receipts, sweeper, darkrooms: darkrooms.all },
      get receiver() {
        return receiver;
      },
      replaceReceiver() {
        const gone = receiver;
        receiver = newReceiver();
        gone.die();
      },
    };
  }

  start().catch(() => process.die());

  return {
    get up() {
      return isOver() ? undefined : up;
    },
    get over() {
      return isOver();
    },
    kill() {
      process.die();
      isOver();
    },
    async stop() {
      if (up === undefined) return;
      const { desk, sweeper, receipts, ledger } = up;
      await desk.shut();
      await sweeper.stop();
      await sweeper.run();
      receipts.shut();
      await ledger.append({ ev: 'log.close' }).catch(() => undefined);
      await ledger.close();
      stopped = true;
    },
  };
}
