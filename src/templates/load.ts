import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../problems.ts';
import { checkTemplate } from './check.ts';
import { templateId } from './kinds/common.ts';
import { manifestSchema, type Template } from './template.ts';

/**
 * Reads one pack.
 * @param dir folder of all packs
 * @param id as a client sent it; anything that is not a plain id is simply unknown, so it never becomes part of a path
 * @throws Problem `unknown-template` where there is no such pack; an Error naming every mistake where the pack is there but broken
 */
export async function loadTemplate(dir: string, id: string): Promise<Template> {
  if (!templateId.safeParse(id).success) throw new Problem('unknown-template');
  const folder = join(dir, id);
  const text = await readFile(join(folder, 'template.json'), 'utf8').catch(() => {
    throw new Problem('unknown-template');
  });
  const mistakes = await checkTemplate(dir, id);
  if (mistakes.length > 0) throw new Error(`The template ${id} is broken: ${mistakes.join('; ')}`);
  return { ...manifestSchema.parse(JSON.parse(text)), folder };
}

/**
 * Reads every pack, in order of their ids.
 * @throws an Error naming the mistakes of the first broken pack
 */
export async function loadTemplates(dir: string): Promise<Template[]> {
  const templates: Template[] = [];
  for (const id of await templateIds(dir)) templates.push(await loadTemplate(dir, id));
  return templates;
}

/** The ids of all packs, sorted; folders that begin with `_` or `.` are no packs. */
export async function templateIds(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !/^[_.]/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** The text of one art file of a checked pack. */
export async function readArt(template: Template, name: string): Promise<Buffer> {
  return readFile(join(template.folder, name));
}

/** Where the build puts a small photo of the drawn sample face, for whoever needs a photo with a face in it and has none. */
export function samplePath(dir: string): string {
  return join(dir, '_sample', '.baked', 'sample.jpg');
}

/** Where the preview of a pack is written by the build and read by the door. */
export function previewPath(template: Template): string {
  return join(template.folder, 'preview.png');
}
