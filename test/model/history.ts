import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { type CloseReason, closeReasons } from '../../src/ledger/entry.ts';
import { faults as storeFaults } from '../kit/faulty-store.ts';
import { picture } from './darkrooms.ts';
import { createMachine, type DiskFault, diskFaults, type Machine } from './machine.ts';
import { photo } from './receiver.ts';
import { type Plan, type Service, startService, type Up } from './service.ts';

/** What may happen, in any order and any number of times. `n` says to which job, darkroom or fault; `atOnce` that the next one does not wait. */
export type Step =
  | { readonly do: Act; readonly n: number; readonly atOnce?: boolean }
  | { readonly do: 'close'; readonly n: number; readonly why: CloseReason; readonly atOnce?: boolean }
  | { readonly do: 'photo'; readonly far: number }
  | { readonly do: 'pass' | 'step clock'; readonly ms: number }
  | { readonly do: 'restart'; readonly how: 'kill' | 'stop'; readonly plan: Plan };

const acts = [
  ...(['admit', 'begin upload', 'upload', 'submit', 'deliver', 'receiver dies'] as const),
  ...(['open photos', 'find', 'finish', 'refuse', 'darkroom crashes'] as const),
  ...(['disk', 'foreign file'] as const),
] as const;
type Act = (typeof acts)[number];

/** What a photo goes through when nothing goes wrong; in a history, a photo gets as far as `far` says. */
const way = ['admit', 'upload', 'submit', 'open photos', 'find', 'finish', 'deliver'] as const;

const plan: fc.Arbitrary<Plan> = fc.record({
  ledger: fc.option(fc.record({ at: fc.nat(40), fault: fc.constantFrom(...storeFaults) }), { nil: undefined, freq: 2 }),
  vault: fc.option(fc.record({ at: fc.nat(60), done: fc.boolean() }), { nil: undefined, freq: 2 }),
});

type Action = Extract<Step, { readonly n: number }>;

/** Why a receiver ends a job that has no result yet. */
const unfinished = closeReasons.filter((why) => why !== 'done');

const year = 365 * 24 * 3600 * 1000;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: fc.record({ do: fc.constantFrom(...acts), n: fc.nat(9), atOnce: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('photo' as const), far: fc.nat(way.length) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('close' as const), n: fc.nat(9), why: fc.constantFrom(...unfinished), atOnce: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 100, max: 40_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('step clock' as const), ms: fc.integer({ min: -year, max: year }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restart' as const), how: fc.constantFrom('kill', 'stop'), plan }) },
);

export const histories = fc.array(step, { maxLength: 60, size: 'max' });

/** What was seen of a history from outside of the service. */
export interface Seen {
  readonly machine: Machine;
  /** Jobs that a receiver was given. */
  readonly admitted: ReadonlySet<string>;
  /** Jobs that the service called closed. */
  readonly closed: ReadonlySet<string>;
  /** Secrets that a service was given which ended in order. */
  readonly keys: readonly Buffer[];
  /** Results that apps have fetched. */
  readonly results: readonly string[];
  /** What contradicts a promise at the moment that it happens. */
  readonly lies: readonly string[];
}

/** Lets everything run that is due. In this world all work is done between two turns of the event loop. */
const settle = () => setImmediate();

/** Plays a history, then mends everything, ends it in order, and starts and ends it once more. */
export async function play(steps: readonly Step[]): Promise<Seen> {
  const machine = createMachine();
  const admitted = new Set<string>();
  const closed = new Set<string>();
  const results: string[] = [];
  const lies: string[] = [];
  const keys: Buffer[] = [];
  let own: Buffer[] = [];
  let service = start({});

  function start(of: Plan): Service {
    if (of.ledger !== undefined) machine.troubled.ledger = true;
    own = [];
    return startService(machine, randomUUID(), of, {
      onClosed: (job) => void closed.add(job),
      onResult: (plain) => void results.push(plain.toString()),
      onKey: (key) => void own.push(key),
    });
  }

  function look(): void {
    for (const job of service.up?.receiver.jobs ?? []) admitted.add(job);
    const left = [...machine.vault.keys()].filter((name) => closed.has(name.slice(0, 36)));
    if (left.length > 0) lies.push(`closed, and still there: ${left.join()}`);
  }

  async function pass(ms: number): Promise<void> {
    // No more at once than what is done at its time could bear to come late.
    for (let rest = ms; rest > 0; rest -= 2500) {
      machine.clock.advance(Math.min(rest, 2500));
      await settle();
    }
  }

  async function end(): Promise<void> {
    // One that dies while it stops leaves no keys, and never answers.
    void service.stop().then(() => keys.push(...own));
    for (let i = 0; i < 100 && !service.over; i++) await pass(2500);
    await settle();
  }

  async function turn(each: Step): Promise<void> {
    if (each.do === 'pass') return pass(each.ms);
    if (each.do === 'photo') {
      for (const next of way.slice(0, each.far)) {
        if (service.up !== undefined) act(service.up, { do: next, n: 0 });
        await settle();
      }
      return;
    }
    if (each.do === 'step clock') return machine.clock.step(each.ms);
    if (each.do === 'disk') return toggle(machine, diskFaults[each.n % diskFaults.length] ?? 'ledger');
    if (each.do === 'foreign file') return void machine.vault.set(`foreign-${each.n}`, Buffer.from('x'));
    if (each.do === 'restart') {
      if (each.how === 'stop') await end();
      service.kill();
      service = start(each.plan);
    } else if (service.up !== undefined && 'n' in each) {
      act(service.up, each);
    }
  }

  await settle();
  for (const each of steps) {
    // Whoever watches over the service starts it again, as often as it takes.
    if (service.over) {
      service = start({});
      await settle();
    }
    await turn(each);
    if ('atOnce' in each && each.atOnce) continue;
    await settle();
    look();
  }

  for (const fault of diskFaults) machine.faults[fault] = false;
  await pass(5000);
  look();
  // A disk that was to be broken from then on is replaced, with all that is on it.
  if (service.up === undefined || machine.troubled.ledger) {
    service.kill();
    service = start({});
    await settle();
  }
  await end();
  service = start({});
  await settle();
  if (service.up === undefined) lies.push('It does not start again');
  await end();
  if (!service.over) lies.push('It does not end');
  for (const text of results) if (text !== picture) lies.push('A result is not what the darkroom made');
  for (const bytes of machine.ledger.files.values()) {
    if ([photo.toString(), picture].some((text) => Buffer.from(bytes).includes(text))) lies.push('A photo is in the books');
  }
  return { machine, admitted, closed, keys, results, lies };
}

function toggle(machine: Machine, fault: DiskFault): void {
  machine.faults[fault] = !machine.faults[fault];
  machine.troubled[fault === 'ledger' ? 'ledger' : 'vault'] = true;
}

/** Begins what a step says. What is refused or breaks off is told to the app, and what is left of it must look like all the rest. */
function act(up: Up, each: Action): void {
  void doing(up, each).catch(() => undefined);
}

async function doing({ receiver, replaceReceiver, darkrooms }: Up, each: Action): Promise<void> {
  if (each.do === 'admit') return receiver.admit();
  if (each.do === 'receiver dies') return replaceReceiver();
  const busy = darkrooms.filter(({ over }) => !over);
  const darkroom = pick(busy, each.n);
  if (darkroom !== undefined) {
    if (each.do === 'open photos') return darkroom.read();
    if (each.do === 'finish') return darkroom.finish();
    if (each.do === 'find') return darkroom.find();
    if (each.do === 'refuse') return darkroom.refuse();
    if (each.do === 'darkroom crashes') return darkroom.crash();
  }
  const { ready } = receiver;
  const job = (of: readonly string[]) => pick(of, each.n) ?? '';
  if (each.do === 'begin upload' || each.do === 'upload') {
    const mine = job(ready.upload);
    await receiver.upload(mine, each.do === 'upload').catch(() => receiver.close(mine, 'failed'));
  }
  if (each.do === 'submit') return receiver.submit(job(ready.submit));
  if (each.do === 'deliver') return receiver.deliver(job(ready.deliver));
  if (each.do === 'close') return receiver.close(job(receiver.jobs), each.why);
}

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
