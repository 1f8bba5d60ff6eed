import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { addKey, keyFileLines, revokeKey } from '../../src/auth/key-file.ts';
import { demoKeyFile, loadKeys, reloadKeys } from '../../src/auth/keys.ts';

describe('keys', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mayfly-keys-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'keys');

  it('give a caller its role, and nobody else any', () => {
    const keys = loadKeys({ MAYFLY_KEYS: ' app:one-secret , auditor:two-secret' }, dir);
    expect(keys.demo).toBe(false);
    expect([...(keys.find('one-secret')?.roles ?? [])]).toEqual(['app']);
    expect([...(keys.find('two-secret')?.roles ?? [])]).toEqual(['auditor']);
    for (const wrong of ['', 'one', 'one-secret ', 'app:one-secret']) expect(keys.find(wrong)).toBeUndefined();
  });

  it('name a caller without telling the secret', () => {
    const id = loadKeys({ MAYFLY_KEYS: 'app:one-secret' }, dir).find('one-secret')?.id ?? '';
    expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('come from a file too, with comments', () => {
    writeFileSync(file, '# ours\n\napp:from-a-file\n');
    const keys = loadKeys({ MAYFLY_KEYS: 'admin:from-the-environment', MAYFLY_KEYS_FILE: file }, dir);
    expect(keys.find('from-a-file')?.roles.has('app')).toBe(true);
    expect(keys.find('from-the-environment')?.roles.has('admin')).toBe(true);
  });

  it.each(['nonsense', 'root:secret', 'app:', ':secret'])('are refused where a line is %p', (line) => {
    expect(() => loadKeys({ MAYFLY_KEYS: line }, dir)).toThrow('Expected');
  });

  it('in a file that cannot be read stop the start instead of opening demo mode', () => {
    expect(() => loadKeys({ MAYFLY_KEYS_FILE: join(dir, 'nowhere') }, dir)).toThrow('cannot be read');
    writeFileSync(file, '# empty\n');
    expect(loadKeys({ MAYFLY_KEYS_FILE: file }, dir).demo).toBe(false);
  });

  it('in a file that is damaged while the service runs lose what is damaged and nothing else', () => {
    writeFileSync(file, 'app:still-good\nnonsense\n');
    const counts: number[] = [];
    const keys = reloadKeys({ MAYFLY_KEYS_FILE: file }, dir, (count) => counts.push(count));
    expect([keys.demo, keys.find('still-good')?.roles.has('app'), counts]).toEqual([false, true, [1]]);
    const none = reloadKeys({ MAYFLY_KEYS: 'admin:of-the-environment', MAYFLY_KEYS_FILE: join(dir, 'nowhere') }, dir, (count) =>
      counts.push(count),
    );
    expect([none.demo, none.find('of-the-environment')?.roles.has('admin'), counts]).toEqual([false, true, [1, 1]]);
    expect(reloadKeys({ MAYFLY_KEYS_FILE: join(dir, 'nowhere') }, dir, () => undefined).demo).toBe(false);
  });

  it('of demo mode are made once, for their owner only', () => {
    const keys = loadKeys({}, dir);
    expect(keys.demo).toBe(true);
    expect(statSync(demoKeyFile(dir)).mode & 0o777).toBe(0o600);
    expect(loadKeys({ MAYFLY_KEYS: '' }, dir).demo).toBe(true);
  });

  it('can be added, listed and revoked in the file', () => {
    writeFileSync(file, '# ours\n');
    const [kept, gone] = [addKey(file, 'app'), addKey(file, 'auditor')];
    expect(keyFileLines(file).map(({ role }) => role)).toEqual(['app', 'auditor']);
    const id = keyFileLines(file)[1]?.id ?? '';
    expect([revokeKey(file, id), revokeKey(file, id)]).toEqual([true, false]);
    const keys = loadKeys({ MAYFLY_KEYS_FILE: file }, dir);
    expect([keys.find(kept)?.roles.has('app'), keys.find(gone)]).toEqual([true, undefined]);
  });
});
