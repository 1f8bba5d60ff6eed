import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '../../src/ledger/entry.ts';
import { type Books, createBooks } from '../../src/verify/books.ts';
import { createFindings, type Violation } from '../../src/verify/findings.ts';
import { createHolding } from '../../src/verify/holding.ts';
import { readLeaf } from '../../src/verify/leaf.ts';
import { boot, closed, edit, goodDay, notice, received, type Step, sweepMs, swept, textsOf, wait } from './histories.ts';

const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
const crash = (job: string): LedgerEvent => closed(job, { why: 'crash', objects: [], held_ms: 3_600_000 });
const prunedTo = (entries: number): LedgerEvent => ({ ev: 'log.pruned', before: 5, entries });
const close: LedgerEvent = { ev: 'log.close' };

/** What the books hold against a history; the entries of `from` to before `to` cannot be read. */
function audit(
  steps: readonly Step[],
  [from, to] = [0, 0],
  missing = 0,
  keys: readonly string[] = ['key'],
): { violations: readonly Violation[]; report: ReturnType<Books['end']> } {
  const findings = createFindings();
  const books = createBooks(keys, findings.find);
  if (missing > 0) books.gap();
  textsOf(steps).forEach((text, i) => {
    if (i < missing) return;
    if (i >= from && i < to) books.gap();
    else books.add(i, readLeaf(Buffer.from(text)));
  });
  const report = books.end(missing);
  return { violations: findings.violations, report };
}

const violationsOf = (...steps: readonly Step[]) => audit(steps).violations;

describe('books in order', () => {
  it.each<[string, readonly Step[]]>([
    ['of a day', goodDay(30)],
    ['of nothing', []],
    ['of a run that was just started', [boot()]],
    ['of a job that is being worked on', [boot(), received(a), wait(900), swept()]],
    ['of a job that was closed at its deadline', [boot(), received(a, 1000), wait(999), closed(a, { held_ms: 1000 })]],
    ['of two runs', [...goodDay(2), 'reboot', ...goodDay(2)]],
    ['of a run that ended without a word', [boot(), swept(), 'reboot', boot(), swept(), close]],
    [
      'of jobs that a crash left open',
      [boot(), received(a), received(b), 'reboot', wait(3_600_000), boot(2), crash(b), crash(a), received(c)],
    ],
    ['of two crashes', [boot(), received(a), 'reboot', boot(1), crash(a), received(b), 'reboot', boot(1), crash(b), close]],
    [
      'of sweeps as far apart as they may be',
      [boot(), wait(2 * sweepMs - 1), swept(), wait(2 * sweepMs - 1), swept(), wait(2 * sweepMs - 1), close],
    ],
    [
      'of a stopped service that looks after its ledger',
      [...goodDay(1), 'reboot', { ev: 'log.pruned', before: 5, entries: 0 }, 'reboot', boot(), close],
    ],
    [
      'of a stopped service whose notice was changed',
      [...goodDay(1), 'reboot', { ev: 'notice.changed', from: notice, to: 'f'.repeat(16) }, close],
    ],
    ['of a stopped service whose ledger was opened for nothing', [...goodDay(1), 'reboot', close, 'reboot', boot(), close]],
    ['of two entries in the same millisecond', [boot(), wait(-1), swept()]],
    ['of a pruning up to this moment', [boot(), prunedTo(1), edit((entry) => Object.assign(entry, { before: entry.at }))]],
    ['of a ledger that was looked after behind a crash', [boot(), received(a), 'reboot', wait(5000), prunedTo(0)]],
    [
      'of a wall clock that was set',
      [boot(), { ev: 'clock.step', step_ms: -5000 }, edit((entry) => Object.assign(entry, { at: 7 })), swept()],
    ],
  ])('%s have no violation', (_name, steps) => {
    expect(violationsOf(...steps)).toEqual([]);
  });

  it('are counted, and how long jobs were held', () => {
    const { report } = audit([
      ...goodDay(40),
      'reboot',
      boot(),
      received(a),
      'reboot',
      boot(1),
      crash(a),
      { ev: 'purge.failed', failed: 1 },
      received(b),
    ]);
    expect(report).toMatchObject({
      events: { 'log.boot': 3, 'job.received': 42, 'job.closed': 41, 'sweep.ran': 3, 'log.close': 1, 'purge.failed': 1 },
      why: { done: 40, crash: 1 },
      open: 1,
      held: { min: 400, median: 419, p95: 437, p99: 439, max: 439 },
      heldOverCrash: { min: 3_600_000, max: 3_600_000 },
      troubles: { sweepsWithFinds: 0, purgesFailed: 1, drillsFailed: 0 },
    });
    expect(report.from).toBeLessThan(report.to ?? 0);
    expect(audit([]).report).toEqual({ events: {}, open: 0, why: {}, troubles: { sweepsWithFinds: 0, purgesFailed: 0, drillsFailed: 0 } });
  });

  it('tell of troubles', () => {
    const drill = { ev: 'drill.ran', ok: false, processes: 4, unreadable: 0, files: 9, hits: 1 } as const;
    const { report } = audit([
      boot(),
      { ev: 'sweep.ran', seen: 2, found: 1, destroyed: 1, failed: 0 },
      drill,
      drill,
      { ...drill, ok: true },
    ]);
    expect(report.troubles).toEqual({ sweepsWithFinds: 1, purgesFailed: 0, drillsFailed: 2 });
  });
});

describe('books out of order', () => {
  it.each<[string, readonly Step[], Partial<Violation>]>([
    ['a job closed twice', [boot(), received(a), closed(a), closed(a)], { rule: 'balance', index: 3 }],
    ['a job closed that never came', [boot(), closed(a)], { rule: 'balance', index: 1 }],
    ['a job received twice', [boot(), received(a), received(a), closed(a)], { rule: 'balance', index: 2 }],
    ['a run that ends with an open job', [boot(), received(a), close], { rule: 'balance', index: 2 }],
    ['a job held for longer than its deadline', [boot(), received(a), closed(a, { held_ms: 1001 })], { rule: 'deadline', index: 2 }],
    [
      'a job closed after its deadline, whatever it says',
      [boot(), received(a), wait(1000), closed(a, { held_ms: 5 })],
      { rule: 'deadline', index: 2 },
    ],
    ['a job that is open long after its deadline', [boot(), received(a), wait(1000), swept()], { rule: 'deadline', index: 1 }],
    ['a job of a crash that nobody closes', [boot(), received(a), 'reboot', boot(0), swept()], { rule: 'balance', index: 2 }],
    ['a job of a crash that is closed later', [boot(), received(a), 'reboot', boot(1), swept(), crash(a)], { rule: 'balance', index: 2 }],
    [
      'a job of a crash that is closed when the run has begun',
      [boot(), received(a), 'reboot', boot(0), received(b), closed(a)],
      { rule: 'balance', index: 4 },
    ],
    ['a job of a crash that is closed as done', [boot(), received(a), 'reboot', boot(1), closed(a)], { rule: 'balance', index: 2 }],
    ['a boot that counts an open job too many', [boot(), received(a), 'reboot', boot(2), crash(a), swept()], { rule: 'balance', index: 2 }],
    [
      'a boot that counts an open job too few',
      [boot(), received(a), received(b), 'reboot', boot(1), crash(a)],
      { rule: 'balance', index: 3 },
    ],
    ['a boot at the end that leaves a job open', [boot(), received(a), 'reboot', boot(1)], { rule: 'balance', index: 2 }],
    ['a boot that closes a job of nobody', [boot(), 'reboot', boot(1), crash(a)], { rule: 'balance', index: 2 }],
    [
      'two boots that close the same job',
      [boot(), received(a), 'reboot', boot(1), crash(a), 'reboot', boot(1), crash(a)],
      { rule: 'balance', index: 5 },
    ],
    ['a crash within a run that is late', [boot(), received(a), wait(1000), closed(a, { why: 'crash' })], { rule: 'deadline', index: 2 }],
    ['sweeps too far apart', [boot(), swept(), wait(2 * sweepMs), swept()], { rule: 'sweep', index: 2 }],
    ['a first sweep that is late', [boot(), wait(2 * sweepMs), swept()], { rule: 'sweep', index: 1 }],
    ['a run that goes on without a sweep', [boot(), wait(sweepMs), swept(), wait(2 * sweepMs), close], { rule: 'sweep', index: 2 }],
    [
      'a run that goes on without a sweep until it crashes',
      [boot(), wait(2 * sweepMs), received(a), 'reboot', boot(1), crash(a)],
      { rule: 'sweep', index: 1 },
    ],
    ['a run without a boot', [swept()], { rule: 'run', index: 0 }],
    ['a job in a run without a boot', [boot(), close, 'reboot', received(a), closed(a)], { rule: 'run', index: 2 }],
    ['a boot within a run', [boot(), boot()], { rule: 'run', index: 1 }],
    ['an entry after the end of its run', [boot(), close, swept()], { rule: 'run', index: 2 }],
    ['an entry after the end of a run that was nothing else', [boot(), close, 'reboot', close, swept()], { rule: 'run', index: 3 }],
    ['a number left out', [boot(), swept(), edit((entry) => Object.assign(entry, { seq: 2 }))], { rule: 'run', index: 1 }],
    ['a number used twice', [boot(), swept(), edit((entry) => Object.assign(entry, { seq: 0 }))], { rule: 'run', index: 1 }],
    ['a run that does not begin with number 0', [boot(), edit((entry) => Object.assign(entry, { seq: 1 }))], { rule: 'run', index: 0 }],
    ['monotonic time that goes back', [boot(), wait(5), swept(), wait(-10), swept()], { rule: 'run', index: 2 }],
    ['a pruning of the future', [boot(), { ev: 'log.pruned', before: 1_900_000_000_000, entries: 0 }], { rule: 'pruning', index: 1 }],
    ['a pruning of more than there is', [boot(), { ev: 'log.pruned', before: 1, entries: 2 }], { rule: 'pruning', index: 1 }],
    [
      'a pruning that takes something back',
      [boot(), swept(), ...[2, 1].map((entries) => ({ ev: 'log.pruned' as const, before: 1, entries }))],
      { rule: 'pruning', index: 3 },
    ],
    [
      'a key that is not in the file',
      [boot(), { ev: 'key.rotated', from: 'x+00000000+AAAA', to: 'y+00000000+AAAA' }],
      { rule: 'rotation', index: 1 },
    ],
  ])('%s', (_name, steps, violation) => {
    expect(violationsOf(...steps)).toContainEqual(expect.objectContaining(violation));
  });

  it('two runs that are mixed', () => {
    const [first = '', second = '', third = ''] = textsOf([boot(), 'reboot', boot(), swept()]);
    const firstRun = JSON.parse(first);
    const findings = createFindings();
    const books = createBooks(['key'], findings.find);
    for (const [i, text] of [first, second, third].entries()) books.add(i, readLeaf(Buffer.from(text)));
    books.add(3, { ...firstRun, ev: 'log.close', seq: 1 });
    expect(findings.violations).toContainEqual({ rule: 'run', index: 3, what: 'Entries of two runs are mixed' });
  });

  it('every violation of its own, and no other', () => {
    expect(
      violationsOf(boot(), received(a), closed(a, { held_ms: 2000 }), received(b), wait(3000), closed(b), closed(c)).map(
        ({ index }) => index,
      ),
    ).toEqual([2, 4, 5]);
  });
});

describe('books that cannot all be read', () => {
  const steps = [boot(), received(a), received(b), closed(a), closed(b), swept(), received(c), wait(10), closed(c), close];

  it('may begin anywhere', () => {
    for (let missing = 1; missing <= 10; missing++) {
      const { violations } = audit([...steps, 'reboot', ...goodDay(1), { ev: 'log.pruned', before: 1, entries: 256 }], undefined, missing);
      expect(violations.filter(({ rule }) => rule !== 'pruning' && rule !== 'run')).toEqual([]);
      expect(violations.filter(({ rule }) => rule === 'run').map(({ what }) => what)).toEqual(['An entry after the log.close of its run']);
    }
  });

  it('have to say that they were dropped, and how many', () => {
    const dropped = (said: number) => audit([...steps.slice(0, -1), prunedTo(said)], undefined, 5).violations;
    expect(dropped(5)).toEqual([]);
    expect(dropped(4)).toEqual([{ rule: 'pruning', index: 4, what: 'The first 5 entries are gone; the books speak of 4' }]);
  });

  it('do not use a number again behind a hole', () => {
    const again = [boot(), swept(), swept(), edit((entry) => Object.assign(entry, { seq: 0 }))];
    expect(audit(again, [1, 2]).violations).toEqual([expect.objectContaining({ rule: 'run', index: 2 })]);
  });

  it('go on behind a hole', () => {
    for (let from = 0; from < 8; from++) {
      for (let to = from + 1; to <= 9; to++)
        expect({ from, to, violations: audit(steps, [from, to]).violations }).toEqual({ from, to, violations: [] });
    }
  });

  it('are still judged where they can be read', () => {
    const { violations } = audit([...steps.slice(0, -1), received(a), wait(5000), closed(a, { held_ms: 5000 })], [0, 5]);
    expect(violations).toEqual([expect.objectContaining({ rule: 'deadline', index: 9 })]);
  });

  it('may account for jobs whose beginning is gone', () => {
    const history = [boot(), received(a), swept(), 'reboot' as const, boot(1), crash(a), close];
    expect(audit(history, [0, 2]).violations).toEqual([]);
    expect(audit([...history.slice(0, 4), boot(2), crash(a)], [0, 2]).violations).toEqual([
      expect.objectContaining({ rule: 'balance', index: 3 }),
    ]);
  });
});

describe('keys that follow each other', () => {
  const [k1, k2, k3] = ['k+00000001+AAAA', 'k+00000002+AAAA', 'k+00000003+AAAA'];
  const rotated = (from: string, to: string): LedgerEvent => ({ ev: 'key.rotated', from, to });
  const whatOf = (keys: readonly string[], ...rotations: readonly LedgerEvent[]) =>
    audit([boot(), ...rotations, swept()], undefined, 0, keys).violations.map(({ rule, index, what }) => `${rule} ${index}: ${what}`);

  it('are those of the file, in its order', () => {
    expect(whatOf([k1])).toEqual([]);
    expect(whatOf([k1, k2, k3], rotated(k1, k2), rotated(k2, k3))).toEqual([]);
    expect(whatOf([k1, k2, k3], rotated(k1, k2), rotated(k1, k3))).toEqual([
      'rotation 2: The key that is replaced is not number 1 of the file',
    ]);
    expect(whatOf([k1, k2, k3], rotated(k1, k3), rotated(k2, k3))).toEqual(['rotation 1: The new key is not number 1 of the file']);
    expect(whatOf([k1, k2, k3], rotated(k1, k2))).toEqual(['rotation undefined: The file has 3 keys; the entries tell of 1 rotations']);
  });

  it('may change while the service does not run', () => {
    expect(audit([...goodDay(1), 'reboot', rotated(k1, k2), close], undefined, 0, [k1, k2]).violations).toEqual([]);
  });

  it('are found again behind a hole', () => {
    const history = [boot(), rotated(k1, k2), swept(), rotated(k2, k3), swept()];
    expect(audit(history, [1, 2], 0, [k1, k2, k3]).violations).toEqual([]);
    expect(audit(history, [1, 4], 0, [k1, k2, k3]).violations).toEqual([]);
    expect(audit(history, [1, 2], 0, [k2, k1, k3]).violations).toContainEqual(expect.objectContaining({ rule: 'rotation', index: 3 }));
    expect(audit(history, [1, 2], 0, [k1, k2, k3, k1]).violations).toEqual([expect.objectContaining({ rule: 'rotation', file: 'vkey' })]);
  });
});

describe('the distribution of holding times', () => {
  it('has percentiles that are values that occurred', () => {
    const holding = createHolding();
    expect(holding.summary()).toBeUndefined();
    for (let i = 100; i >= 1; i--) holding.add(i);
    expect(holding.summary()).toEqual({ min: 1, median: 50, p95: 95, p99: 99, max: 100 });
    holding.add(1000);
    expect(holding.summary()).toEqual({ min: 1, median: 51, p95: 96, p99: 100, max: 1000 });
    const one = createHolding();
    one.add(7);
    expect(one.summary()).toEqual({ min: 7, median: 7, p95: 7, p99: 7, max: 7 });
  });
});

describe('findings', () => {
  it('are all counted, and of each rule the first are kept', () => {
    const all = createFindings(2);
    for (let index = 0; index < 5; index++) all.find({ rule: 'run', index, what: '' });
    all.find({ rule: 'tree', what: '' });
    expect(all.violations.map(({ rule, index }) => [rule, index])).toEqual([
      ['run', 0],
      ['run', 1],
      ['tree', undefined],
    ]);
    expect(all.count).toBe(6);
  });
});
