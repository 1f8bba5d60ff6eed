import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createFolderVault } from '../../src/vault/folder.ts';
import { belongsTo, sweep } from '../../src/vault/sweep.ts';
import type { Vault } from '../../src/vault/vault.ts';

describe('the folder vault and what others leave in it', () => {
  let dir: string;
  let vault: Vault;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'mayfly-vault-'));
    vault = createFolderVault(dir);
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('keeps artifacts readable by nobody else', async () => {
    const sealing = await vault.seal({ job: randomUUID(), role: 'in', deadline: 1, boot: randomUUID() });
    await sealing.abort();
    expect((await stat(join(dir, sealing.id))).mode & 0o777).toBe(0o600);
  });

  it('sweeps folders, links, sockets and names of any bytes, and follows no link', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'mayfly-outside-'));
    await writeFile(join(outside, 'precious'), 'stays');
    await mkdir(join(dir, 'folder/deep/deeper'), { recursive: true });
    await writeFile(join(dir, 'folder/deep/file'), 'x');
    await symlink(outside, join(dir, 'link-to-folder'));
    await symlink(join(outside, 'precious'), join(dir, 'link-to-file'));
    await symlink('nowhere', join(dir, 'dangling'));
    await writeFile(join(dir, 'new\nline'), 'x');
    await writeFile(Buffer.concat([Buffer.from(`${dir}/`), Buffer.from([0xff, 0xfe, 0x80])]), 'x');
    await writeFile(join(dir, 'ümlaut-日本'), 'x');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(dir, 'socket'), resolve));

    const report = await sweep(vault, () => false);
    server.close();
    expect(report).toEqual({ seen: 8, found: 8, destroyed: 8, failed: 0 });
    expect(await vault.list()).toEqual([]);
    expect((await stat(join(outside, 'precious'))).size).toBe(5);
    await rm(outside, { recursive: true });
  });

  it('leaves its own marker and lock alone', async () => {
    for (const name of ['.gitkeep', '.lock']) await writeFile(join(dir, name), '');
    expect(await vault.list()).toEqual([]);
    await writeFile(join(dir, '.other'), '');
    expect(await vault.list()).toEqual([{ name: '.other', bytes: 0 }]);
  });

  it('takes a sealed file under another name for a foreign one, and a folder or a pipe with the name of an artifact too', async () => {
    const { id } = await (await vault.seal({ job: randomUUID(), role: 'in', deadline: 1, boot: randomUUID() })).finish();
    const size = (await stat(join(dir, id))).size;
    await rename(join(dir, id), join(dir, 'copy'));
    expect(await vault.list()).toEqual([{ name: 'copy', bytes: size }]);
    await vault.destroy('copy');
    await mkdir(join(dir, id));
    expect(await vault.list()).toEqual([{ name: id, bytes: (await stat(join(dir, id))).size }]);
  });

  it('keeps no descriptor: not of what it lists, not of what was finished, not of what was given up', async () => {
    const descriptors = () => readdirSync('/dev/fd').length;
    const label = { job: randomUUID(), role: 'in', deadline: 1, boot: randomUUID() } as const;
    const before = descriptors();
    for (let i = 0; i < 20; i++) {
      await (await vault.seal(label)).finish();
      await (await vault.seal(label)).abort();
    }
    expect(await vault.list()).toHaveLength(40);
    expect(descriptors()).toBe(before);
  });

  it('gathers the small chunks of a network, and writes what it gathered', async () => {
    const sealing = await vault.seal({ job: randomUUID(), role: 'in', deadline: 1, boot: randomUUID() });
    const stored = async () => (await stat(join(dir, sealing.id))).size;
    for (let i = 0; i < 100; i++) await sealing.write(Buffer.alloc(1000));
    expect(await stored()).toBe(60);
    for (let i = 0; i < 500; i++) await sealing.write(Buffer.alloc(1000));
    expect(await stored()).toBeGreaterThan(500_000);
    expect(await stored()).toBeLessThan(600_000);
    await sealing.finish();
    expect(await stored()).toBe(60 + 600_000 + 16);
  });

  it('calls nothing destroyed that it cannot look for', async () => {
    await writeFile(join(dir, 'file'), '');
    await expect(createFolderVault(join(dir, 'file')).destroy('photo')).rejects.toMatchObject({ fault: 'not-destroyed' });
  });

  // A file that not even root can remove.
  (process.platform === 'linux' ? it : it.skip)('says so where something stays', async () => {
    await expect(createFolderVault('/proc/self').destroy('status')).rejects.toMatchObject({ fault: 'not-destroyed' });
  });

  it('goes on where one thing cannot be destroyed, and says how many stayed', async () => {
    const inner = createFolderVault(dir);
    const stuck: Vault = { ...inner, destroy: (name) => (name === 'b' ? Promise.reject(new Error('EBUSY')) : inner.destroy(name)) };
    for (const name of ['a', 'b', 'c']) await writeFile(join(dir, name), 'x');
    expect(await sweep(stuck, () => false)).toEqual({ seen: 3, found: 3, destroyed: 2, failed: 1 });
    expect((await inner.list()).map(({ name }) => name)).toEqual(['b']);
  });

  it('knows an artifact that has no header yet by its name', async () => {
    const [job, boot] = [randomUUID(), randomUUID()];
    await writeFile(join(dir, `${job}.in.0011223344556677`), '');
    const [found] = await vault.list();
    if (found === undefined) throw new Error('Expected one thing');
    expect(found.label).toBeUndefined();
    expect(belongsTo(found, boot, (open) => open === job)).toBe(true);
    expect(belongsTo(found, boot, () => false)).toBe(false);
    expect(belongsTo({ name: 'holiday.jpg', bytes: 1 }, boot, () => true)).toBe(false);
  });

  it('lets no artifact of another run pass as one of this', async () => {
    const [job, boot] = [randomUUID(), randomUUID()];
    await (await vault.seal({ job, role: 'in', deadline: 1, boot })).abort();
    const [found] = await vault.list();
    if (found === undefined) throw new Error('Expected one thing');
    expect(belongsTo(found, boot, () => true)).toBe(true);
    expect(belongsTo(found, randomUUID(), () => true)).toBe(false);
  });

  it('makes its folder, and says when it cannot be one', async () => {
    await createFolderVault(join(dir, 'made')).check();
    expect((await stat(join(dir, 'made'))).isDirectory()).toBe(true);
    await writeFile(join(dir, 'file'), '');
    await expect(createFolderVault(join(dir, 'file')).check()).rejects.toMatchObject({ fault: 'unusable' });
    await chmod(dir, 0o700);
  });
});
