import { type Clock, sleep } from '../clock.ts';
import { formatCheckpoint } from './checkpoint.ts';
import { LedgerError } from './ledger.ts';
import { rootOf } from './merkle.ts';
import { type Signer, signNote } from './note.ts';
import type { LedgerStore } from './store.ts';
import { grow, type Tree } from './tree.ts';

/**
 * How entries get into the books.
 *
 * 1. New tiles and entry bundles are written and synced, all at once: nothing points to them yet, so their order among themselves is free.
 * 2. The new root is signed, in memory. The swap of the last signed checkpoint puts the signature on the disk. This is the commit: before it
 *    nothing has happened, after it the entries are in the books for good. No signature is anywhere on the disk before its swap, not even
 *    under a temporary name: a crash could leave it there, and the next run would sign another tree of the same size.
 * 3. The checkpoint that readers see is written to a temporary name, synced, renamed; the folder is synced. Only then is anything else signed.
 *
 * | fails | on the disk | whoever waits is told | then |
 * | --- | --- | --- | --- |
 * | 1 | files, or parts of them, that no checkpoint reaches | no | they are removed before anything else is written: see tidy.ts |
 * | death in 1, or before 2 | the same | nothing | recovery removes them |
 * | 2, surely: another writer was here | the same | no | nothing is signed any more until somebody looks at it |
 * | 2, perhaps (EIO: the disk may or may not have it) | the old signature, the new one, or a torn one beside the old | nothing yet | the same bytes are swapped again until the disk says yes. Nothing else is signed: it would be a fork |
 * | death in 2 | the same | nothing | recovery takes the newest signature that holds; both are of trees that are whole |
 * | 3 | signed and not shown | yes, after 2 already | published before anything else is signed |
 * | death in 3 | the same | yes | recovery publishes it |
 */
export interface Committer {
  readonly head: Head;
  /** The outcome of a swap is not known: what comes now can only be refused. */
  readonly inDoubt: boolean;
  /**
   * Steps 1 and 2. One call at a time.
   * @param signers one, or two while a key is replaced
   * @throws LedgerError `unwritable`; `in-doubt` after `giveUp`
   */
  commit(entries: readonly Uint8Array[], signers: readonly Signer[]): Promise<void>;
  /** Step 3, where it is due. Rejects as the store does. */
  publish(): Promise<void>;
  /** Repeats no swap any more. Resolves when nothing of ours is under way. */
  giveUp(): Promise<void>;
}

/** Where the log stands. */
export interface Head {
  readonly tree: Tree;
  /** The last signed checkpoint. */
  readonly checkpoint: string;
}

/** Pauses between swaps that are repeated, milliseconds. */
const firstPause = 50;
const longestPause = 2000;

/** @param onDoubt told each time that a swap has to be repeated */
export function createCommitter(store: LedgerStore, clock: Clock, start: Head, onDoubt: () => void): Committer {
  let head = start;
  let published = false;
  let inDoubt = false;
  let forked = false;
  let giveUp = () => {};
  const given = new Promise<'given up'>((resolve) => {
    giveUp = () => resolve('given up');
  });
  /** Folders of partial tiles whose full tile is signed. */
  let superseded: string[] = [];
  let tidying: Promise<void> = Promise.resolve();
  /** What commits that failed may have written. */
  let litter: string[] = [];

  async function swap(next: string): Promise<void> {
    for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
      try {
        await store.swapLastSigned(head.checkpoint, next);
        inDoubt = false;
        return;
      } catch (error) {
        forked = error instanceof LedgerError && error.fault === 'forked';
        if (forked && !inDoubt) throw error;
        inDoubt = true;
        onDoubt();
        if (forked || (await Promise.race([sleep(clock, pause), given])) === 'given up')
          throw new LedgerError('in-doubt', 'Whether the entry is in the ledger is decided at the next start');
      }
    }
  }

  async function publish(): Promise<void> {
    if (published) return;
    await store.publish({ path: 'checkpoint', bytes: Buffer.from(head.checkpoint) });
    published = true;
    // Readers that still want a partial tile find its hashes at the beginning of the full one. What cannot be removed is only in the way.
    const paths = superseded;
    superseded = [];
    if (paths.length > 0) tidying = tidying.then(() => store.remove(paths)).catch(() => undefined);
  }

  async function clear(): Promise<void> {
    if (litter.length === 0) return;
    await store.remove(litter);
    litter = [];
  }

  return {
    get head() {
      return head;
    },
    get inDoubt() {
      return inDoubt;
    },
    async commit(entries, signers) {
      if (forked) throw new LedgerError('unwritable', 'Somebody else has signed a checkpoint of this log');
      await publish().catch(refuse);
      await clear().catch(refuse);
      const { tree, files } = grow(head.tree, entries);
      await store.write(files).catch(async () => {
        litter.push(...files.map(({ path }) => path));
        await clear().catch(refuse);
        refuse();
      });
      const origin = signers[0]?.name ?? '';
      const next = signNote(formatCheckpoint({ origin, size: tree.size, root: rootOf(tree.range) }), signers);
      await swap(next).catch((error: unknown) => (inDoubt ? Promise.reject(error) : refuse()));
      head = { tree, checkpoint: next };
      published = false;
      superseded.push(...files.filter(({ path }) => !path.includes('.p/')).map(({ path }) => `${path}.p`));
    },
    publish,
    async giveUp() {
      giveUp();
      await tidying;
    },
  };
}

function refuse(): never {
  throw new LedgerError('unwritable', 'The ledger cannot be written');
}
