import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createFolders } from './folders.ts';
import { openLastSigned } from './last-signed.ts';
import type { LedgerReader, LedgerStore } from './store.ts';

/** The read side alone: what a receiver or a command needs, also while a service writes. */
export function createFolderReader(dir: string): LedgerReader {
  return {
    async read(path) {
      try {
        return await readFile(join(dir, path));
      } catch (error) {
        if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
        throw error;
      }
    },
  };
}

/**
 * The log in a folder, in files as any web server could serve them.
 * @param dir made where it is missing
 * @param lastSigned path of the file with the last signed checkpoint, outside of `dir`
 */
export async function openFolderStore(dir: string, lastSigned: string): Promise<LedgerStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const last = await openLastSigned(lastSigned);
  const folders = createFolders(dir);
  const at = (path: string) => join(dir, path);
  const folderOf = ({ path }: { readonly path: string }) => dirname(at(path));

  return {
    ...createFolderReader(dir),

    async write(files) {
      const touched = new Set(files.map(folderOf));
      await Promise.all([...touched].map(folders.make));
      const opened = await Promise.allSettled(files.map(async ({ path, bytes }) => ({ bytes, file: await create(at(path)) })));
      // A name is there as soon as its file is opened, so that it need not wait for the bytes to become durable. Every file is closed, whatever fails.
      const filled = opened.map((one) => (one.status === 'fulfilled' ? fill(one.value.file, one.value.bytes) : Promise.reject(one.reason)));
      const [synced, ...results] = await Promise.allSettled([folders.sync(touched), ...filled]);
      for (const result of [...results, synced]) if (result.status === 'rejected') throw result.reason;
    },

    async publish({ path, bytes }) {
      const temporary = at(`${path}.tmp`);
      await folders.make(folderOf({ path }));
      await fill(await create(temporary), bytes);
      await rename(temporary, at(path));
      await folders.sync([folderOf({ path })]);
    },

    async remove(paths) {
      for (const path of paths.map(at)) {
        folders.forget(path);
        await rm(path, { recursive: true, force: true });
      }
      for (const path of new Set(paths.map((one) => folderOf({ path: one })))) await folders.sync([path]).catch(ignoreMissing);
    },

    list: (folder) => readdir(at(folder)).catch((error) => ignoreMissing(error) ?? []),
    lastSigned: last.candidates,
    swapLastSigned: last.swap,
    async close() {
      await folders.close();
      await last.close();
    },
  };
}

/** O_DSYNC: when the write has returned, the bytes are on the disk; one call less than an fsync of its own. */
const durableWrite = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_DSYNC;

const create = (path: string): Promise<FileHandle> => open(path, durableWrite, 0o600);

async function fill(file: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
  } finally {
    await file.close();
  }
}

function ignoreMissing(error: unknown): undefined {
  if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw error;
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.some((code) => code === error.code);
}
