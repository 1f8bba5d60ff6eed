import { readFile, stat } from 'node:fs/promises';
import { Invalid } from '../verify/crypto.ts';
import { folderSource } from '../verify/folder.ts';
import { verifyLedger } from '../verify/ledger.ts';
import { nodeCrypto } from '../verify/node-crypto.ts';
import { parseVerifierKey, parseVerifierKeys, type VerifierKey } from '../verify/note.ts';
import { isProof, parseProof } from '../verify/proof.ts';
import { verifyReceipt } from '../verify/receipt.ts';
import { readArgs, UsageError } from './usage.ts';
import { describeLedger, describeReceipt } from './verify-words.ts';

const help = `
Usage: mayfly verify RECEIPT [--key VKEY] [--photo FILE]... [--result FILE] [--json]
       mayfly verify LEDGER_FOLDER [--key VKEY] [--checkpoint FILE] [--json]

Checks a receipt, or a whole ledger, with nothing but the files given: no network, no configuration. docs/verify.md explains each line.

  --key VKEY         the verifier key that you trust, or a file of such keys; without it the key is taken from what is checked
  --photo FILE       a photo as it was sent: is it the one of the receipt? Once for each photo
  --result FILE      the picture as it came back
  --checkpoint FILE  a checkpoint or a receipt that you kept: does the ledger still have all that it had?
  --json             the report as JSON

Exit code 0: valid; 1: not valid; 2: called wrongly, or a file cannot be read.
`;

const options = {
  key: { type: 'string', multiple: true },
  photo: { type: 'string', multiple: true },
  result: { type: 'string' },
  checkpoint: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export async function verify(args: readonly string[]): Promise<number> {
  const read = readArgs(args, help, options);
  if (read === undefined) return 0;
  const { key, photo, result, checkpoint, json = false } = read.values;
  const [path, ...more] = read.positionals;
  if (path === undefined || more.length > 0) throw new UsageError(help.trim());
  const pinned = key && { pinned: (await Promise.all(key.map(readKeys))).flat() };
  const folder = await orUnreadable(path, async () => (await stat(path)).isDirectory());
  if (folder ? photo !== undefined || result !== undefined : checkpoint !== undefined) throw new UsageError(help.trim());

  if (folder) {
    const kept = checkpoint === undefined ? undefined : checkpointIn(await readText(checkpoint));
    const report = await verifyLedger(folderSource(path), { crypto: nodeCrypto, ...pinned, ...(kept !== undefined && { kept }) });
    return say(report, describeLedger(report), json);
  }
  const photos = await Promise.all((photo ?? []).map(readBytes));
  const picture = result === undefined ? {} : { result: await readBytes(result) };
  const report = await verifyReceipt(await readText(path), { crypto: nodeCrypto, ...pinned, photos, ...picture });
  return say(report, describeReceipt(report), json);
}

function say(report: { readonly valid: boolean }, words: string, json: boolean): number {
  process.stdout.write(json ? `${JSON.stringify(report, bytesAsBase64, 2)}\n` : words);
  return report.valid ? 0 : 1;
}

function bytesAsBase64(_name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

/** A receipt is a checkpoint that everybody has who ever sent a photo. */
function checkpointIn(text: string): string {
  return isProof(text) ? asUsage(() => parseProof(text).checkpoint) : text;
}

async function readKeys(text: string): Promise<readonly VerifierKey[]> {
  if (/\+[0-9a-f]{8}\+/.test(text)) return asUsage(() => [parseVerifierKey(text, nodeCrypto)]);
  const lines = await readText(text);
  return asUsage(() => parseVerifierKeys(lines, nodeCrypto));
}

function asUsage<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Invalid) throw new UsageError(error.message);
    throw error;
  }
}

/** What is not UTF-8 becomes another letter, and is found out as any wrong letter is. */
async function readText(path: string): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readBytes(path));
}

function readBytes(path: string): Promise<Uint8Array> {
  return orUnreadable(path, () => readFile(path));
}

async function orUnreadable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
}
