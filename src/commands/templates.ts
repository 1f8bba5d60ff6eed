import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readConfig } from '../config.ts';
import { checkTemplate } from '../templates/check.ts';
import { loadTemplate, loadTemplates, previewPath, samplePath, templateIds } from '../templates/load.ts';
import { readArgs, UsageError } from './usage.ts';

/** Pixels; wide enough that no limit for the size of a face is met. */
const sampleWidth = 400;

const help = `
Usage: mayfly templates list             id, kind and title of each pack
       mayfly templates check [ID]       names every mistake of the packs; exit code 1 where there is one
       mayfly templates preview [ID]     draws preview.png into the packs, with a drawn face
       mayfly templates add PHOTO --id ID --kind fusion [--title TITLE] [--out FOLDER]
                                         makes a pack of a portrait, photographed or painted; its faces become slots
       mayfly templates bake [ID]        draws the art once for all, so that darkrooms read pixels; the build does both
`;

export async function templates(args: readonly string[]): Promise<number> {
  const read = readArgs(args, help, {
    id: { type: 'string' },
    kind: { type: 'string' },
    title: { type: 'string' },
    out: { type: 'string' },
  });
  if (read === undefined) return 0;
  const { templatesDir } = readConfig(process.env);
  const [action, only] = read.positionals;
  if (action === 'add') {
    const { id, kind, title, out = templatesDir } = read.values;
    if (only === undefined || id === undefined || kind !== 'fusion') throw new UsageError(help.trim());
    const { addTemplate } = await import('./add-template.ts');
    return addTemplate(only, id, out, title);
  }
  const ids = only === undefined ? await templateIds(templatesDir) : [only];
  switch (action) {
    case 'list':
      for (const { id, kind, title } of await loadTemplates(templatesDir)) process.stdout.write(`${id}\t${kind}\t${title}\n`);
      return 0;
    case 'check':
      return check(templatesDir, ids);
    case 'preview':
      return preview(templatesDir, ids);
    case 'bake':
      return bake(templatesDir, ids);
    default:
      throw new UsageError(help.trim());
  }
}

async function check(dir: string, ids: readonly string[]): Promise<number> {
  let mistakes = 0;
  for (const id of ids) {
    for (const mistake of await checkTemplate(dir, id)) {
      mistakes += 1;
      process.stdout.write(`${id}: ${mistake}\n`);
    }
  }
  process.stdout.write(`${ids.length} packs, ${mistakes} mistakes\n`);
  return mistakes === 0 ? 0 : 1;
}

async function preview(dir: string, ids: readonly string[]): Promise<number> {
  const { renderPreview } = await import('../effects/preview.ts');
  const { encode } = await import('../image/encode.ts');
  for (const id of ids) {
    const template = await loadTemplate(dir, id);
    await writeFile(previewPath(template), await encode(await renderPreview(template), 'image/png'));
  }
  return 0;
}

async function bake(dir: string, ids: readonly string[]): Promise<number> {
  const { bakeTemplate } = await import('../effects/bake.ts');
  const { sampleFace } = await import('../effects/preview.ts');
  const { encode } = await import('../image/encode.ts');
  const { resize } = await import('../image/resize.ts');
  for (const id of ids) {
    const template = await loadTemplate(dir, id);
    const files = await bakeTemplate(template);
    // What is left from an older drawing would never be read again.
    for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
    }
    for (const { path, bytes } of files) await writeFile(path, bytes);
  }
  const { picture } = await sampleFace(dir);
  const photo = await resize(picture, sampleWidth, Math.round((picture.height * sampleWidth) / picture.width));
  await mkdir(dirname(samplePath(dir)), { recursive: true });
  await writeFile(samplePath(dir), await encode(photo, 'image/jpeg'));
  return 0;
}
