import { once } from 'node:events';
import { z } from 'zod';
import { ledgerFolder } from '../build.ts';
import { readConfig } from '../config.ts';
import { csvLine, entryColumns, entryLine } from '../ledger/csv.ts';
import { eventNames } from '../ledger/entry.ts';
import { createFolderReader } from '../ledger/folder-store.ts';
import { between, parseBound } from '../ledger/period.ts';
import { createReporter } from '../ledger/report.ts';
import { type Selection, selectEntries } from '../ledger/select.ts';
import { stretchOf } from '../ledger/stretch.ts';
import { entryWords, reportRows } from './ledger-words.ts';
import { rotateLedgerKey } from './rotate-ledger.ts';
import { readArgs, UsageError } from './usage.ts';

const help = `
Usage: mayfly ledger report [OPTIONS]     what happened, counted
       mayfly ledger show [OPTIONS]       entries, one a line
       mayfly ledger export [OPTIONS]     entries as JSON lines, or as CSV
       mayfly ledger rotate               a new signing key, which the old one signs for; the service must be stopped

  --from WHEN, --to WHEN   2026-11, 2026-11-22, 2026-11-22T08:00:00Z, or the place of an entry; the end of a month or day is its last instant,
                           so that --from 2026-11 --to 2026-11 is the whole month
  --job ID                 one job
  --event NAME             ${eventNames.join(', ')}
  --json, --csv            for programs

report, show and export read MAYFLY_DATA_DIR/ledger, while the service runs or not, and change nothing. They take the ledger at its word;
\`mayfly verify\` does not.
`;

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  job: { type: 'string' },
  event: { type: 'string' },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
} as const;

type Form = 'words' | 'json' | 'csv';

export async function ledger(args: readonly string[]): Promise<number> {
  const read = readArgs(args, help, options);
  if (read === undefined) return 0;
  const [action, ...more] = read.positionals;
  if (more.length > 0) throw new UsageError(help.trim());
  if (action === 'rotate') return rotateLedgerKey();
  const { json, csv } = read.values;
  if (json && csv) throw new UsageError('Expected --json or --csv, not both');
  const form: Form = json ? 'json' : csv ? 'csv' : 'words';
  const selection = selectionOf(read.values);
  const reader = createFolderReader(ledgerFolder(readConfig(process.env)));
  switch (action) {
    case 'report':
      return report(reader, selection, form);
    case 'show':
      return list(reader, selection, form);
    case 'export':
      return list(reader, selection, form === 'words' ? 'json' : form);
    default:
      throw new UsageError(help.trim());
  }
}

type Reader = ReturnType<typeof createFolderReader>;

async function report(reader: Reader, selection: Selection, form: Form): Promise<number> {
  const reporter = createReporter();
  for await (const { entry } of selectEntries(reader, await stretchOf(reader), selection)) reporter.add(entry);
  const counted = reporter.report();
  const rows = reportRows(counted);
  if (form === 'json') await print(`${JSON.stringify(counted, undefined, 2)}\n`);
  else if (form === 'csv') await print([['name', 'value'] as const, ...rows].map(csvLine).join(''));
  else await print(rows.map(([name, value]) => `${name.padEnd(34)} ${value}\n`).join(''));
  return 0;
}

async function list(reader: Reader, selection: Selection, form: Form): Promise<number> {
  if (form === 'csv') await print(csvLine(entryColumns));
  for await (const recorded of selectEntries(reader, await stretchOf(reader), selection)) {
    const { index, text } = recorded;
    // The entry stays as it is in the log, to the byte.
    const line = form === 'csv' ? entryLine(recorded) : form === 'json' ? `{"index":${index},"entry":${text}}\n` : entryWords(recorded);
    await print(line);
  }
  return 0;
}

/** A long ledger must not be held in memory because whoever reads this is slower. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** @throws UsageError */
function selectionOf(values: {
  from?: string | undefined;
  to?: string | undefined;
  job?: string | undefined;
  event?: string | undefined;
}): Selection {
  const bound = (text: string | undefined, end: boolean) => {
    const parsed = text === undefined ? undefined : parseBound(text, end);
    if (text !== undefined && parsed === undefined)
      throw new UsageError(
        `Expected ${end ? '--to' : '--from'} 2026-11, 2026-11-22, 2026-11-22T08:00:00Z or a number but received ${text}`,
      );
    return parsed;
  };
  const event = eventNames.find((name) => name === values.event);
  if (values.event !== undefined && event === undefined) throw new UsageError(`Expected --event with one of ${eventNames.join(', ')}`);
  if (values.job !== undefined && !z.uuid().safeParse(values.job).success) throw new UsageError('Expected --job with the id of a job');
  return { ...between(bound(values.from, false), bound(values.to, true)), job: values.job, event };
}
