import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { loadTemplates } from '../../src/templates/load.ts';
import { selfie } from '../kit/photos.ts';
import { type Service, startService } from '../kit/service.ts';

/** The commands of the pages, as a newcomer pastes them; only the port is another one. */
const main = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/main.cjs');

const commands = (page: string, word: string) =>
  [...readFileSync(page, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, text]) => text ?? '').filter((text) => text.includes(word));

describe('the pages', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ MAYFLY_KEYS: '' });
    writeFileSync(join(service.dir, 'selfie.jpg'), await selfie());
  });
  afterAll(() => service.dispose());
  const run = (text: string) =>
    spawnSync('bash', ['-ec', text.replaceAll('http://127.0.0.1:8080', service.url)], { cwd: service.dir, encoding: 'utf8' });

  it('README.md: its curl makes a picture', async () => {
    const [picture, refused] = commands('README.md', 'curl');
    expect(run(picture ?? 'false')).toMatchObject({ status: 0 });
    expect(await sharp(join(service.dir, 'astronaut.jpg')).metadata()).toMatchObject({ format: 'jpeg' });
    expect(JSON.parse(run(refused ?? 'false').stdout)).toMatchObject({ code: 'consent-outdated', hint: expect.any(String) });
  });

  it('README.md names every template under its kind, and no other', async () => {
    const rows = [...readFileSync('README.md', 'utf8').matchAll(/^\| (\w+) \| [^|]+ \| (`[a-z].*`) \|$/gm)];
    const named = rows.flatMap(([, kind, ids]) => [...(ids ?? '').matchAll(/`([a-z-]+)`/g)].map(([, id]) => `${kind} ${id}`));
    const packs = await loadTemplates('templates');
    expect(named.sort()).toEqual(packs.map(({ kind, id }) => `${kind} ${id}`).sort());
  });

  it('README.md: the books can be read', () => {
    const [review = 'false'] = commands('README.md', 'ledger report');
    const here = review.replaceAll('npm run -s mayfly --', `${process.execPath} ${main}`);
    const { status, stdout } = run(`export MAYFLY_DATA_DIR=$PWD/data\n${here}`);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^closed done +\d+$/m);
    expect(stdout).toMatch(/job\.closed +[0-9a-f-]{36} {2}done, held \d+ ms/);
  });

  it('docs/api.md: its curl makes a picture', async () => {
    const [picture] = commands('docs/api.md', 'curl');
    expect(run(picture ?? 'false')).toMatchObject({ status: 0 });
    expect(await sharp(join(service.dir, 'cool.jpg')).metadata()).toMatchObject({ format: 'jpeg' });
  });
});
