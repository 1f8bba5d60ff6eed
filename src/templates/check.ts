import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { templateId } from './kinds/common.ts';
import { artOf, type Manifest, manifestSchema, mistakesOf } from './template.ts';

/** Art is drawn by a renderer that must never reach out of the file: no scripts, no links, no pictures from elsewhere. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/<script/i, 'contains a script'],
  [/<foreignObject/i, 'contains foreign markup'],
  [/<image/i, 'contains an embedded picture'],
  [/<text/i, 'contains text, which depends on the fonts of the machine'],
  [/<!ENTITY/i, 'declares an entity'],
  [/href\s*=\s*["'](?!#)/i, 'refers to something outside itself'],
  [/url\((?!\s*["']?#)/i, 'refers to something outside itself'],
];

/**
 * Everything that is wrong with a pack, in words; an empty list means that it can be used.
 * @param dir folder of all packs
 */
export async function checkTemplate(dir: string, id: string): Promise<string[]> {
  if (!templateId.safeParse(id).success) return ['the id must be lower-case letters, digits and single hyphens'];
  const folder = join(dir, id);
  const text = await readFile(join(folder, 'template.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return ['template.json is missing'];
  const { manifest, mistakes } = readManifest(text, id);
  if (manifest === undefined) return mistakes;
  for (const art of artOf(manifest)) {
    const bytes = await readFile(join(folder, art)).catch(() => undefined);
    mistakes.push(...(bytes === undefined ? [`${art} is missing`] : artMistakes(art, bytes)));
  }
  return mistakes;
}

/** The manifest in the text of a `template.json`, and what is wrong with it, the art aside. */
export function readManifest(text: string, id: string): { readonly manifest?: Manifest; readonly mistakes: string[] } {
  const json = parseJson(text);
  if (json === undefined) return { mistakes: ['template.json is not JSON'] };
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    return { mistakes: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'template.json'}: ${issue.message}`) };
  }
  const mistakes = [...mistakesOf(parsed.data)];
  if (parsed.data.id !== id) mistakes.push(`id: is ${parsed.data.id} but the folder is ${id}`);
  return { manifest: parsed.data, mistakes };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with a piece of art; an empty list means that it may be drawn. A picture is looked at more closely when it is decoded. */
export function artMistakes(art: string, bytes: Buffer): string[] {
  if (art.endsWith('.png')) return bytes.toString('latin1', 1, 4) === 'PNG' ? [] : [`${art} is not a PNG`];
  if (art.endsWith('.webp')) return bytes.toString('latin1', 8, 12) === 'WEBP' ? [] : [`${art} is not a WebP`];
  const text = bytes.toString();
  const mistakes = forbidden.filter(([pattern]) => pattern.test(text)).map(([, words]) => `${art} ${words}`);
  if (!/<svg[\s>]/.test(text)) mistakes.push(`${art} is not SVG`);
  if (!/viewBox=/.test(text)) mistakes.push(`${art} has no viewBox`);
  return mistakes;
}
