import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The folders of a log: a new name is durable only when its folder is synced. They are kept open, for each commit syncs the same few. */
export interface Folders {
  /** Makes a folder and those above it. Their names are durable after the next `sync`. */
  make(path: string): Promise<void>;
  /** Syncs folders, and those above them where they are new. */
  sync(paths: Iterable<string>): Promise<void>;
  /** A folder is removed, or one above it. */
  forget(path: string): void;
  close(): Promise<void>;
}

/** Folders that are kept open: two partial ones for each level of the tree, and those above them. */
const mostOpen = 16;

/** @param root is there, and its name durable */
export function createFolders(root: string): Folders {
  /** Folders whose own names are durable. */
  const durable = new Set<string>([root]);
  /** Used longest ago first. */
  const handles = new Map<string, FileHandle>();

  async function syncOne(path: string): Promise<void> {
    const mine = handles.get(path) ?? (await open(path, 'r'));
    // Another sync of the same folder may have opened it meanwhile: one of the two is kept.
    const handle = handles.get(path) ?? mine;
    if (handle !== mine) void letGo(mine);
    handles.delete(path);
    handles.set(path, handle);
    for (const [oldest] of handles) if (handles.size > mostOpen) drop(oldest);
    await handle.sync();
  }

  function drop(path: string): void {
    const handle = handles.get(path);
    if (handle !== undefined) void letGo(handle);
    handles.delete(path);
  }

  return {
    async make(path) {
      if (!durable.has(path)) await mkdir(path, { recursive: true, mode: 0o700 });
    },
    async sync(paths) {
      const needed = new Set(paths);
      const fresh: string[] = [];
      for (const path of paths) {
        for (let at = path; !durable.has(at); at = dirname(at)) {
          fresh.push(at);
          needed.add(dirname(at));
        }
      }
      await Promise.all([...needed].map(syncOne));
      for (const path of fresh) durable.add(path);
    },
    forget(path) {
      const below = (name: string) => name === path || name.startsWith(`${path}/`);
      for (const name of durable) if (below(name)) durable.delete(name);
      for (const name of [...handles.keys()]) if (below(name)) drop(name);
    },
    async close() {
      await Promise.all([...handles.values()].map(letGo));
      handles.clear();
    },
  };
}

/** Waits for what is under way. A folder that was only read has nothing to lose, so that an error means nothing: it must not end the process. */
function letGo(handle: FileHandle): Promise<void> {
  return handle.close().catch(() => undefined);
}
