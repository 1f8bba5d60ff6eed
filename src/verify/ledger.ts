import { type BooksReport, createBooks } from './books.ts';
import { same, toText } from './bytes.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { type Crypto, Invalid } from './crypto.ts';
import { createFindings, type Find, type Rule, type Violation } from './findings.ts';
import { checkHandover, handoverPath } from './handover.ts';
import { readLeaf } from './leaf.ts';
import type { Head } from './merkle.ts';
import { parseVerifierKeys, type VerifierKey } from './note.ts';
import { rebuild } from './rebuild.ts';
import { snapshot } from './snapshot.ts';
import { checkStrays } from './strays.ts';
import type { Source } from './tiles.ts';

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
  const notes: string[] = [];
  const result = (more: Partial<LedgerReport> = {}): LedgerReport => ({
    pinned: false,
    ...more,
    valid: findings.count === 0,
    violations: findings.violations,
    violationCount: findings.count,
    notes,
  });

  const keys = await orFind('keys', 'vkey', find, async () => parseVerifierKeys(await readText(source, 'vkey'), crypto));
  if (keys === undefined) return result();
  const checkpoint = await orFind('checkpoint', 'checkpoint', find, async () =>
    openCheckpoint(await readText(source, 'checkpoint'), keys, crypto),
  );
  const older =
    kept && (await orFind('checkpoint', 'the kept checkpoint', find, () => openCheckpoint(kept, [...(pinned ?? []), ...keys], crypto)));
  if (checkpoint === undefined) return result();

  const books = createBooks(
    keys.map(({ text }) => text),
    find,
  );
  /** The tree right after each `key.rotated`, with the key that was replaced. */
  const rotations: { key: string; head: Head }[] = [];
  let keptRoot: Uint8Array | undefined;
  let unread = false;
  const entries = await rebuild(source, checkpoint, crypto, find, (index, bytes, tree) => {
    if (older && tree.size === older.size) keptRoot = tree.root();
    const entry = bytes && orFindNow(index, find, () => readLeaf(bytes));
    if (entry === undefined) {
      if (!unread) books.gap();
      unread = true;
      return;
    }
    unread = false;
    books.add(index, entry);
    if (entry.ev === 'key.rotated') rotations.push({ key: entry.from, head: { size: tree.size, root: tree.root() } });
  });

  if (older) judgeKept(older, checkpoint, keptRoot, find);
  const trusted = await judgeKeys();
  const known = new Set(['checkpoint', 'vkey', ...keys.map(handoverPath)]);
  notes.push(...(await checkStrays(source, { size: checkpoint.size, pruned: entries.pruned }, known, find)));
  return result({ checkpoint, pinned: trusted, entries, books: books.end(entries.pruned), ...(older && { continues: older.size }) });

  /** Only the newest key signs; the one before it only what ends with its replacement. Trust goes from a pinned key over the handovers. */
  async function judgeKeys(): Promise<boolean> {
    if (keys === undefined || checkpoint === undefined) return false;
    const newest = keys.length - 1;
    const signer = Math.max(...checkpoint.signers.map((key) => keys.indexOf(key)));
    const justRotated = rotations.at(-1)?.head.size === checkpoint.size;
    if (signer !== newest && !(signer === newest - 1 && justRotated)) {
      find({ rule: 'checkpoint', file: 'checkpoint', what: 'It is signed by a key that has been replaced' });
    }
    let trusted = false;
    for (const [i, key] of keys.entries()) {
      if (pinned?.some(({ text }) => text === key.text)) trusted = true;
      if (i === newest) break;
      const rotation = rotations.find((each) => each.key === key.text);
      const signed = rotation !== undefined && (await checkHandover(source, key, rotation.head, crypto, find));
      if (!signed) notes.push(`Nothing shows that the key ${key.id} signed its replacement`);
      trusted &&= signed;
    }
    if (pinned !== undefined && !trusted)
      find({ rule: 'keys', file: 'vkey', what: 'No given key is the newest one, or has handed over to it' });
    return trusted;
  }
}

function judgeKept(older: Checkpoint, newer: Checkpoint, root: Uint8Array | undefined, find: Find): void {
  const { size, origin } = older;
  if (origin !== newer.origin) find({ rule: 'fork', what: `The kept checkpoint is of another log, ${origin}` });
  else if (size > newer.size)
    find({ rule: 'rollback', index: newer.size, what: `The kept checkpoint has ${size} entries, the ledger ${newer.size}` });
  else if (size > 0 && root !== undefined && !same(root, older.root)) {
    find({ rule: 'fork', what: `The first ${size} entries are not those of the kept checkpoint` });
  }
}

async function readText(source: Source, path: string): Promise<string> {
  const bytes = await source.read(path);
  if (bytes === undefined) throw new Invalid('The file is missing');
  return toText(bytes, path);
}

async function orFind<T>(rule: Rule, file: string, find: Find, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    find({ rule, file, what: error.message });
    return undefined;
  }
}

function orFindNow<T>(index: number, find: Find, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    find({ rule: 'entry', index, what: error.message });
    return undefined;
  }
}
