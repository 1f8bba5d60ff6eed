import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LedgerKeys } from './keys.ts';
import { LedgerError } from './ledger.ts';
import { generateSigner, NoteError, parseSigner, type Signer } from './note.ts';

/**
 * The signing key in a file that only its owner may read: one line, `PRIVATE+KEY+name+id+…`. The key to come is `PATH.next`.
 *
 * State after each failure: a torn `PATH.next` counts as none; the rename that puts it in force is atomic.
 * @param name of new keys: the log's origin
 */
export function createKeyFiles(path: string, name: string): LedgerKeys {
  const next = `${path}.next`;

  async function syncFolder(): Promise<void> {
    const folder = await open(dirname(path), 'r');
    await folder.sync().finally(() => folder.close());
  }

  return {
    async current() {
      const text = await readText(path);
      if (text === undefined) return undefined;
      const signer = signerIn(text);
      if (signer === undefined) throw new LedgerError('damaged', 'The signing key of the ledger cannot be read');
      if (signer.name !== name) throw new LedgerError('damaged', `The signing key belongs to the log ${signer.name}, not to ${name}`);
      return signer;
    },
    async pending() {
      const text = await readText(next);
      return text === undefined ? undefined : signerIn(text);
    },
    async prepare() {
      const signer = generateSigner(name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rm(next, { force: true });
      const file = await open(next, 'wx', 0o600);
      try {
        await file.write(`${signer.skey}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await syncFolder();
      return signer;
    },
    async promote() {
      if ((await readText(next)) === undefined) return;
      await rename(next, path);
      await syncFolder();
    },
    async discard() {
      await rm(next, { force: true });
    },
  };
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Undefined where the line is torn. */
function signerIn(text: string): Signer | undefined {
  try {
    return parseSigner(text.trimEnd());
  } catch (error) {
    if (error instanceof NoteError) return undefined;
    throw error;
  }
}
