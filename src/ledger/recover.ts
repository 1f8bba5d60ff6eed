import { parseCheckpoint } from './checkpoint.ts';
import type { Head } from './commit.ts';
import { LedgerError } from './ledger.ts';
import { leafHash, push, rootOf, type Subtree } from './merkle.ts';
import { NoteError, openNote, parseVerifier, type Signer, type Verifier } from './note.ts';
import { createProver } from './prover.ts';
import { readBundle, readTile } from './reading.ts';
import type { LedgerReader, LedgerStore } from './store.ts';
import { lastTiles, tileHeight, tileWidth } from './tile.ts';
import type { Tree } from './tree.ts';

/**
 * What the log is after whatever ended the last run. The last signed checkpoint decides: what is under it is in the books, whatever else lies
 * about is not.
 *
 * | found | done |
 * | --- | --- |
 * | neither a last signed checkpoint nor anything of a log | a new log: undefined |
 * | a log without a last signed checkpoint that holds | refuses: nobody can tell whether it was rolled back |
 * | tiles that do not reach it | refuses: `behind` |
 * | tiles that lead to another root | refuses: `forked` |
 * | a published checkpoint ahead of it or of another tree | refuses: `forked` |
 * | a published checkpoint behind it, or none, or a torn one | a crash between swap and rename: published again |
 * | tiles and bundles beyond it, whole or torn | a crash before the swap: removed, see tidy.ts |
 *
 * Reads the right edge only, O(log n). Whether everything inside is whole is for `mayfly verify` to say.
 * @param signers keys that may have signed last
 * @throws LedgerError `damaged`, `behind`, `forked`
 */
export async function recover(store: LedgerStore, signers: readonly Signer[]): Promise<Head | undefined> {
  const verifiers = signers.map(({ vkey }) => parseVerifier(vkey));
  const last = newest((await store.lastSigned()).flatMap((note) => readHead(note, verifiers)));
  const published = await store.read('checkpoint');
  if (last === undefined) {
    if (published === undefined && (await store.list('tile')).length === 0) return undefined;
    throw new LedgerError('damaged', 'There is a ledger, but its last signed checkpoint or the key that signed it is missing');
  }
  const tree = await rebuild(store, last.size).catch((error: unknown) => {
    if (error instanceof LedgerError) throw new LedgerError('behind', `The ledger is behind its last signed checkpoint: ${error.message}`);
    throw error;
  });
  if (!same(rootOf(tree.range), last.root)) throw new LedgerError('forked', 'The ledger has another root than its last signed checkpoint');
  tree.bundle.forEach((entry, i) => {
    if (!same(leafHash(entry), tree.levels[0]?.[i])) throw new LedgerError('damaged', 'The last entries are not those that the tree holds');
  });
  await checkPublished(store, last, published && Buffer.from(published).toString(), verifiers);
  return { tree, checkpoint: last.note };
}

interface SignedHead {
  readonly note: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** A note as a checkpoint that one of the keys has signed; empty where it is none: torn, or signed by somebody else. */
function readHead(note: string, verifiers: readonly Verifier[]): readonly SignedHead[] {
  try {
    const checkpoint = parseCheckpoint(openNote(note, verifiers));
    return checkpoint !== undefined && verifiers.some(({ name }) => name === checkpoint.origin) ? [{ ...checkpoint, note }] : [];
  } catch (error) {
    if (error instanceof NoteError) return [];
    throw error;
  }
}

function newest(heads: readonly SignedHead[]): SignedHead | undefined {
  const [last, before] = heads.toSorted((a, b) => b.size - a.size);
  if (last !== undefined && before?.size === last.size && !same(before.root, last.root))
    throw new LedgerError('forked', 'Two checkpoints of the same size are signed');
  return last;
}

/** The right edge out of the tiles of the tree of `size` leaves. @throws LedgerError where one is missing */
async function rebuild(reader: LedgerReader, size: number): Promise<Tree> {
  const partial = lastTiles(size).filter(({ width }) => width < tileWidth);
  const levels: (readonly Uint8Array[])[] = lastTiles(size).map(() => []);
  for (const { level, index } of partial) if (level !== 'entries') levels[level] = await readTile(reader, size, { level, index });

  const range: Subtree[] = [];
  for (let level = levels.length - 1; level >= 0; level--)
    for (const hash of levels[level] ?? []) push(range, { height: level * tileHeight, hash });

  const width = size % tileWidth;
  const bundle = width === 0 ? [] : await readBundle(reader, size, Math.floor(size / tileWidth));
  if (bundle === undefined) throw new LedgerError('damaged', 'The last entries are missing');
  return { size, range, levels, bundle };
}

/** What readers were shown must be the last signed tree, or its beginning. */
async function checkPublished(
  store: LedgerReader,
  last: SignedHead,
  published: string | undefined,
  verifiers: readonly Verifier[],
): Promise<void> {
  const [shown] = published === undefined ? [] : readHead(published, verifiers);
  if (shown === undefined || shown.note === last.note) return;
  const beginning = shown.size <= last.size && same(await createProver(store, last.size).root(shown.size), shown.root);
  if (!beginning) throw new LedgerError('forked', 'The published checkpoint is not the beginning of what was signed last');
}

const same = (a: Uint8Array, b: Uint8Array | undefined): boolean => b !== undefined && Buffer.compare(a, b) === 0;
