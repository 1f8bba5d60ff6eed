import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../problems.ts';
import { artMistakes, checkTemplate, readManifest } from './check.ts';
import { templateId } from './kinds/common.ts';
import type { Template } from './template.ts';

/**
 * Reads one pack; its art is checked when it is drawn.
 * @param dir folder of all packs
 * @param id as a client sent it; anything that is not a plain id is simply unknown, so it never becomes part of a path
 * @throws Problem `unknown-template` where there is no such pack; an Error naming every mistake where the manifest is broken
 */
export async function loadTemplate(dir: string, id: string): Promise<Template> {
  if (!templateId.safeParse(id).success) throw new Problem('unknown-template');
  const folder = join(dir, id);
  const text = await readFile(join(folder, 'template.json'), 'utf8').catch(() => {
    throw new Problem('unknown-template');
  });
  const { manifest, mistakes } = readManifest(text, id);
  if (manifest === undefined || mistakes.length > 0) throw broken(id, mistakes);
  return { ...manifest, folder };
}

/**
 * Reads and checks every pack, in order of their ids.
 * @throws an Error naming the mistakes of the first broken pack
 */
export async function loadTemplates(dir: string): Promise<Template[]> {
  const templates: Template[] = [];
  for (const id of await templateIds(dir)) {
    const mistakes = await checkTemplate(dir, id);
    if (mistakes.length > 0) throw broken(id, mistakes);
    templates.push(await loadTemplate(dir, id));
  }
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

/** The bytes of one art file as they are; before it is drawn comes `assertDrawable`. */
export function readArt(template: Template, name: string): Promise<Buffer> {
  return readFile(join(template.folder, name)).catch(() => {
    throw broken(template.id, [`${name} is missing`]);
  });
}

/** @throws Error naming what is wrong with an art file */
export function assertDrawable(template: Template, name: string, bytes: Buffer): void {
  const mistakes = artMistakes(name, bytes);
  if (mistakes.length > 0) throw broken(template.id, mistakes);
}

function broken(id: string, mistakes: readonly string[]): Error {
  return new Error(`The template ${id} is broken: ${mistakes.join('; ')}`);
}

/** Where the build puts a small photo of the drawn sample face, for whoever needs a photo with a face in it and has none. */
export function samplePath(dir: string): string {
  return join(dir, '_sample', '.baked', 'sample.jpg');
}

/** Where the preview of a pack is written by the build and read by the door. */
export function previewPath(template: Template): string {
  return join(template.folder, 'preview.png');
}
