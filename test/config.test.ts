import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../src/config.ts';

describe('the configuration', () => {
  it('has defaults for everything, and an empty variable is none', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, isolation: { kind: 'photo' }, receivers: 1, queue: 64 });
    expect(readConfig({ PORT: '', MAYFLY_QUEUE: '' })).toEqual(config);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('understands pool:N', () => {
    expect(readConfig({ MAYFLY_ISOLATION: 'pool:64' }).isolation).toEqual({ kind: 'pool', jobs: 64 });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['MAYFLY_ISOLATION', 'pool:0'],
    ['MAYFLY_ISOLATION', 'shared'],
    ['MAYFLY_ENGINE', 'magic'],
    ['MAYFLY_JOB_SECONDS', '0'],
    ['MAYFLY_LOG', 'debug'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });

  it('names every mistake at once', () => {
    expect(() => readConfig({ PORT: 'x', MAYFLY_QUEUE: 'y', MAYFLY_RATE: '0' })).toThrow(/PORT[\s\S]*MAYFLY_QUEUE[\s\S]*MAYFLY_RATE/);
  });

  it('is the table of the README: every variable, every default', () => {
    const readme = readFileSync('README.md', 'utf8');
    const rows = new Map(
      [...readme.matchAll(/^\| `([A-Z_]+)` \| .* \| (?:`(.*)`|(.*)) \|$/gm)].map(([, name, value, words]) => [
        name ?? '',
        value ?? words ?? '',
      ]),
    );
    const source = readFileSync('src/config.ts', 'utf8');
    const names = [...source.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name ?? '');
    expect([...rows.keys()].sort()).toEqual([...names, 'MAYFLY_KEYS', 'MAYFLY_KEYS_FILE'].sort());
    const defaults = readConfig({});
    for (const name of names) {
      const value = rows.get(name);
      if (value !== undefined && value !== 'number of cores') expect(readConfig({ [name]: value })).toEqual(defaults);
    }
  });
});
