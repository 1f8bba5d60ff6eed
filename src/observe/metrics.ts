import { createServer, type Server } from 'node:http';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type CloseReason, closeReasons } from '../ledger/entry.ts';

/** What the supervisor can tell at any moment. */
export interface Observed {
  readonly open: number;
  readonly waiting: number;
  readonly ready: boolean;
  readonly darkrooms: Readonly<Record<'starting' | 'free' | 'working', number>>;
  readonly receivers: number;
  readonly troubles: number;
}

export interface Metrics {
  closed(why: CloseReason, heldMs: number): void;
  /** Milliseconds of each step of one job. */
  steps(ms: Readonly<Record<'wait' | 'decode' | 'faces' | 'effect' | 'encode', number>>): void;
  swept(found: number, failed: number): void;
  drilled(ok: boolean): void;
  /** Text in the Prometheus exposition format. */
  render(): Promise<string>;
}

const seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Labels come from closed vocabularies only: why a job closed, the name of a step, the phase of a darkroom. */
export function createMetrics(observe: () => Observed): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const closed = new Counter({ name: 'mayfly_jobs_closed_total', help: 'Jobs closed in the books', labelNames: ['why'], registers });
  const held = new Histogram({ name: 'mayfly_job_held_seconds', help: 'From received to closed', buckets: seconds, registers });
  const steps = new Histogram({ name: 'mayfly_step_seconds', help: 'Steps of a job', labelNames: ['step'], buckets: seconds, registers });
  const sweeps = new Counter({ name: 'mayfly_sweeps_total', help: 'Sweeps that ran', registers });
  const found = new Counter({
    name: 'mayfly_sweep_found_total',
    help: 'Things the sweep found that should not have been there',
    registers,
  });
  const failed = new Counter({ name: 'mayfly_sweep_failed_total', help: 'Things the sweep could not destroy', registers });
  const drills = new Counter({ name: 'mayfly_drills_total', help: 'Drills that ran', labelNames: ['ok'], registers });
  for (const ok of ['true', 'false']) drills.inc({ ok }, 0);
  for (const why of closeReasons) closed.inc({ why }, 0);

  const gauge = (name: string, help: string, read: (state: Observed) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(observe()));
      },
    });
  gauge('mayfly_ready', '1 when a photo can be processed', (state) => Number(state.ready));
  gauge('mayfly_jobs_open', 'Jobs received and not closed', (state) => state.open);
  gauge('mayfly_jobs_waiting', 'Jobs waiting for a darkroom', (state) => state.waiting);
  gauge('mayfly_jobs_troubled', 'Jobs that cannot be destroyed or booked yet', (state) => state.troubles);
  gauge('mayfly_receivers', 'Receivers alive, draining ones included', (state) => state.receivers);
  new Gauge({
    name: 'mayfly_darkrooms',
    help: 'Darkrooms by phase',
    labelNames: ['phase'],
    registers,
    collect() {
      for (const [phase, count] of Object.entries(observe().darkrooms)) this.set({ phase }, count);
    },
  });

  return {
    closed(why, heldMs) {
      closed.inc({ why });
      held.observe(heldMs / 1000);
    },
    steps(ms) {
      for (const [step, taken] of Object.entries(ms)) steps.observe({ step }, taken / 1000);
    },
    swept(things, failures) {
      sweeps.inc();
      found.inc(things);
      failed.inc(failures);
    },
    drilled: (ok) => drills.inc({ ok: String(ok) }),
    render: () => registry.metrics(),
  };
}

/** Serves `GET /metrics` on a private port. Rejects where the port is taken. */
export async function serveMetrics(metrics: Metrics, host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.render().then(
      (text) => response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.unref();
  return server;
}
