import cron from 'node-cron';
import type { Log } from '../observe/log.ts';
import { Problem } from '../problems.ts';
import { drillState, startDrill } from './check-calls.ts';
import { createDrills, type DrillsOptions } from './drills.ts';
import type { Link } from './link.ts';

export interface DrillingOptions extends DrillsOptions {
  /** When a drill runs by itself, as a cron expression; undefined: only when somebody asks for one. */
  readonly schedule: string | undefined;
  readonly log: Log;
  readonly onRan: (ok: boolean) => void;
}

export interface Drilling {
  /** The supervisor's answers to a receiver that was asked for a drill. */
  serve(link: Link): void;
  stop(): Promise<void>;
}

/** Drills on demand and on a schedule. @throws Error for a schedule that is not a cron expression */
export function startDrilling(options: DrillingOptions): Drilling {
  const { schedule, log } = options;
  if (schedule !== undefined && !cron.validate(schedule)) throw new Error('Expected a cron expression in MAYFLY_DRILL_CRON');
  const drills = createDrills(options);

  async function run(wait: 'now' | 'generation') {
    const before = drills.last;
    try {
      return await drills.run(wait);
    } finally {
      const { last } = drills;
      // Of a drill that was refused because another one runs there is nothing to tell.
      if (last !== undefined && last !== before) {
        const { ok, hits, processes, unreadable, files } = last;
        log.write(ok ? 'info' : 'error', 'drill.ran', { ok, hits, processes, unreadable, files });
        options.onRan(ok);
      }
    }
  }

  const task = schedule === undefined ? undefined : cron.schedule(schedule, () => void run('generation').catch(() => undefined));
  return {
    serve(link) {
      link.serve(startDrill, async ({ wait }) => {
        if (wait === 'now') return { report: await run(wait) };
        if (drills.running) throw new Problem('rate-limited', 'A drill is running already', { retryAfter: 5 });
        void run(wait).catch(() => undefined);
        return {};
      });
      link.serve(drillState, async () => ({ running: drills.running, ...(drills.last !== undefined && { last: drills.last }) }));
    },
    async stop() {
      await task?.destroy();
    },
  };
}
