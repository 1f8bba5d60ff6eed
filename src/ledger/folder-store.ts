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
      const handles = await Promise.allSettled(files.map((file) => put(at(file.path), file.bytes)));
      // Closing says nothing new after O_DSYNC, so that it need not be waited for before the folders.
      const closed = handles.map((handle) => (handle.status === 'fulfilled' ? handle.value.close() : Promise.reject(handle.reason)));
      await Promise.all([...closed, folders.sync(touched)]);
    },

    async publish({ path, bytes }) {
      const temporary = at(`${path}.tmp`);
      await folders.make(folderOf({ path }));
      await (await put(temporary, bytes)).close();
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

/** Writes a file; its name is not durable yet. */
async function put(path: string, bytes: Uint8Array): Promise<FileHandle> {
  const file = await open(path, durableWrite, 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

function ignoreMissing(error: unknown): undefined {
  if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw error;
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.some((code) => code === error.code);
}
