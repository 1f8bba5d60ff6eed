import { formatCheckpoint } from './checkpoint.ts';
import type { Head } from './commit.ts';
import type { LedgerKeys } from './keys.ts';
import { LedgerError } from './ledger.ts';
import { emptyRoot } from './merkle.ts';
import { NoteError, openNote, parseVerifier, type Signer, signNote } from './note.ts';
import { recover } from './recover.ts';
import { finishRotation, publishKey } from './rotation.ts';
import type { LedgerStore } from './store.ts';
import { filesBeyond } from './tidy.ts';
import { emptyTree } from './tree.ts';

/**
 * The log as it is to be continued: recovered, or begun with a new key and a signed checkpoint of no entries.
 *
 * A crash while it begins leaves a key and nothing signed, or a signed empty tree: both are gone on with.
 * @throws LedgerError `damaged`, `behind`, `forked`
 */
export async function startLog(store: LedgerStore, keys: LedgerKeys): Promise<{ readonly head: Head; readonly signer: Signer }> {
  const current = await keys.current();
  const pending = await keys.pending();
  const head = await recover(
    store,
    [current, pending].flatMap((key) => key ?? []),
  );
  if (head === undefined) return begin(store, keys, current);

  // A note that is read may be in the page cache alone, where the last run could not sync it. Everything to come builds on it.
  await store.swapLastSigned(head.checkpoint, head.checkpoint);
  await store.remove(await filesBeyond(store, head.tree.size));
  if (pending !== undefined && signedBy(head.checkpoint, pending)) {
    // A start after the first one has the old key still, unless the last step of the rotation was done.
    if (current !== undefined) await finishRotation(store, keys, head.checkpoint, current, pending);
    return { head, signer: pending };
  }
  await keys.discard();
  if (current === undefined) throw new LedgerError('damaged', 'The signing key of the ledger is missing');
  await publishKey(store, current);
  return { head, signer: current };
}

async function begin(store: LedgerStore, keys: LedgerKeys, made: Signer | undefined): Promise<{ head: Head; signer: Signer }> {
  const signer = made ?? (await keys.prepare());
  if (made === undefined) await keys.promote();
  const text = formatCheckpoint({ origin: signer.name, size: 0, root: emptyRoot });
  const head: Head = { tree: emptyTree, checkpoint: signNote(text, [signer]) };
  await store.swapLastSigned(undefined, head.checkpoint);
  await publishKey(store, signer);
  return { head, signer };
}

function signedBy(note: string, { vkey }: Signer): boolean {
  try {
    openNote(note, [parseVerifier(vkey)]);
    return true;
  } catch (error) {
    if (error instanceof NoteError) return false;
    throw error;
  }
}
