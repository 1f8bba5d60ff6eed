import { unseal } from './cipher.ts';
import { headerBytes, readHeader, tagBytes } from './format.ts';
import { startSealing } from './sealing.ts';
import { type Vault, VaultError } from './vault.ts';

/** The vault in memory, for tests of one process and for a darkroom's rehearsal. It holds the same sealed bytes as the folder would. */
export function createMemoryVault(files: Map<string, Buffer> = new Map()): Vault {
  return {
    seal: (label) =>
      startSealing(label, async (id) => {
        files.set(id, Buffer.alloc(0));
        return {
          async write(bytes) {
            // A purge may come while this is written; what is gone stays gone.
            const sofar = files.get(id);
            if (sofar !== undefined) files.set(id, Buffer.concat([sofar, bytes]));
          },
          close: async () => undefined,
          discard: async () => undefined,
        };
      }),
    async open(id, key) {
      const file = files.get(id);
      if (file === undefined) throw new VaultError('missing', 'There is no such artifact');
      return unseal(file, key);
    },
    async list() {
      return [...files].map(([name, file]) => {
        const header = readHeader(file);
        if (header === undefined) return { name, bytes: file.length };
        const { job, role, deadline, boot } = header;
        return { name, label: { job, role, deadline, boot }, bytes: Math.max(0, file.length - headerBytes - tagBytes) };
      });
    },
    async destroy(name) {
      files.delete(name);
    },
    check: async () => undefined,
  };
}
