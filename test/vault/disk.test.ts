import { randomBytes, randomUUID } from 'node:crypto';
import * as real from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Vault } from '../../src/vault/vault.ts';

/** Node's own calls, taken now: what stands in for them calls them. */
const { lstat, mkdtemp, open, rm } = real;
let disk: { readonly code: string; readonly at: 'open' | 'write' | 'lstat' } | undefined;
const failure = (at: string) => (disk?.at === at ? Object.assign(new Error(disk.code), { code: disk.code }) : undefined);

jest.unstable_mockModule('node:fs/promises', () => ({
  ...real,
  async open(...args: Parameters<typeof open>) {
    const refused = failure('open');
    if (refused) throw refused;
    const file = await open(...args);
    const write = file.write.bind(file);
    const failing = async (bytes: Uint8Array, at: number) => {
      const error = failure('write');
      if (error) throw error;
      // As a system may: half of it now.
      return write(bytes, at, Math.ceil((bytes.length - at) / 2));
    };
    return Object.assign(file, { write: failing });
  },
  async lstat(path: Buffer) {
    const error = failure('lstat');
    if (error) throw error;
    return lstat(path);
  },
}));
const { createFolderVault } = await import('../../src/vault/folder.ts');

describe('a vault on a disk that fails', () => {
  let dir: string;
  let vault: Vault;
  const label = { job: randomUUID(), role: 'in', deadline: 1, boot: randomUUID() } as const;
  beforeEach(async () => {
    disk = undefined;
    dir = await mkdtemp(join(tmpdir(), 'mayfly-vault-'));
    vault = createFolderVault(dir);
  });
  afterEach(async () => {
    disk = undefined;
    await rm(dir, { recursive: true });
  });

  it.each(['ENOSPC', 'EDQUOT'])('says that it is full: %s', async (code) => {
    disk = { code, at: 'open' };
    await expect(vault.seal(label)).rejects.toMatchObject({ fault: 'full' });
    disk = undefined;
    const sealing = await vault.seal(label);
    await sealing.write(Buffer.alloc(0));
    disk = { code, at: 'write' };
    await sealing.write(Buffer.from('kept back'));
    await expect(sealing.finish()).rejects.toMatchObject({ fault: 'full' });
  });

  it('calls no other failure a lack of room', async () => {
    disk = { code: 'EIO', at: 'open' };
    await expect(vault.seal(label)).rejects.toMatchObject({ code: 'EIO' });
  });

  it('leaves out of its list what has just gone, and nothing else', async () => {
    const { id } = await (await vault.seal(label)).finish();
    disk = { code: 'ENOENT', at: 'lstat' };
    expect(await vault.list()).toEqual([]);
    disk = { code: 'EIO', at: 'lstat' };
    expect(await vault.list()).toEqual([{ name: id, bytes: 0 }]);
  });

  it('stores all of it where the system takes less at once', async () => {
    const photo = randomBytes(700_000);
    const sealing = await vault.seal(label);
    await sealing.write(photo);
    const { id, key } = await sealing.finish();
    expect(await vault.open(id, key)).toEqual(photo);
  });
});
