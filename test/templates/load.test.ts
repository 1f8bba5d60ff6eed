import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { art } from '../../src/effects/raster/art.ts';
import { Problem } from '../../src/problems.ts';
import { checkTemplate } from '../../src/templates/check.ts';
import { loadTemplate, loadTemplates, readArt } from '../../src/templates/load.ts';

const packs = 'templates';

describe('the packs that come with Mayfly', () => {
  test('all load, each under its own id, none from a folder that begins with an underscore', async () => {
    const ids = (await loadTemplates(packs)).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['astronaut', 'flower-crown', 'moon', 'sunglasses']));
    expect(ids.filter((id) => id.startsWith('_'))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('have no mistakes', async () => {
    for (const { id } of await loadTemplates(packs)) expect([id, await checkTemplate(packs, id)]).toEqual([id, []]);
  });
});

describe('an id from outside', () => {
  const strange = [
    '',
    '.',
    '..',
    '../templates/moon',
    'moon/../moon',
    '/etc',
    'moon\0',
    'Moon',
    '_sample',
    'moon ',
    'no-such-template',
    'a'.repeat(5000),
  ];
  test.each(strange)('%j is an unknown template', async (id) => {
    const thrown = await loadTemplate(packs, id).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({ code: 'unknown-template' });
  });
});

describe('a broken pack is named, mistake by mistake', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'packs-'));
    await cp(join(packs, 'moon'), join(dir, 'moon'), { recursive: true });
    await cp(join(packs, 'astronaut'), join(dir, 'astronaut'), { recursive: true });
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const change = async (id: string, edit: (manifest: Record<string, unknown>) => void): Promise<string[]> => {
    const path = join(dir, id, 'template.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    edit(manifest);
    await writeFile(path, JSON.stringify(manifest));
    return checkTemplate(dir, id);
  };

  test('no manifest, or one that is not JSON', async () => {
    await mkdir(join(dir, 'empty'));
    expect(await checkTemplate(dir, 'empty')).toEqual(['template.json is missing']);
    await writeFile(join(dir, 'moon', 'template.json'), '{');
    expect(await checkTemplate(dir, 'moon')).toEqual(['template.json is not JSON']);
  });

  test('another id than the folder, an unknown field, a missing one', async () => {
    expect(await change('moon', (m) => Object.assign(m, { id: 'sun' }))).toEqual(['id: is sun but the folder is moon']);
    expect(await change('moon', (m) => Object.assign(m, { id: 'moon', run: 'rm' }))).toEqual([expect.stringContaining('run')]);
    expect(await change('moon', (m) => Object.assign(m, { run: undefined, title: undefined }))).toEqual([expect.stringMatching(/^title/)]);
  });

  test('art that is missing, is no drawing, or reaches outside itself', async () => {
    await rm(join(dir, 'moon', 'moon.svg'));
    expect(await checkTemplate(dir, 'moon')).toEqual(['moon.svg is missing']);
    const bad: [string, RegExp][] = [
      ['<p>no</p>', /not SVG/],
      ['<svg viewBox="0 0 9 9"><image href="data:image/png;base64,AAAA"/></svg>', /embedded picture/],
      ['<svg viewBox="0 0 9 9"><use href="http://example.org/a.svg#b"/></svg>', /outside itself/],
      ['<svg viewBox="0 0 9 9"><rect fill="url(http://example.org/a)"/></svg>', /outside itself/],
      ['<svg viewBox="0 0 9 9"><script>1</script></svg>', /script/],
      ['<svg viewBox="0 0 9 9"><text>hi</text></svg>', /fonts/],
      ['<svg width="9"></svg>', /viewBox/],
    ];
    for (const [svg, words] of bad) {
      await writeFile(join(dir, 'moon', 'moon.svg'), svg);
      expect((await checkTemplate(dir, 'moon')).join()).toMatch(words);
    }
  });

  test('an art file that would lie outside the pack', async () => {
    expect(await change('moon', (m) => Object.assign(m, { cover: { art: '../moon.svg', size: { width: 90, height: 90 } } }))).toEqual([
      expect.stringMatching(/^cover\.art/),
    ]);
  });

  test('slots without faces, points outside the scene, points in another order', async () => {
    expect(await change('astronaut', (m) => Object.assign(m, { slots: 2 }))).toEqual(['slots: 2 slots but 1 faces']);
    const faces = (edit: (points: number[][]) => number[][]) => (m: Record<string, unknown>) => {
      const [face] = JSON.parse(JSON.stringify(m.faces));
      Object.assign(m, { slots: 1, faces: [{ ...face, landmarks: edit(face.landmarks) }] });
    };
    expect(
      await change(
        'astronaut',
        faces((points) => points.map(([x = 0, y = 0], i) => (i === 8 ? [x, y + 5000] : [x, y]))),
      ),
    ).toEqual(['faces.0.landmarks: 1 points outside the scene']);
    expect(
      await change(
        'astronaut',
        faces((points) => points.map(([x = 0, y = 0]) => [1080 - x, Math.min(y, 1300)])),
      ),
    ).toEqual([expect.stringContaining('iBUG order')]);
  });

  test('is not loaded', async () => {
    await rm(join(dir, 'moon', 'moon.svg'));
    await expect(loadTemplates(dir)).rejects.toThrow('moon.svg is missing');
    const template = await loadTemplate(dir, 'moon');
    await expect(readArt(template, 'moon.svg')).rejects.toThrow('moon.svg is missing');
    await change('moon', (m) => Object.assign(m, { slots: 2 }));
    await expect(loadTemplate(dir, 'moon')).rejects.toThrow('slots');
  });

  test('is not drawn, though it was well when it was loaded', async () => {
    const template = await loadTemplate(dir, 'moon');
    await writeFile(join(dir, 'moon', 'moon.svg'), '<svg viewBox="0 0 9 9"><use href="http://example.org/a.svg#b"/></svg>');
    await expect(art(template, 'moon.svg', 9, 9)).rejects.toThrow('outside itself');
  });
});
