import type { Clock } from '../clock.ts';
import { createCommitter } from './commit.ts';
import type { LedgerKeys } from './keys.ts';
import { type Ledger, LedgerError } from './ledger.ts';
import type { Signer } from './note.ts';
import { createProver } from './prover.ts';
import { pruneBundles } from './prune.ts';
import { createQueue } from './queue.ts';
import { type Extent, firstBundle, readBackward, readForward } from './reading.ts';
import { finishRotation } from './rotation.ts';
import { startLog } from './start.ts';
import type { LedgerStore } from './store.ts';
import { tileWidth } from './tile.ts';

export interface LedgerParts {
  readonly store: LedgerStore;
  readonly keys: LedgerKeys;
  /** UUID of this run. */
  readonly boot: string;
  readonly clock: Clock;
}

/**
 * The books as a tile log. An append reads nothing and writes the right edge of the tree alone, however long the log is.
 * @throws LedgerError `damaged`, `behind`, `forked`: the log does not run
 */
export async function openLedger({ store, keys, boot, clock }: LedgerParts): Promise<Ledger> {
  const { head, signer } = await startLog(store, keys);
  const committer = createCommitter(store, clock, head, () => {
    unwritable();
    queue.refuseWaiting();
  });
  await committer.publish();
  let kept = await firstBundle(store, head.tree.size);
  let signers: readonly Signer[] = [signer];
  let writable = true;
  let closed = false;
  let pruning: Promise<unknown> = Promise.resolve();
  /** What a rotation has still to do before anything more is signed. */
  let finish: () => Promise<void> = async () => undefined;

  const queue = createQueue(
    { boot, clock },
    () => committer.head.tree.size,
    write,
    () => committer.publish().catch(unwritable),
  );

  async function write(texts: readonly string[]): Promise<void> {
    const entries = texts.map((text) => Buffer.from(text));
    try {
      await finish();
      await committer.commit(entries, signers);
      writable = true;
    } catch (error) {
      writable = false;
      throw error instanceof LedgerError ? error : new LedgerError('unwritable', 'The ledger cannot be written');
    }
  }

  /** After a commit: what is signed is in the books already. That the rest cannot be done stops the next commit, not this one. */
  function unwritable(): void {
    writable = false;
  }

  function mustTake(): void {
    if (closed) throw new LedgerError('closed', 'The ledger is closed');
    if (committer.inDoubt) throw new LedgerError('unwritable', 'The ledger cannot be written');
  }

  const extent = (): Extent => ({ size: committer.head.tree.size, kept: () => kept });

  async function prune(before: number): Promise<number> {
    const was = kept;
    const book = (entries: number) => queue.append([{ ev: 'log.pruned', before, entries }]);
    try {
      kept = await pruneBundles(store, committer.head.tree.size, kept, before, book);
    } catch (error) {
      // A removal that failed half-way has moved the beginning too.
      kept = await firstBundle(store, committer.head.tree.size);
      throw error;
    }
    return (kept - was) * tileWidth;
  }

  return {
    get writable() {
      return writable;
    },
    get size() {
      return committer.head.tree.size;
    },
    get checkpoint() {
      return committer.head.checkpoint;
    },
    get vkey() {
      return (signers[0] ?? signer).vkey;
    },
    async append(event) {
      mustTake();
      const [recorded] = await queue.append([event]);
      if (recorded === undefined) throw new RangeError('An append has one entry');
      return recorded;
    },
    async appendAll(events) {
      mustTake();
      return events.length === 0 ? [] : queue.append(events);
    },
    entries: (from = 0, to = committer.head.tree.size) => readForward(store, extent(), from, to),
    newestFirst: () => readBackward(store, extent()),
    async proof(index) {
      const { tree, checkpoint } = committer.head;
      return { index, hashes: await createProver(store, tree.size).inclusion(index), checkpoint };
    },
    async consistency(from, to) {
      return createProver(store, committer.head.tree.size).consistency(from, to);
    },
    async prune(before) {
      mustTake();
      const done = pruning.then(() => prune(before));
      pruning = done.catch(() => undefined);
      return done;
    },
    async rotate() {
      mustTake();
      return queue.inTurn(async (commit) => {
        const [from = signer] = signers;
        const to = await keys.prepare();
        signers = [from, to];
        try {
          await commit([{ ev: 'key.rotated', from: from.vkey, to: to.vkey }]);
        } catch (error) {
          signers = [from];
          if (!committer.inDoubt) await keys.discard();
          throw error;
        }
        signers = [to];
        const { checkpoint } = committer.head;
        finish = async () => {
          await finishRotation(store, keys, checkpoint, from, to);
          finish = async () => undefined;
        };
        await finish().catch(unwritable);
        await committer.publish().catch(unwritable);
        return { from: from.vkey, to: to.vkey };
      });
    },
    async close() {
      closed = true;
      await committer.giveUp();
      await Promise.all([queue.idle(), pruning]);
      // What was published meanwhile has files to remove too.
      await committer.giveUp();
      await store.close();
    },
  };
}
