import type { LedgerKeys } from '../../src/ledger/keys.ts';
import { createMemoryStore, type Memory } from '../../src/ledger/memory-store.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';
import { deferred } from './deferred.ts';

/** How much of an operation takes effect before it fails, and what becomes of the rest: the next ones work, the disk is gone, the process is. */
export interface Fault {
  readonly effect: 'none' | 'whole' | 'torn';
  readonly after: 'works' | 'broken' | 'killed';
}

export const faults: readonly Fault[] = (['none', 'whole', 'torn'] as const).flatMap((effect) =>
  (['works', 'broken', 'killed'] as const).map((after) => ({ effect, after })),
);

/** A disk and the keys on it, that count what is asked of them and fail where they are told to. */
export interface Faulty {
  readonly store: LedgerStore;
  readonly keys: LedgerKeys;
  /** Names of the operations so far, in order. */
  readonly asked: readonly string[];
  /** Every checkpoint whose signature has been on the disk, whole. */
  readonly signed: readonly string[];
  /** Resolves when the process has died, or has asked a broken disk for the same thing over and over. */
  readonly over: Promise<void>;
  /** The process dies: nothing is done any more, and nothing is answered. */
  kill(): void;
}

/**
 * @param memory what is on the disk; it survives
 * @param at number of the operation that fails, from 0; undefined for none
 */
export function faulty(memory: Memory, inner: LedgerKeys, at?: number, fault?: Fault): Faulty {
  const store = createMemoryStore(memory);
  const asked: string[] = [];
  const signed: string[] = [];
  const over = deferred<void>();
  const never = new Promise<never>(() => undefined);
  let killed = false;

  async function ask<T>(name: string, effect: () => Promise<T>, half: () => Promise<unknown> = async () => undefined): Promise<T> {
    if (killed) return never;
    const number = asked.push(name) - 1;
    if (at === undefined || fault === undefined || number < at || (number > at && fault.after === 'works')) return effect();
    if (number === at && fault.effect === 'whole') await effect();
    if (number === at && fault.effect === 'torn') await half();
    if (number - at > 5) over.resolve();
    if (fault.after !== 'killed') throw Object.assign(new Error('EIO'), { code: 'EIO' });
    kill();
    return never;
  }

  function kill(): void {
    killed = true;
    over.resolve();
  }

  return {
    asked,
    signed,
    over: over.promise,
    kill,
    store: {
      ...store,
      write: (files) =>
        ask(
          'write',
          () => store.write(files),
          () =>
            store.write(files.map(({ path, bytes }, i) => ({ path, bytes: i % 2 === 0 ? bytes : bytes.subarray(0, bytes.length / 2) }))),
        ),
      publish: (file) => ask(`publish ${file.path}`, () => store.publish(file)),
      remove: (paths) =>
        ask(
          'remove',
          () => store.remove(paths),
          () => store.remove(paths.slice(0, paths.length / 2)),
        ),
      swapLastSigned: (expected, next) =>
        ask(
          'swap',
          async () => {
            await store.swapLastSigned(expected, next);
            memory.torn = undefined;
            signed.push(next);
          },
          async () => {
            memory.torn = next.slice(0, -30);
          },
        ),
    },
    keys: {
      current: inner.current,
      pending: inner.pending,
      prepare: () => ask('prepare key', inner.prepare),
      promote: () => ask('promote key', inner.promote),
      discard: () => ask('discard key', inner.discard),
    },
  };
}
