import * as z from 'zod';
import type { ClosedObject, EntryOf, ObjectRole } from '../ledger/entry.ts';
import { fromBase64, fromText, toText } from './bytes.ts';
import { isCanonical } from './canonical.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { commitmentOf } from './commitment.ts';
import { type Crypto, Invalid } from './crypto.ts';
import { readLeaf } from './leaf.ts';
import { leafHash, verifyInclusion } from './merkle.ts';
import { parseVerifierKey, type VerifierKey } from './note.ts';
import { parseProof, type TlogProof } from './proof.ts';

/** What a receipt carries besides the proof. Nothing of it is signed: the entry counts only once its hash is proven to be in the log. */
const extraSchema = z.strictObject({
  /** The exact text of the job's closed entry. */
  entry: z.string(),
  /** Only in a receipt that the app fetched itself, the first time. */
  keys: z.strictObject({ commitment: z.string() }).exactOptional(),
  vkey: z.string(),
  proves: z.string(),
  cannot_prove: z.string(),
});

export interface ReceiptOptions {
  readonly crypto: Crypto;
  /** Keys that the caller trusts for reasons of its own. Without any, the receipt's own is taken at its word. */
  readonly pinned?: readonly VerifierKey[];
  /** Objects of the job that somebody kept, to be recognised. */
  readonly photos?: readonly Uint8Array[];
  readonly result?: Uint8Array;
}

export interface Check {
  readonly name: 'format' | 'signature' | 'inclusion' | 'entry' | 'photo' | 'result';
  readonly ok: boolean;
  readonly says: string;
}

export interface ReceiptReport {
  readonly valid: boolean;
  readonly pinned: boolean;
  /** In the order they were made; the first one that fails ends those of the receipt itself. */
  readonly checks: readonly Check[];
  /** The rest only where the receipt itself holds. */
  readonly index?: number;
  readonly checkpoint?: Checkpoint;
  readonly closed?: EntryOf<'job.closed'>;
}

/** Checks a receipt, and that the objects given are those of its job. Needs nothing but the text. */
export async function verifyReceipt(text: string, { crypto, pinned, photos = [], result }: ReceiptOptions): Promise<ReceiptReport> {
  const checks: Check[] = [];
  const report = (more: Partial<ReceiptReport> = {}): ReceiptReport => ({
    pinned: pinned !== undefined,
    ...more,
    checks,
    valid: checks.every(({ ok }) => ok),
  });
  let checking: Check['name'] = 'format';
  const passed = (says: string) => checks.push({ name: checking, ok: true, says });
  try {
    const proof = parseProof(text);
    const { entry, keys, vkey } = readExtra(proof);
    const own = parseVerifierKey(vkey, crypto);
    passed('a c2sp.org/tlog-proof@v1 file');

    checking = 'signature';
    const checkpoint = await openCheckpoint(proof.checkpoint, pinned ?? [own], crypto);
    passed(`${checkpoint.signers.map(({ name, id }) => `${name}+${id}`).join(', ')} signed a ledger of ${checkpoint.size} entries`);

    checking = 'inclusion';
    const leaf = leafHash(crypto, fromText(entry));
    const { index, hashes } = proof;
    if (!verifyInclusion(crypto, { index, leaf, proof: hashes, size: checkpoint.size, root: checkpoint.root })) {
      throw new Invalid(`The hashes do not lead from the entry, as number ${index}, to the signed root`);
    }
    passed(`the entry is number ${index} of it`);

    checking = 'entry';
    const closed = readLeaf(fromText(entry));
    if (closed.ev !== 'job.closed') throw new Invalid(`Expected a job.closed entry but received ${closed.ev}`);
    passed(`job ${closed.job} is closed: ${closed.why}`);

    const key = keys && fromBase64(keys.commitment, 'commitment key');
    const recognise = (name: 'photo' | 'result', role: ObjectRole, files: readonly Uint8Array[]) =>
      checks.push({ name, ...recogniseAll(crypto, key, objectsOf(closed, role), files) });
    if (photos.length > 0) recognise('photo', 'in', photos);
    if (result !== undefined) recognise('result', 'out', [result]);
    return report({ index, checkpoint, closed });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    checks.push({ name: checking, ok: false, says: error.message });
    return report();
  }
}

const objectsOf = ({ objects }: EntryOf<'job.closed'>, role: ObjectRole) => objects.filter((object) => object.role === role);

/** Each file must be another one of the objects. */
function recogniseAll(
  crypto: Crypto,
  key: Uint8Array | undefined,
  objects: readonly ClosedObject[],
  files: readonly Uint8Array[],
): Pick<Check, 'ok' | 'says'> {
  if (key === undefined)
    return { ok: false, says: 'cannot be told: the receipt has no commitment key; the app gets it once, with its first receipt' };
  const left = [...objects];
  for (const file of files) {
    const commitment = commitmentOf(crypto, key, file);
    const found = left.findIndex((object) => object.commitment === commitment && object.bytes === file.length);
    if (found < 0) return { ok: false, says: `the file of ${file.length} bytes is not one of the job` };
    left.splice(found, 1);
  }
  return { ok: true, says: `${files.length === 1 ? 'the file is' : 'the files are'} what the entry commits to` };
}

function readExtra({ extra }: TlogProof): z.infer<typeof extraSchema> {
  if (extra === undefined) throw new Invalid('Expected an extra line');
  const text = toText(extra, 'extra');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Invalid('extra: Expected JSON');
  }
  const read = extraSchema.safeParse(value);
  if (!read.success) throw new Invalid('extra: Expected entry, vkey, proves, cannot_prove, and keys or none');
  if (!isCanonical(text, value)) throw new Invalid('extra: Expected canonical JSON');
  return read.data;
}
