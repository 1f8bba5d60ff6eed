import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/ledger/canonical.ts';
import { csvLine, entryColumns, entryLine } from '../../src/ledger/csv.ts';
import type { LedgerEvent } from '../../src/ledger/entry.ts';
import type { Recorded } from '../../src/ledger/ledger.ts';
import { closedAs } from '../kit/entries.ts';

const job = randomUUID();

function recorded(event: LedgerEvent): Recorded {
  const entry = { ...event, v: 1, at: 1_800_000_000_123, mono: 5, boot: randomUUID(), seq: 0 } as const;
  return { index: 7, entry, text: canonicalJson(entry) };
}

describe('a line of comma-separated values', () => {
  it('quotes what would be taken for its form, and nothing else', () => {
    expect(csvLine(['a b', 1, undefined, '', "it's; so"])).toBe("a b,1,,,it's; so\r\n");
    expect(csvLine(['a,b', 'a"b"', 'a\nb', 'a\rb'])).toBe('"a,b","a""b""","a\nb","a\rb"\r\n');
  });

  it('has the columns by which a review sorts, and the entry', () => {
    expect(entryColumns.join(' ')).toBe('index at event job why held_ms bytes unlinked darkroom entry');
    const closed = recorded(
      closedAs(job, {
        why: 'refused',
        held_ms: 31,
        objects: [
          { role: 'in', bytes: 10 },
          { role: 'out', bytes: 5 },
        ],
        proof: { unlinked: 2, keys: true, darkroom: 'exited:0', receiver: { leaves_by: 1 } },
      }),
    );
    const line = (one: Recorded) => entryLine(one).replace(`"${one.text.replaceAll('"', '""')}"`, 'ENTRY');
    expect(line(closed)).toBe(`7,2027-01-15T08:00:00.123Z,job.closed,${job},refused,31,15,2,exited:0,ENTRY\r\n`);
    expect(line(recorded({ ev: 'access.denied', why: 'no-key', count: 2 }))).toBe(
      '7,2027-01-15T08:00:00.123Z,access.denied,,no-key,,,,,ENTRY\r\n',
    );
    expect(line(recorded({ ev: 'purge.failed', job, failed: 1 }))).toBe(`7,2027-01-15T08:00:00.123Z,purge.failed,${job},,,,,,ENTRY\r\n`);
  });
});
