import { setTimeout as pause } from 'node:timers/promises';
import { ownSecret } from '../auth/keys.ts';
import { readConfig } from '../config.ts';
import { retentionOf } from '../policy/retention.ts';
import { localUrl } from '../supervisor/address.ts';
import { type DrillReport, drillReportSchema, drillStateSchema } from '../supervisor/check-calls.ts';
import { readArgs, UsageError } from './usage.ts';

const help = `
Usage: mayfly drill [--wait generation] [--url URL] [--key SECRET] [--json]

Sends a marked photo (a drawn face) through the running service, waits until its books are closed, and looks for its marks in the memory of every
process of the service, in its folders, in the temporary folder and in shared memory. The result goes into the ledger.

  --wait generation   also waits until the receivers that saw the upload are gone, and looks at their successors
  --url URL           the service; by default HOST and PORT of the environment
  --key SECRET        a key of the role admin; by default one of this machine's own configuration
  --json              the report as JSON

Exit code 0 where nothing was found and everything could be looked at, 1 where not, 2 for a wrong call.
`;

export async function drill(args: readonly string[]): Promise<number> {
  const read = readArgs(args, help, {
    wait: { type: 'string', default: 'now' },
    url: { type: 'string' },
    key: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (read === undefined) return 0;
  const { wait, json } = read.values;
  if (wait !== 'now' && wait !== 'generation') throw new UsageError('Expected --wait now or --wait generation');
  const config = readConfig(process.env);
  const url = read.values.url ?? localUrl(config.host, config.port);
  const key = read.values.key ?? ownSecret(process.env, config.dataDir, 'admin');
  if (key === undefined) throw new UsageError('No key of the role admin is configured here; give one with --key');
  const ask = async (method: 'GET' | 'POST', path: string): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, { method, headers: { Authorization: `Bearer ${key}` } }).catch(() => {
      throw new Error(`No service answers at ${url}; say where it is with --url, HOST or PORT`);
    });
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(`The service answered ${answer.status}: ${JSON.stringify(body)}`);
    return body;
  };
  const begun = await ask('POST', `/v1/drills?wait=${wait}`);
  const report = wait === 'now' ? drillReportSchema.parse(begun) : await later(ask, retentionOf(config).memory);
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : table(report));
  return report.ok ? 0 : 1;
}

/** Asks until the drill is over. A generation takes its time; the service gives up by itself. */
async function later(ask: (method: 'GET', path: string) => Promise<unknown>, seconds: number): Promise<DrillReport> {
  for (const end = Date.now() + 2 * seconds * 1000; Date.now() < end; await pause(1000)) {
    const { running, last } = drillStateSchema.parse(await ask('GET', '/v1/drills'));
    if (!running && last !== undefined) return last;
  }
  throw new Error('The drill did not end in time');
}

/** The report for people. */
export function table(report: DrillReport): string {
  const { ok, job, status, processes, unreadable, files, hits, control, later, found, ms } = report;
  const rows: readonly (readonly [string, string])[] = [
    ['canary', job === undefined ? `not let in (HTTP ${status})` : `answered ${status}, job ${job}`],
    [
      'searcher',
      control > 0 ? `sees: it found ${control} marks where the canary still is` : 'blind: it did not even find the marks of the sender',
    ],
    ['processes', `${processes} looked through, ${later} that saw the upload and leave with their generation not`],
    ['files', `${files} that changed since`],
    ['unreadable', `${unreadable}`],
    ['marks found', hits === 0 ? '0' : `${hits}: ${found.map((one) => `${one.hits} in ${one.where}`).join(', ')}`],
    ['time', `${(ms / 1000).toFixed(1)} s`],
    ['result', ok ? 'clean' : 'NOT CLEAN'],
  ];
  return rows.map(([name, words]) => `${name.padEnd(12)} ${words}\n`).join('');
}
