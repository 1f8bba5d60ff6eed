import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Source } from './tiles.ts';

/** A ledger in a folder of this machine. */
export function folderSource(folder: string): Source {
  return {
    async read(path) {
      try {
        return await readFile(join(folder, ...path.split('/')));
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    async *list() {
      yield* walk(folder);
    },
  };

  async function* walk(at: string): AsyncIterable<string> {
    // A ledger that is in use removes the folders of partial tiles that have grown full.
    const entries = await readdir(at, { withFileTypes: true }).catch((error: unknown) => {
      if (isAbsent(error)) return [];
      throw error;
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) yield* walk(path);
      else yield relative(folder, path).split(sep).join('/');
    }
  }
}

/** ENOTDIR too: a partial tile's folder has the name that a file may have elsewhere. */
function isAbsent(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
