import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { type Clock, sleep } from '../clock.ts';
import type { Config } from '../config.ts';
import { createPool, type PoolOptions } from '../darkroom/pool.ts';
import { createAdmission } from '../jobs/admission.ts';
import { createDesk } from '../jobs/desk.ts';
import { createLocalQueue } from '../jobs/queue.ts';
import { createReceipts } from '../jobs/receipts.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerReader } from '../ledger/store.ts';
import type { Log } from '../observe/log.ts';
import { createMetrics, serveMetrics } from '../observe/metrics.ts';
import { retentionOf } from '../policy/retention.ts';
import { belongsTo } from '../vault/sweep.ts';
import type { Vault } from '../vault/vault.ts';
import { localUrl } from './address.ts';
import { accountForLastRun, type BootFacts } from './boot.ts';
import { lendKey } from './check-calls.ts';
import { startDrilling } from './drilling.ts';
import type { DrillsOptions } from './drills.ts';
import { startPruning } from './pruning.ts';
import { unreadiness } from './readiness.ts';
import { createReceivers } from './receivers.ts';
import { longestGapMs } from './schedule.ts';
import { serveReceiver } from './serve-receiver.ts';
import { createSweeper } from './sweeper.ts';
import { createTally } from './tally.ts';

export interface SupervisorParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly vault: Vault;
  readonly openLedger: (boot: string) => Promise<Ledger>;
  /** What the ledger is kept in. */
  readonly ledgerReader: LedgerReader;
  readonly forkDarkroom: PoolOptions['fork'];
  readonly forkDrill: DrillsOptions['fork'];
  readonly notice: string;
  readonly program: Pick<BootFacts, 'version' | 'build' | 'models' | 'selfcheck'>;
}

export interface Supervisor {
  readonly address: { readonly host: string; readonly port: number };
  /** Resolves when a photo can be processed, and logs from then on when that changes. */
  ready(): Promise<void>;
  /** Ordered end: unready, drain, purge, close the books. */
  stop(): Promise<void>;
}

/**
 * Brings the service up in the order that its promises need: books, empty vault, darkrooms, sweep, receivers. Every step that fails stops
 * the start.
 */
export async function startSupervisor(parts: SupervisorParts): Promise<Supervisor> {
  const { config, clock, log, vault } = parts;
  const boot = randomUUID();
  const ledger = await parts.openLedger(boot);
  const { program, notice } = parts;
  const { engine } = config;
  const isolation = config.isolation.kind === 'photo' ? 'photo' : `pool:${config.isolation.jobs}`;
  const sweepMs = longestGapMs(config.sweepCron);
  const last = await accountForLastRun(vault, ledger, clock, { ...program, engine, isolation, notice, sweep_ms: sweepMs });
  log.write('info', 'service.starting', {
    ...last,
    version: program.version,
    engine,
    isolation,
    darkrooms: config.darkrooms,
    receivers: config.receivers,
  });

  let stopping = false;
  const pool = createPool({
    size: config.darkrooms,
    isolation: config.isolation,
    // With what it may still have to finish, a darkroom is gone when the notice says so.
    maxAgeMs: (retentionOf(config).memory - config.jobSeconds) * 1000,
    maxResident: config.darkroomMegabytes * 1024 * 1024,
    startMs: 60_000,
    fork: parts.forkDarkroom,
    clock,
    onKilled: (reason) => log.write('warn', 'darkroom.killed', { reason }),
  });
  const metrics = createMetrics(() => ({
    open: desk.open,
    waiting: desk.waiting,
    ready: reasons().length === 0,
    darkrooms: pool.counts,
    receivers: receivers.alive,
    troubles: desk.troubles.size,
  }));
  const desk = createDesk({
    boot,
    clock,
    vault,
    ledger,
    queue: createLocalQueue(),
    darkrooms: pool,
    admission: createAdmission({ places: config.darkrooms + config.queue, rate: config.rate }, clock),
    jobMs: config.jobSeconds * 1000,
    resultMs: config.resultSeconds * 1000,
    notice,
    // Not the ledger: whether it takes the next entry is found out by writing it.
    refuse: () => reasons().filter((reason) => reason !== 'ledger-unwritable'),
    onClosed(closed) {
      const { job, why, heldMs } = closed;
      receipts.keep(closed);
      metrics.closed(why, heldMs);
      log.write('info', 'job.closed', { job, why, held_ms: heldMs });
    },
    onTrouble(job, trouble) {
      log.write('error', 'job.trouble', { job, reason: trouble });
      if (trouble === 'purge') ledger.append({ ev: 'purge.failed', job, failed: 1 }).catch(() => undefined);
    },
  });
  const receipts = createReceipts({ desk, ledger, reader: parts.ledgerReader, clock, keyMs: retentionOf(config).receiptKeys * 1000 });
  const tally = createTally();
  const pruning = startPruning({ ledger, clock, log, days: retentionOf(config).ledgerDays });
  const sweeper = createSweeper({
    schedule: config.sweepCron,
    vault,
    ledger,
    clock,
    log,
    wanted: (found) => belongsTo(found, boot, desk.wants),
    tally,
    onSwept: ({ found, failed }) => metrics.swept(found, failed),
  });
  const receivers = createReceivers({
    count: config.receivers,
    port: config.port === 0 ? await freePort(config.host) : config.port,
    tmpdir: config.vaultDir,
    generationMs: config.receiverSeconds * 1000,
    lifeMs: retentionOf(config).memory * 1000,
    drainMs: retentionOf(config).result * 1000,
    clock,
    log,
    serve(link, holder) {
      serveReceiver(link, holder, { desk, receipts, tally, metrics, reasons });
      drilling.serve(link);
    },
    onGone: (holder) => void desk.abandon(holder),
  });

  const drilling = startDrilling({
    schedule: config.drillCron,
    clock,
    log,
    book: (entry) => ledger.append(entry),
    fork: parts.forkDrill,
    lend: async (digest) => void (await Promise.allSettled(receivers.links.map((link) => link.call(lendKey, { digest })))),
    url: () => localUrl(address.host, address.port),
    notice,
    receivers: () => receivers.pids,
    darkrooms: () => pool.pids,
    darkroomPerPhoto: config.isolation.kind === 'photo',
    isOpen: desk.wants,
    folders: [config.vaultDir, config.dataDir, tmpdir(), '/dev/shm'],
    jobMs: retentionOf(config).result * 1000,
    generationMs: retentionOf(config).memory * 1000,
    onRan: (ok) => metrics.drilled(ok),
  });

  function reasons(): readonly string[] {
    return unreadiness({ stopping, ledger, pool, sweeper, desk });
  }

  /** Tells every change of readiness, once. */
  function watchReadiness(before: string): void {
    const now = reasons().join();
    if (now !== before && now !== '') log.write('warn', 'service.unready', { reasons: reasons() });
    if (now !== before && now === '') log.write('info', 'service.ready', { port: address.port });
    if (!stopping) clock.after(1000, () => watchReadiness(now));
  }

  const address = await receivers.start().catch(async (error: unknown) => {
    await pool.close();
    throw error;
  });
  const metricsServer = await serveMetrics(metrics, '127.0.0.1', config.metricsPort).catch(() => {
    log.write('warn', 'service.failed', { reason: 'metrics-port-taken', port: config.metricsPort });
    return undefined;
  });

  return {
    address,
    async ready() {
      while (reasons().length > 0 && !stopping) await sleep(clock, 20);
      watchReadiness('starting');
    },
    async stop() {
      stopping = true;
      log.write('info', 'service.stopping', { open: desk.open });
      // Whoever is being served may finish, as long as the promise of 30 seconds allows; then their jobs are ended under them.
      const cut = setTimeout(() => void desk.shut(), stopDrainMs);
      await receivers.stop(stopKillMs);
      clearTimeout(cut);
      await desk.shut();
      await sweeper.stop();
      pruning.stop();
      await drilling.stop();
      await pool.close();
      await sweeper.run();
      receipts.shut();
      await ledger.append({ ev: 'log.close' }).catch(() => undefined);
      await ledger.close();
      metricsServer?.close();
      log.write('info', 'service.stopped');
    },
  };
}

/** PORT 0: the system chooses, once for all generations. */
async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Of the 30 seconds that an orchestrator gives, what requests under way may use. */
const stopDrainMs = 15_000;
/** After this, a receiver whose client does not hang up is ended under it. */
const stopKillMs = 20_000;
