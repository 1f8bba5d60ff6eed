import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderVault } from '../../src/vault/folder.ts';
import { createMemoryVault } from '../../src/vault/memory.ts';
import { vaultContract } from '../contract/vault.ts';

vaultContract('the folder vault', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'mayfly-vault-'));
  return {
    vault: createFolderVault(dir),
    stored: (id) => readFile(join(dir, id)),
    tamper: (id, bytes) => writeFile(join(dir, id), bytes),
    plant: (name, bytes) => writeFile(join(dir, name), bytes),
    dispose: () => rm(dir, { recursive: true }),
  };
});

vaultContract('the memory vault', async () => {
  const files = new Map<string, Buffer>();
  const put = async (name: string, bytes: Buffer) => void files.set(name, bytes);
  return {
    vault: createMemoryVault(files),
    stored: async (id) => files.get(id) ?? Buffer.alloc(0),
    tamper: put,
    plant: put,
    dispose: async () => undefined,
  };
});
