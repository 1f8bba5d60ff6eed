import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Entry, parseEntry } from '../../src/ledger/entry.ts';
import { verifyLedger } from '../../src/verify/ledger.ts';
import { nodeCrypto } from '../../src/verify/node-crypto.ts';
import { parseBundle, type Source, tilePath, tileWidth } from '../../src/verify/tiles.ts';
import { histories, play, type Seen } from './history.ts';

/** How many histories; MAYFLY_MODEL_RUNS asks for more, MAYFLY_MODEL_SEED for the same ones again. */
const numRuns = Number(process.env.MAYFLY_MODEL_RUNS ?? 200);
const seed = process.env.MAYFLY_MODEL_SEED === undefined ? {} : { seed: Number(process.env.MAYFLY_MODEL_SEED) };

describe('whatever happens, in whatever order', () => {
  it('the books are whole and balanced, the vault is empty, and no key is left', async () => {
    const reached = { done: 0, crash: 0, troubled: 0, untroubled: 0 };
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const seen = await play(steps);
        const report = await audit(seen);
        if (seen.results.length > 0) reached.done += 1;
        if ((report.why.crash ?? 0) > 0) reached.crash += 1;
        reached[seen.machine.troubled.ledger || seen.machine.troubled.vault ? 'troubled' : 'untroubled'] += 1;
      }),
      { numRuns, ...seed },
    );
    // It has been everywhere.
    expect(Object.entries(reached).filter(([, times]) => times < numRuns / 30)).toEqual([]);
  }, 600_000);
});

/** Holds what the auditor finds, and what was seen from outside, against the promises. */
async function audit(seen: Seen) {
  const { machine, admitted, keys, lies } = seen;
  expect(lies).toEqual([]);
  expect([...machine.vault.keys()]).toEqual([]);
  for (const key of keys) expect(key.every((byte) => byte === 0)).toBe(true);

  const { files } = machine.ledger;
  const source: Source = {
    read: async (path) => files.get(path),
    async *list() {
      yield* files.keys();
    },
  };
  const report = await verifyLedger(source, { crypto: nodeCrypto, kept: machine.ledger.lastSigned ?? '' });
  expect(report.violations.filter(({ rule }) => !excused(seen).has(rule))).toEqual([]);
  expect(report.books).toMatchObject({ open: 0 });

  const entries = readEntries(files, report.checkpoint?.size ?? 0);
  for (const job of admitted) {
    const of = entries.filter((entry) => 'job' in entry && entry.job === job && entry.ev !== 'purge.failed').map(({ ev }) => ev);
    expect(of).toEqual(['job.received', 'job.closed']);
  }
  for (const entry of entries) {
    // Nothing is called closed without its proof.
    if (entry.ev === 'job.closed') expect(entry.proof.unlinked).toBe(entry.objects.filter(({ role }) => role !== 'landmarks').length);
    if (entry.ev === 'job.closed' && entry.why === 'done')
      expect(entry.objects.map(({ role }) => role)).toEqual(expect.arrayContaining(['in', 'out']));
  }
  return { why: report.books?.why ?? {} };
}

/**
 * What the books may say against a service whose disks failed: it was late, and it says so. They may not say it of one whose disks did what they
 * were asked, and nothing else of any.
 */
function excused({ machine: { troubled } }: Seen): ReadonlySet<string> {
  return new Set([...(troubled.ledger ? ['sweep', 'deadline'] : []), ...(troubled.vault ? ['deadline'] : [])]);
}

function readEntries(files: ReadonlyMap<string, Uint8Array>, size: number): readonly Entry[] {
  return Array.from({ length: Math.ceil(size / tileWidth) }, (_, index) => {
    const tile = { level: 'entries', index, width: Math.min(tileWidth, size - index * tileWidth) } as const;
    return parseBundle(files.get(tilePath(tile)) ?? new Uint8Array(0), tile);
  })
    .flat()
    .map((bytes) => parseEntry(JSON.parse(Buffer.from(bytes).toString())));
}
