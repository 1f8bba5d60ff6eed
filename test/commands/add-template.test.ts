import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import sharp from 'sharp';
import { addTemplate } from '../../src/commands/add-template.ts';
import { checkTemplate } from '../../src/templates/check.ts';
import { loadTemplate } from '../../src/templates/load.ts';
import { landscape, samplePhoto } from '../kit/photos.ts';

let dir: string;
const said: string[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'packs-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));
afterEach(() => {
  jest.restoreAllMocks();
  said.length = 0;
});

/** Runs the command and keeps what it says. */
function add(photo: string, id: string): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
  }
  return addTemplate(photo, id, dir);
}

describe('templates add', () => {
  test('makes a pack of a portrait of two: slots left to right, ready to use', async () => {
    const photo = join(dir, 'two.jpg');
    await sharp(samplePhoto(6)).extract({ left: 60, top: 300, width: 1000, height: 900 }).toFile(photo);
    expect(await add(photo, 'two')).toBe(0);
    expect(await checkTemplate(dir, 'two')).toEqual([]);
    const template = await loadTemplate(dir, 'two');
    if (template.kind !== 'fusion') throw new Error('a fusion was expected');
    expect(template.slots).toBeGreaterThanOrEqual(2);
    const noses = template.faces.map(({ landmarks }) => landmarks[30]?.[0] ?? 0);
    expect(noses).toEqual([...noses].sort((a, b) => a - b));
    expect((await readdir(join(dir, 'two'))).sort()).toEqual(['cover.png', 'portrait.webp', 'template.json']);
  });

  test('says what is wrong with a picture that shows no face, or a face too small, and writes nothing', async () => {
    const empty = join(dir, 'empty.jpg');
    await writeFile(empty, await landscape());
    expect(await add(empty, 'empty')).toBe(1);
    expect(said.join('')).toMatch(/^no-face/);
    const small = join(dir, 'small.jpg');
    await sharp(samplePhoto(6)).resize(400).toFile(small);
    expect(await add(small, 'small')).toBe(1);
    expect(said.join('')).toMatch(/face-too-small/);
    expect((await readdir(dir)).filter((name) => ['empty', 'small'].includes(name))).toEqual([]);
  });

  test('an id that could be a path is refused', async () => {
    await expect(add(samplePhoto(1), '../up')).rejects.toThrow(/--id/);
  });
});
