import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { landscape, samplePhoto } from '../kit/photos.ts';
import { startService } from '../kit/service.ts';

const main = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/main.cjs');

describe('the command line', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mayfly-commands-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  function mayfly(args: readonly string[], env: Record<string, string> = {}) {
    const folders = { MAYFLY_VAULT_DIR: join(dir, 'vault'), MAYFLY_DATA_DIR: join(dir, 'data') };
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
      env: { PATH: process.env.PATH, ...folders, ...env },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  it('explains itself, and every command too', () => {
    const { status, stdout } = mayfly(['--help']);
    expect(status).toBe(0);
    const names = [...stdout.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name ?? '');
    expect(names).toEqual(['serve', 'apply', 'templates', 'keys', 'sweep', 'notice', 'ledger', 'selfcheck', 'verify', 'drill']);
    for (const name of names)
      expect(mayfly([name, '--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining(`mayfly ${name}`), stderr: '' });
  });

  it.each([
    [[]],
    [['dance']],
    [['receiver']],
    [['apply']],
    [['apply', 'x.jpg', '--template', 'moon', '-o', 'x.gif']],
    [['templates']],
    [['sweep', '--hard']],
    [['keys', 'add']],
  ])('answers %j with exit code 2', (args) => {
    expect(mayfly(args).status).toBe(2);
  });

  it('lists and checks the packs', () => {
    expect(mayfly(['templates', 'list']).stdout).toMatch(/^astronaut\tfusion\t/m);
    expect(mayfly(['templates', 'check'])).toMatchObject({ status: 0, stdout: expect.stringContaining('0 mistakes') });
    expect(mayfly(['templates', 'check', 'nothing']).status).toBe(1);
  });

  it('applies a template to a photo, and says why not', async () => {
    const out = join(dir, 'out.png');
    expect(mayfly(['apply', samplePhoto(1), '--template', 'sunglasses', '-o', out])).toMatchObject({ status: 0, stderr: '' });
    expect((await sharp(out).metadata()).format).toBe('png');
    const empty = join(dir, 'empty.jpg');
    writeFileSync(empty, await landscape());
    expect(mayfly(['apply', empty, '-t', 'moon', '-o', out])).toMatchObject({ status: 1, stderr: expect.stringContaining('no-face') });
    expect(mayfly(['apply', empty, '-t', 'moustache', '-o', out])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('unknown-template'),
    });
  });

  it('sweeps everything where no service runs, and only what is over where one does', async () => {
    mayfly(['sweep']);
    writeFileSync(join(dir, 'vault', 'left-over'), 'x');
    expect(JSON.parse(mayfly(['sweep']).stdout)).toEqual({ served: false, seen: 1, found: 1, destroyed: 1, failed: 0 });
    expect(readdirSync(join(dir, 'vault'))).toEqual([]);
    const service = await startService();
    writeFileSync(join(service.vaultDir, 'foreign'), 'x');
    const { stdout } = mayfly(['sweep'], { MAYFLY_VAULT_DIR: service.vaultDir });
    expect(JSON.parse(stdout)).toMatchObject({ served: true, destroyed: 1 });
    expect(mayfly(['selfcheck', '--server'], { PORT: new URL(service.url).port })).toMatchObject({
      status: 0,
      stdout: '{"ready":true,"reasons":[]}\n',
    });
    await service.dispose();
  });

  it('says that no service answers, and what this machine lacks', () => {
    expect(mayfly(['selfcheck', '--server'], { PORT: '1' })).toMatchObject({ status: 1, stdout: expect.stringContaining('unreachable') });
    expect(mayfly(['selfcheck']).stdout).toMatch(/^(ok {2}|MISS) {2}vault-in-memory/m);
    expect(mayfly(['selfcheck'], { MAYFLY_VAULT_DIR: `/dev/shm/mayfly-check-${process.pid}` }).stdout).toMatch(/^ok {4}vault-in-memory/m);
    rmSync(`/dev/shm/mayfly-check-${process.pid}`, { recursive: true });
  });

  it('says where it looked for the service that a drill goes through', () => {
    const { status, stderr } = mayfly(['drill', '--key', 'some-secret'], { PORT: '1' });
    expect(status).toBe(1);
    expect(stderr).toContain('No service answers at http://127.0.0.1:1;');
  });

  it('prints the notice whose version the README uses', () => {
    const { version } = JSON.parse(mayfly(['notice']).stdout);
    for (const page of ['README.md', 'docs/api.md']) {
      const named = [...readFileSync(page, 'utf8').matchAll(/"notice":"([0-9a-f]{16})"/g)].map(([, found]) => found);
      expect(named.length).toBeGreaterThan(0);
      expect(new Set(named)).toEqual(new Set([version]));
    }
  });

  it('keeps keys in a file', () => {
    const env = { MAYFLY_KEYS_FILE: join(dir, 'keys') };
    const secret = mayfly(['keys', 'add', '--role', 'app'], env).stdout.trim();
    expect(secret).toMatch(/^[\w-]{32}$/);
    const [role, id] = mayfly(['keys', 'list'], env).stdout.trim().split('\t');
    expect(role).toBe('app');
    expect(mayfly(['keys', 'revoke', id ?? ''], env).status).toBe(0);
    expect(mayfly(['keys', 'revoke', id ?? ''], env).status).toBe(1);
  });
});
