import { LedgerError } from './ledger.ts';
import type { LedgerStore } from './store.ts';

/** What a memory store holds: given to another store, it is what a restart finds. */
export interface Memory {
  readonly files: Map<string, Uint8Array>;
  lastSigned: string | undefined;
  /** A note that a write has left by half. */
  torn?: string | undefined;
}

export const emptyMemory = (): Memory => ({ files: new Map(), lastSigned: undefined });

/** The log in memory, for tests. */
export function createMemoryStore(memory: Memory = emptyMemory()): LedgerStore {
  const { files } = memory;
  return {
    async read(path) {
      const bytes = files.get(path);
      return bytes && new Uint8Array(bytes);
    },
    async write(written) {
      for (const { path, bytes } of written) files.set(path, new Uint8Array(bytes));
    },
    async publish({ path, bytes }) {
      files.set(path, new Uint8Array(bytes));
    },
    async remove(paths) {
      for (const name of [...files.keys()]) if (paths.some((path) => name === path || name.startsWith(`${path}/`))) files.delete(name);
    },
    async list(folder) {
      const within = [...files.keys()].filter((name) => name.startsWith(`${folder}/`)).map((name) => name.slice(folder.length + 1));
      return [...new Set(within.map((name) => name.split('/')[0] ?? name))];
    },
    lastSigned: async () => [memory.lastSigned, memory.torn].flatMap((note) => note ?? []),
    async swapLastSigned(expected, next) {
      if (memory.lastSigned !== expected && memory.lastSigned !== next)
        throw new LedgerError('forked', 'Somebody else has signed a checkpoint of this log');
      memory.lastSigned = next;
    },
    close: async () => undefined,
  };
}
