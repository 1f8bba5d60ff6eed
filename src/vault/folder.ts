import { constants } from 'node:fs';
import { access, type FileHandle, lstat, mkdir, open, readdir, readFile, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { unseal } from './cipher.ts';
import { headerBytes, isArtifactId, readHeader, tagBytes } from './format.ts';
import { type Sink, startSealing } from './sealing.ts';
import { type Found, type Vault, VaultError } from './vault.ts';

/** Names in the folder that are Mayfly's own: the mount point's marker in the source tree, and the lock of the running service. */
const kept: ReadonlySet<string> = new Set(['.gitkeep', '.lock']);

/**
 * The vault on a folder, meant to be a tmpfs. Nothing is ever synced to disk on purpose: what a power cut loses is what we want lost.
 * Names are handled as Latin-1 so that any bytes a foreign file has for a name survive the round trip.
 */
export function createFolderVault(dir: string): Vault {
  const pathOf = (name: string) => Buffer.concat([Buffer.from(`${dir}/`), Buffer.from(name, 'latin1')]);

  return {
    seal: (label) => startSealing(label, async (id) => fileSink(await open(join(dir, id), 'wx', 0o600).catch(tellFull))),

    async open(id, key) {
      if (!isArtifactId(id)) throw new VaultError('missing', 'Not the id of an artifact');
      const file = await readFile(join(dir, id)).catch(() => {
        throw new VaultError('missing', 'There is no such artifact');
      });
      return unseal(file, key);
    },

    async list() {
      const names = await readdir(dir, { encoding: 'buffer' });
      const found = await Promise.all(names.map((name) => name.toString('latin1')).map((name) => (kept.has(name) ? [] : look(name))));
      return found.flat();
    },

    async destroy(name) {
      const path = pathOf(name);
      try {
        await unlink(path);
      } catch (error) {
        // EISDIR on Linux, EPERM on macOS: a folder somebody put here. Anything else shows in the check below.
        if (hasCode(error, 'EISDIR', 'EPERM')) await rm(path, { recursive: true, force: true }).catch(() => undefined);
      }
      // Deleted means looked for and not found, whatever unlink said.
      if (await isThere(path)) throw new VaultError('not-destroyed', 'The artifact is still there');
    },

    async check() {
      try {
        await mkdir(dir, { recursive: true, mode: 0o700 });
        await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
      } catch {
        throw new VaultError('unusable', 'The vault cannot be written');
      }
    },
  };

  /** One thing as the listing shows it; empty where it has just gone. */
  async function look(name: string): Promise<readonly Found[]> {
    const path = pathOf(name);
    try {
      const stat = await lstat(path);
      if (!stat.isFile() || !isArtifactId(name)) return [{ name, bytes: stat.size }];
      // O_NOFOLLOW and O_NONBLOCK: the name may have become a link or a pipe since lstat.
      const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      try {
        const head = Buffer.alloc(headerBytes);
        const { bytesRead } = await file.read(head, 0, headerBytes, 0);
        const header = readHeader(head.subarray(0, bytesRead));
        if (header === undefined) return [{ name, bytes: stat.size }];
        const { job, role, deadline, boot } = header;
        return [{ name, label: { job, role, deadline, boot }, bytes: Math.max(0, stat.size - headerBytes - tagBytes) }];
      } finally {
        await file.close();
      }
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return [];
      return [{ name, bytes: 0 }];
    }
  }
}

async function isThere(path: Buffer): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    return !hasCode(error, 'ENOENT');
  }
}

/** Ciphertext goes out in pieces of this size: one call for each chunk of a network would cost more than the cipher. */
const pieceBytes = 512 * 1024;

function fileSink(file: FileHandle): Sink {
  let kept: Buffer[] = [];
  let length = 0;
  let begun = false;

  async function flush(): Promise<void> {
    const piece = Buffer.concat(kept, length);
    kept = [];
    length = 0;
    for (let at = 0; at < piece.length; ) at += (await file.write(piece, at).catch(tellFull)).bytesWritten;
  }

  return {
    async write(bytes) {
      kept.push(bytes);
      length += bytes.length;
      // The header goes out at once: it says what this is.
      if (!begun || length >= pieceBytes) await flush();
      begun = true;
    },
    async close() {
      await flush();
      await file.close();
    },
    discard: () => file.close().catch(() => undefined),
  };
}

/** A tmpfs has a size; meeting it is no fault of the photo. */
function tellFull(error: unknown): never {
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) throw new VaultError('full', 'The vault is full');
  throw error;
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.some((code) => code === error.code);
}
