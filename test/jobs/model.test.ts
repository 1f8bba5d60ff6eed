import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Move, next, type State } from '../../src/jobs/states.ts';
import type { CloseReason } from '../../src/ledger/entry.ts';
import { closeReasons } from '../../src/ledger/entry.ts';
import { bench, commitmentKey, settle, task } from './fakes.ts';

describe('the life of a job', () => {
  const states: readonly State[] = ['receiving', 'waiting', 'developing', 'delivering', 'closing', 'closed'];
  const moves: readonly Move[] = ['submit', 'develop', 'deliver', 'close', 'book'];

  it('always ends in closed, once, through closing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 40 }), (walk) => {
        const path: State[] = ['receiving'];
        for (const move of walk) {
          const to = next(path.at(-1) ?? 'receiving', move);
          if (to !== undefined) path.push(to);
        }
        expect(new Set(path).size).toBe(path.length);
        if (path.includes('closed')) expect(path.slice(-2)).toEqual(['closing', 'closed']);
      }),
    );
    for (const state of states.slice(0, 4)) expect(next(state, 'close')).toBe('closing');
    for (const move of moves) expect(next('closed', move)).toBeUndefined();
  });

  type Step =
    | { do: 'admit' | 'submit' | 'read' | 'finish' | 'refuse' | 'crash' | 'tick' | 'abandon' | 'ledger' | 'purge'; n: number }
    | { do: 'close'; n: number; why: CloseReason };

  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      do: fc.constantFrom('admit', 'submit', 'read', 'finish', 'refuse', 'crash', 'tick', 'abandon', 'ledger', 'purge'),
      n: fc.nat(20),
    }),
    fc.record({ do: fc.constant('close' as const), n: fc.nat(20), why: fc.constantFrom(...closeReasons) }),
  );

  it('leaves balanced books and an empty vault, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const b = bench({ darkrooms: 2, places: 5 });
        const tickets: Awaited<ReturnType<typeof b.desk.admit>>[] = [];
        const pick = <T>(list: readonly T[], n: number) => list[n % Math.max(1, list.length)];
        for (const each of steps) {
          const ticket = pick(tickets, each.n);
          const run = pick(b.darkrooms.runs, each.n);
          if (each.do === 'admit')
            await b.desk.admit(b.holder, 'key').then(
              (t) => tickets.push(t),
              () => undefined,
            );
          else if (each.do === 'submit' && ticket) {
            const photo = await b.upload(ticket);
            // As a receiver does: what the desk does not take any more is dropped, and the sweep finds it.
            b.desk.submit(ticket.job, [photo], commitmentKey(), task).catch(() => undefined);
          } else if (each.do === 'read') run?.read();
          else if (each.do === 'finish') await run?.finish();
          else if (each.do === 'refuse') run?.refuse();
          else if (each.do === 'crash') run?.crash();
          else if (each.do === 'tick') b.clock.advance(each.n * 2000);
          else if (each.do === 'abandon') void b.desk.abandon(b.holder);
          else if (each.do === 'ledger') b.faults.ledger = !b.faults.ledger;
          else if (each.do === 'purge') b.faults.purge = !b.faults.purge;
          else if (each.do === 'close' && ticket) void b.desk.close(ticket.job, each.why);
          await settle();
          expect(b.desk.open).toBeLessThanOrEqual(5);
        }
        b.faults.ledger = false;
        b.faults.purge = false;
        void b.desk.shut();
        for (let i = 0; b.desk.open > 0 && i < 50; i++) {
          b.clock.advance(5000);
          await settle();
        }
        const received = b.ledger.all.flatMap((entry) => (entry.ev === 'job.received' ? [entry.job] : []));
        const closed = b.ledger.all.flatMap((entry) => (entry.ev === 'job.closed' ? [entry.job] : []));
        expect([...closed].sort()).toEqual([...received].sort());
        // What was whole is committed to; a key is handed on where there is one, and only then.
        for (const { recorded, commitmentKey: key } of b.closed) {
          const objects = recorded.entry.ev === 'job.closed' ? recorded.entry.objects : [];
          if (objects.some(({ commitment }) => commitment !== undefined)) expect(key).toEqual(commitmentKey());
        }
        // What a late upload or a late darkroom left behind belongs to no open job: the next sweep takes it.
        for (const { label } of await b.vault.list()) expect(b.desk.wants(label?.job ?? '')).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
});
