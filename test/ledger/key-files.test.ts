import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createKeyFiles } from '../../src/ledger/key-files.ts';

describe('the signing key in its file', () => {
  let dir: string;
  let path: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'mayfly-key-'));
    path = join(dir, 'deep', 'ledger-key');
  });
  afterEach(() => rm(dir, { recursive: true }));
  const keys = () => createKeyFiles(path, 'test/ledger');

  it('is not there before it was prepared and put in force', async () => {
    expect(await keys().current()).toBeUndefined();
    await keys().promote();
    expect(await keys().current()).toBeUndefined();
    const made = await keys().prepare();
    expect(await keys().current()).toBeUndefined();
    expect((await keys().pending())?.vkey).toBe(made.vkey);
    await keys().promote();
    expect((await keys().current())?.vkey).toBe(made.vkey);
    expect(await keys().pending()).toBeUndefined();
  });

  it('is nobody else’s to read, and gone when another takes its place', async () => {
    const first = await keys().prepare();
    await keys().promote();
    const second = await keys().prepare();
    expect((await stat(`${path}.next`)).mode & 0o777).toBe(0o600);
    await keys().promote();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const text = await readFile(path, 'utf8');
    expect(text).toBe(`${second.skey}\n`);
    expect(text).not.toContain(first.skey);
  });

  it('is left alone by a next one that is torn or dropped', async () => {
    const first = await keys().prepare();
    await keys().promote();
    await writeFile(`${path}.next`, 'PRIVATE+KEY+test/ledger+0123');
    expect(await keys().pending()).toBeUndefined();
    await keys().prepare();
    await keys().discard();
    expect(await keys().pending()).toBeUndefined();
    expect((await keys().current())?.vkey).toBe(first.vkey);
  });

  it('is refused where it is damaged or belongs to another log', async () => {
    await keys().prepare();
    await keys().promote();
    await expect(createKeyFiles(path, 'other/ledger').current()).rejects.toMatchObject({ fault: 'damaged' });
    await writeFile(path, 'nonsense\n');
    await expect(keys().current()).rejects.toMatchObject({ fault: 'damaged' });
  });
});
