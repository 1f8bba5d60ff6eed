import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { artUses } from '../../src/effects/apply.ts';
import { bakeTemplate } from '../../src/effects/bake.ts';
import { premultiplied } from '../../src/effects/raster/art.ts';
import { readBaked } from '../../src/effects/raster/baked.ts';
import { rasterize } from '../../src/image/rasterize.ts';
import { loadTemplate, loadTemplates } from '../../src/templates/load.ts';
import { artOf } from '../../src/templates/template.ts';

describe('baked art', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'packs-'));
    await mkdir(join(dir, 'sunglasses'));
    for (const name of ['template.json', 'front.svg', 'shadow.svg', 'temple.svg']) {
      await cp(join('templates', 'sunglasses', name), join(dir, 'sunglasses', name));
    }
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  test('is what drawing gives, byte for byte', async () => {
    const template = await loadTemplate(dir, 'sunglasses');
    const files = await bakeTemplate(template);
    expect(files).toHaveLength(artUses(template).length);
    for (const { path, bytes } of files) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
    for (const { name, width, height } of artUses(template)) {
      const svg = await readFile(join(template.folder, name));
      const read = await readBaked(template.folder, name, svg, width, height);
      const drawn = premultiplied(await rasterize(svg, width, height));
      expect(read).toMatchObject({ width, height });
      expect(Buffer.compare(Buffer.from(read?.data ?? []), Buffer.from(drawn.data))).toBe(0);
    }
  });

  test('is left alone when the drawing has changed since, when it is cut short, and when there is none', async () => {
    const template = await loadTemplate(dir, 'sunglasses');
    const [file] = await bakeTemplate(template);
    const [use] = artUses(template);
    if (file === undefined || use === undefined) throw new Error('art was expected');
    const svg = await readFile(join(template.folder, use.name));
    const read = (drawing: Buffer) => readBaked(template.folder, use.name, drawing, use.width, use.height);
    expect(await read(svg)).toBeUndefined();
    await mkdir(dirname(file.path), { recursive: true });
    await writeFile(file.path, file.bytes);
    expect(await read(svg)).toBeDefined();
    expect(await read(Buffer.concat([svg, Buffer.from(' ')]))).toBeUndefined();
    await writeFile(file.path, file.bytes.subarray(0, -1));
    expect(await read(svg)).toBeUndefined();
  });
});

test('every pack says which drawings it uses, each size once', async () => {
  for (const template of await loadTemplates('templates')) {
    const uses = artUses(template).map(({ name, width, height }) => `${name} ${width} ${height}`);
    expect(uses.length > 0).toBe(artOf(template).length > 0);
    expect(new Set(uses).size).toBe(uses.length);
  }
});
