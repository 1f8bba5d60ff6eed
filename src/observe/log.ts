import pino from 'pino';

/**
 * The log. Its events and fields are a closed list: what is not on it cannot be logged, so no file name, address, header, library text or
 * anything else of a person can slip in.
 */

const fields = [
  'job',
  'why',
  'held_ms',
  'code',
  'status',
  'route',
  'step',
  'pid',
  'port',
  'generation',
  'reason',
  'reasons',
  'found',
  'destroyed',
  'failed',
  'orphans',
  'open',
  'version',
  'engine',
  'isolation',
  'darkrooms',
  'receivers',
  'demo',
  'step_ms',
  'ok',
  'hits',
  'unreadable',
  'processes',
  'files',
] as const;

export type LogFields = { readonly [Name in (typeof fields)[number]]?: string | number | boolean | readonly string[] };

export const logEvents = [
  'service.starting',
  'service.ready',
  'service.unready',
  'service.stopping',
  'service.stopped',
  'service.failed',
  'receiver.started',
  'receiver.draining',
  'receiver.left',
  'receiver.crashed',
  'darkroom.killed',
  'job.closed',
  'job.trouble',
  'sweep.found',
  'sweep.failed',
  'clock.stepped',
  'ledger.pruned',
  'ledger.unpruned',
  'drill.ran',
  'request.failed',
  'keys.ignored',
] as const;
export type LogEvent = (typeof logEvents)[number];

export type Level = 'info' | 'warn' | 'error';

export interface Log {
  /** @throws TypeError for a field that is not on the list */
  write(level: Level, event: LogEvent, fields?: LogFields): void;
}

const allowed: ReadonlySet<string> = new Set(fields);

/** JSON lines on standard output, or wherever `out` goes. */
export function createLog(level: Level | 'silent', out: pino.DestinationStream = pino.destination({ fd: 1, sync: true })): Log {
  // No pid, no host name: `base` is empty, and no error serializer is ever reached.
  const logger = pino(
    { level, base: null, formatters: { level: (label) => ({ level: label }) }, timestamp: pino.stdTimeFunctions.isoTime },
    out,
  );
  return {
    write(at, event, what = {}) {
      const unknown = Object.keys(what).find((name) => !allowed.has(name));
      if (unknown !== undefined) throw new TypeError(`Expected a field of the list but received ${unknown}`);
      logger[at]({ event, ...what });
    },
  };
}
