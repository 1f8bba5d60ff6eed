import type { LedgerEvent } from '../../src/ledger/entry.ts';
import type { BootFacts } from '../../src/supervisor/boot.ts';

/** Entries as a service writes them, for tests that need some. */

export const bootFacts: BootFacts = {
  version: '0.0.0',
  build: 'b'.repeat(64),
  models: 'd'.repeat(64),
  engine: 'none',
  isolation: 'photo',
  notice: 'n',
  sweep_ms: 10_000,
  selfcheck: { vault: 'ok' },
};

type Boot = Extract<LedgerEvent, { ev: 'log.boot' }>;
export const bootEntry = (facts: Partial<Boot> = {}): Boot => ({ ev: 'log.boot', ...bootFacts, orphans: 0, open: 0, ...facts });

type Closed = Extract<LedgerEvent, { ev: 'job.closed' }>;
export const closedAs = (job: string, facts: Partial<Closed> = {}): Closed => ({
  ev: 'job.closed',
  job,
  why: 'done',
  held_ms: 100,
  objects: [],
  proof: { unlinked: 0, keys: true, darkroom: 'none', receiver: { leaves_by: 1 } },
  ...facts,
});
