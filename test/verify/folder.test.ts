import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { folderSource } from '../../src/verify/folder.ts';
import type { Source } from '../../src/verify/tiles.ts';

describe('a ledger in a folder', () => {
  let dir: string;
  let source: Source;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'mayfly-source-'));
    source = folderSource(dir);
    await mkdir(join(dir, 'tile/0/000.p'), { recursive: true });
    await writeFile(join(dir, 'tile/0/000.p/7'), 'hashes');
    await writeFile(join(dir, 'tile/0/001'), 'whole');
    await writeFile(join(dir, 'checkpoint'), 'note');
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('gives its files by the paths of the format', async () => {
    expect(await source.read('checkpoint').then(String)).toBe('note');
    expect(await source.read('tile/0/000.p/7').then(String)).toBe('hashes');
  });

  it('has nothing where there is no file, or where a file stands in the way', async () => {
    expect(await source.read('tile/0/002')).toBeUndefined();
    expect(await source.read('tile/0/001/7')).toBeUndefined();
  });

  it('does not take what cannot be read for what is not there', async () => {
    await expect(source.read('tile/0')).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('goes on where a folder is removed while it is listed', async () => {
    const paths: string[] = [];
    for await (const path of source.list?.() ?? []) {
      paths.push(path);
      if (path === 'checkpoint') await rm(join(dir, 'tile'), { recursive: true });
    }
    expect(paths).toEqual(['checkpoint']);
  });

  it('goes on where a folder is removed after it was named', async () => {
    await mkdir(join(dir, 'tile/0/002.p'));
    const paths: string[] = [];
    for await (const path of source.list?.() ?? []) {
      paths.push(path);
      if (path === 'tile/0/001') await rm(join(dir, 'tile/0/002.p'), { recursive: true });
    }
    expect(paths).toEqual(['checkpoint', 'tile/0/000.p/7', 'tile/0/001']);
  });

  it('lists all files in one order', async () => {
    const paths: string[] = [];
    for await (const path of source.list?.() ?? []) paths.push(path);
    expect(paths).toEqual(['checkpoint', 'tile/0/000.p/7', 'tile/0/001']);
  });
});
