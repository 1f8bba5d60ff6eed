import cron, { type ScheduledTask } from 'node-cron';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../observe/log.ts';
import { type SweepReport, sweep } from '../vault/sweep.ts';
import type { Found, Vault } from '../vault/vault.ts';
import type { Tally } from './tally.ts';

export interface SweeperOptions {
  readonly schedule: string;
  readonly vault: Vault;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  readonly wanted: (found: Found) => boolean;
  readonly onSwept: (report: SweepReport) => void;
  /** Calls turned away since the last sweep; they are booked with it. */
  readonly tally: Pick<Tally, 'entries' | 'booked'>;
}

export interface Sweeper {
  /** One sweep now; those that overlap share one. Books what it saw, even nothing. */
  run(): Promise<SweepReport>;
  /** Whether the last sweep could destroy all that it found, and read the vault at all. */
  readonly clean: boolean;
  stop(): Promise<void>;
}

/** A wall clock that drifts further than this from the monotonic one between two sweeps was set by somebody. */
const stepMs = 2000;

/** @throws Error for a schedule that is not a cron expression */
export function createSweeper(options: SweeperOptions): Sweeper {
  const { vault, ledger, clock, log } = options;
  if (!cron.validate(options.schedule)) throw new Error('Expected a cron expression in MAYFLY_SWEEP_CRON');
  let clean = true;
  let running: Promise<SweepReport> | undefined;
  let offset = clock.wall() - clock.mono();

  async function once(): Promise<SweepReport> {
    await noteClockStep();
    const report = await sweep(vault, options.wanted).catch(() => undefined);
    clean = report !== undefined && report.failed === 0;
    const said = report ?? { seen: 0, found: 0, destroyed: 0, failed: 1 };
    if (said.found > 0) log.write('warn', 'sweep.found', { found: said.found, destroyed: said.destroyed });
    if (!clean) log.write('error', 'sweep.failed', { failed: said.failed });
    options.onSwept(said);
    // Also the probe of a ledger that could not be written: the first sweep that can be booked makes the service ready again.
    const denied = options.tally.entries();
    await ledger.appendAll([{ ev: 'sweep.ran', ...said }, ...denied]).then(
      () => options.tally.booked(denied),
      () => undefined,
    );
    return said;
  }

  async function noteClockStep(): Promise<void> {
    const now = clock.wall() - clock.mono();
    const step = now - offset;
    offset = now;
    if (Math.abs(step) < stepMs) return;
    log.write('warn', 'clock.stepped', { step_ms: step });
    await ledger.append({ ev: 'clock.step', step_ms: step }).catch(() => undefined);
  }

  function run(): Promise<SweepReport> {
    running ??= once().finally(() => {
      running = undefined;
    });
    return running;
  }

  const task: ScheduledTask = cron.schedule(options.schedule, () => void run(), { noOverlap: true, suppressMissedWarning: true });
  return {
    run,
    get clean() {
      return clean;
    },
    async stop() {
      await task.destroy();
      await running;
    },
  };
}
