import type { Entry } from '../ledger/entry.ts';
import { type BooksReport, createBooks } from './books.ts';
import { same, toText } from './bytes.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { type Crypto, Invalid } from './crypto.ts';
import { createFindings, type Find, type Violation } from './findings.ts';
import { handoverPath } from './handover.ts';
import { readLeaf } from './leaf.ts';
import { parseVerifierKeys, type VerifierKey } from './note.ts';
import { rebuild } from './rebuild.ts';
import { snapshot } from './snapshot.ts';
import { checkStrays } from './strays.ts';
import type { Source } from './tiles.ts';
import { followTrust, judgeSigner, type Rotation } from './trust.ts';

export interface LedgerOptions {
  readonly crypto: Crypto;
  /** Keys that the caller trusts for reasons of its own. Without any, those of the ledger are taken at their word. */
  readonly pinned?: readonly VerifierKey[];
  /** A checkpoint that somebody kept: the ledger must still have all that it had. */
  readonly kept?: string;
}

export interface LedgerReport {
  readonly valid: boolean;
  /** The newest key is a pinned one, or a pinned one handed over to it. */
  readonly pinned: boolean;
  /** Nothing where no key of the ledger has signed it: then nothing else was looked at. */
  readonly checkpoint?: Checkpoint;
  /** Size of the kept checkpoint, where one was given and the ledger goes on from it. */
  readonly continues?: number;
  readonly entries?: { readonly read: number; readonly pruned: number };
  readonly books?: BooksReport;
  /** The first thousand of each rule. */
  readonly violations: readonly Violation[];
  readonly violationCount: number;
  /** Worth knowing, and no violation. */
  readonly notes: readonly string[];
}

/** The whole ledger: keys, checkpoint, tree, every entry, every rule of the books. Holds a tile a level, the open jobs, and little else. */
export async function verifyLedger(ledger: Source, { crypto, pinned, kept }: LedgerOptions): Promise<LedgerReport> {
  const source = await snapshot(ledger);
  const findings = createFindings();
  const { find } = findings;
  const result = (more: Partial<LedgerReport> = {}): LedgerReport => ({
    pinned: false,
    notes: [],
    ...more,
    valid: findings.count === 0,
    violations: findings.violations,
    violationCount: findings.count,
  });

  const keys = await orFind({ rule: 'keys', file: 'vkey' }, find, async () => parseVerifierKeys(await readText(source, 'vkey'), crypto));
  if (keys === undefined) return result();
  const checkpoint = await orFind({ rule: 'checkpoint', file: 'checkpoint' }, find, async () =>
    openCheckpoint(await readText(source, 'checkpoint'), keys, crypto),
  );
  const signers = [...(pinned ?? []), ...keys];
  const older =
    kept === undefined
      ? undefined
      : await orFind({ rule: 'checkpoint', file: 'the kept checkpoint' }, find, () => openCheckpoint(kept, signers, crypto));
  if (checkpoint === undefined) return result();

  const books = createBooks(
    keys.map(({ text }) => text),
    find,
  );
  const rotations: Rotation[] = [];
  let keptRoot: Uint8Array | undefined;
  const entries = await rebuild(source, checkpoint, crypto, find, (index, bytes, tree) => {
    if (older !== undefined && tree.size === older.size) keptRoot = tree.root();
    const entry = bytes && readOrFind(index, bytes, find);
    if (entry === undefined) {
      books.gap();
      return;
    }
    books.add(index, entry);
    if (entry.ev === 'key.rotated') rotations.push({ from: entry.from, head: { size: tree.size, root: tree.root() } });
  });

  if (older !== undefined) judgeKept(older, checkpoint, keptRoot, find);
  judgeSigner(keys, checkpoint, rotations, find);
  const { trusted, notes } = await followTrust(source, { all: keys, pinned }, rotations, crypto, find);
  const known = new Set(['checkpoint', 'vkey', ...keys.map(handoverPath)]);
  const strays = await checkStrays(source, { size: checkpoint.size, pruned: entries.pruned }, known, find);
  return result({
    checkpoint,
    pinned: trusted,
    entries,
    books: books.end(entries.pruned),
    notes: [...notes, ...strays],
    ...(older && { continues: older.size }),
  });
}

function judgeKept(older: Checkpoint, newer: Checkpoint, root: Uint8Array | undefined, find: Find): void {
  const { size, origin } = older;
  if (origin !== newer.origin) find({ rule: 'fork', what: `The kept checkpoint is of another log, ${origin}` });
  else if (size > newer.size)
    find({ rule: 'rollback', index: newer.size, what: `The kept checkpoint has ${size} entries, the ledger ${newer.size}` });
  else if (root !== undefined && !same(root, older.root)) {
    find({ rule: 'fork', what: `The first ${size} entries are not those of the kept checkpoint` });
  }
}

async function readText(source: Source, path: string): Promise<string> {
  const bytes = await source.read(path);
  if (bytes === undefined) throw new Invalid('The file is missing');
  return toText(bytes, path);
}

async function orFind<T>(place: Pick<Violation, 'rule' | 'file'>, find: Find, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    find({ ...place, what: error.message });
    return undefined;
  }
}

function readOrFind(index: number, bytes: Uint8Array, find: Find): Entry | undefined {
  try {
    return readLeaf(bytes);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    find({ rule: 'entry', index, what: error.message });
    return undefined;
  }
}
