import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { bakedScene, readBakedScene } from '../../../src/effects/fusion/baked-scene.ts';
import { makeScene, type Scene } from '../../../src/effects/fusion/scene.ts';
import { loadTemplate } from '../../../src/templates/load.ts';
import type { TemplateOf } from '../../../src/templates/template.ts';
import { packs } from '../people.ts';

/** A scene is read from a file that the build made; that file must never be trusted further than it says what it was made from. */

let dir: string;
let template: TemplateOf<'fusion'>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'packs-'));
  const source = join(packs, 'two-of-hearts');
  await mkdir(join(dir, 'two-of-hearts'));
  for (const name of (await readdir(source)).filter((each) => /\.(json|svg)$/.test(each))) {
    await writeFile(join(dir, 'two-of-hearts', name), await readFile(join(source, name)));
  }
  const loaded = await loadTemplate(dir, 'two-of-hearts');
  if (loaded.kind !== 'fusion') throw new Error('a fusion was expected');
  template = loaded;
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function bake(scene: Scene): Promise<string> {
  const { path, bytes } = await bakedScene(template, scene);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return path;
}

test('a baked scene is the scene, to the bit', async () => {
  const scene = await makeScene(template);
  expect(await readBakedScene(template)).toBeUndefined();
  await bake(scene);
  expect(await readBakedScene(template)).toEqual(scene);
});

test('it is not used for another drawing, for another manifest, or when it is damaged', async () => {
  const path = await bake(await makeScene(template));
  const bytes = await readFile(path);
  for (const damaged of [bytes.subarray(0, -4), bytes.subarray(0, 60), Buffer.alloc(0), Buffer.concat([Buffer.from('?'), bytes])]) {
    await writeFile(path, damaged);
    expect(await readBakedScene(template)).toBeUndefined();
  }
  await writeFile(path, bytes);
  expect(await readBakedScene(template)).toBeDefined();
  expect(await readBakedScene({ ...template, title: 'Another' })).toBeUndefined();
  const art = join(template.folder, template.layers[0]?.art ?? '');
  await writeFile(art, Buffer.concat([await readFile(art), Buffer.from(' ')]));
  expect(await readBakedScene(template)).toBeUndefined();
});
