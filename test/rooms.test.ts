import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** The rules of the rooms: who may import whom. Types count too. */

const src = join(process.cwd(), 'src');

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

interface Import {
  readonly from: string;
  /** A file of src/, or the name of a package. */
  readonly to: string;
}

const imports: readonly Import[] = files.flatMap((from) => {
  const text = readFileSync(join(src, from), 'utf8');
  const names = [...text.matchAll(/(?:from|import|require|resolve)\s*\(?\s*'([^']+)'/g)].map(([, name]) => name ?? '');
  return names.map((name) => ({ from, to: name.startsWith('.') ? relative(src, join(src, from, '..', name)) : name }));
});

const room = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : file);
const breaches = (wrong: (one: Import) => boolean) => imports.filter(wrong).map(({ from, to }) => `${from} imports ${to}`);

describe('the rooms', () => {
  it('are read at all', () => {
    expect(imports.length).toBeGreaterThan(200);
    expect(imports).toContainEqual({ from: 'http/app.ts', to: 'express' });
    expect(imports).toContainEqual({ from: 'http/app.ts', to: 'problems.ts' });
  });

  it('supervisor, http, intake, jobs, ledger and vault never see a pixel', () => {
    const blind = new Set(['supervisor', 'http', 'intake', 'jobs', 'ledger', 'vault', 'templates', 'policy', 'auth', 'observe']);
    expect(breaches(({ from, to }) => blind.has(room(from)) && ['image', 'faces', 'effects', 'labels'].includes(room(to)))).toEqual([]);
  });

  it.each([
    ['sharp', /^sharp$/, /^image\//],
    ['libheif', /^libheif-js/, /^image\/heic\//],
    ['TensorFlow.js and face-api', /^@tensorflow|^@vladmandic/, /^faces\/face-api\//],
    ['ONNX Runtime', /^onnxruntime/, /^faces\/mediapipe\//],
    ['express', /^express$/, /^(http|intake)\//],
    ['multer', /^multer$/, /^intake\//],
    ['pino and prom-client', /^(pino|prom-client)$/, /^observe\//],
    ['node-cron', /^node-cron$/, /^supervisor\//],
  ])('only one room imports %s', (_name, library, owner) => {
    expect(breaches(({ from, to }) => library.test(to) && !owner.test(from))).toEqual([]);
  });

  it('the engine of one folder does not know of another', () => {
    expect(
      breaches(
        ({ from, to }) => /^faces\/[^/]+\//.test(to) && !from.startsWith(to.split('/').slice(0, 2).join('/')) && room(from) === 'faces',
      ),
    ).toEqual([]);
  });

  it('verify shares nothing with the rest but the schema of an entry', () => {
    const own = imports.filter(({ from }) => room(from) === 'verify');
    expect(own.length).toBeGreaterThan(50);
    const allowed = (to: string) => room(to) === 'verify' || to === 'ledger/entry.ts' || to === 'zod' || to.startsWith('node:');
    expect(breaches(({ from, to }) => room(from) === 'verify' && !allowed(to))).toEqual([]);
    // The schema in turn leads nowhere else.
    expect(imports.filter(({ from }) => from === 'ledger/entry.ts').map(({ to }) => to)).toEqual(['zod']);
  });

  it('only two files of verify need Node; the rest runs in a browser', () => {
    const needing = imports.filter(({ from, to }) => room(from) === 'verify' && to.startsWith('node:')).map(({ from }) => from);
    expect([...new Set(needing)].sort()).toEqual(['verify/folder.ts', 'verify/node-crypto.ts']);
  });

  const sources = files.map((name) => ({ name, text: readFileSync(join(src, name), 'utf8') }));
  const containing = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

  it('only main.ts ends the process', () => {
    expect(containing(/process\.exit\(/)).toEqual(['main.ts']);
  });

  it('only auth/ reads secrets', () => {
    expect(containing(/env\.MAYFLY_KEYS/).filter((name) => room(name) !== 'auth')).toEqual(['commands/keys.ts']);
  });

  it('only observe/ logs, and nobody uses the console', () => {
    expect(containing(/console\./).filter((name) => !name.startsWith('faces/face-api/'))).toEqual([]);
  });

  it('only the vault knows ciphers', () => {
    expect(containing(/createCipheriv|createDecipheriv/)).toEqual(['vault/cipher.ts']);
  });

  it('nobody writes files but the vault, the ledger, the keys, the commands and what empties the core filter', () => {
    expect(
      containing(/writeFile|createWriteStream|appendFile/).filter((name) => !['auth', 'commands', 'ledger'].includes(room(name))),
    ).toEqual(['supervisor/guard.ts']);
  });
});
