import type { Recorded } from './ledger.ts';

/** Comma-separated values as RFC 4180 has them. */

export function csvLine(values: readonly (string | number | undefined)[]): string {
  return `${values.map(field).join(',')}\r\n`;
}

function field(value: string | number | undefined): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const entryColumns = ['index', 'at', 'event', 'job', 'why', 'held_ms', 'bytes', 'unlinked', 'darkroom', 'entry'] as const;

/** One entry as a line: what a review sorts by, and the entry itself, its canonical JSON to the byte. */
export function entryLine({ index, entry, text }: Recorded): string {
  const closed = entry.ev === 'job.closed' ? entry : undefined;
  return csvLine([
    index,
    new Date(entry.at).toISOString(),
    entry.ev,
    'job' in entry ? entry.job : undefined,
    'why' in entry ? entry.why : undefined,
    closed?.held_ms,
    closed?.objects.reduce((sum, { bytes }) => sum + bytes, 0),
    closed?.proof.unlinked,
    closed?.proof.darkroom,
    text,
  ]);
}
