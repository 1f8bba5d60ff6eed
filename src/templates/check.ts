import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { artOf, type Manifest, manifestSchema, templateId } from './template.ts';

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
  const json = parseJson(text);
  if (json === undefined) return ['template.json is not JSON'];
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) return parsed.error.issues.map((issue) => `${issue.path.join('.') || 'template.json'}: ${issue.message}`);
  const mistakes = manifestMistakes(parsed.data, id);
  for (const art of artOf(parsed.data)) mistakes.push(...(await artMistakes(folder, art)));
  return mistakes;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a schema cannot say: agreement between fields. */
function manifestMistakes(manifest: Manifest, id: string): string[] {
  const mistakes: string[] = [];
  if (manifest.id !== id) mistakes.push(`id: is ${manifest.id} but the folder is ${id}`);
  if (manifest.kind !== 'fusion') {
    if (manifest.slots !== 1) mistakes.push(`slots: a ${manifest.kind} works on one photo`);
    return mistakes;
  }
  const { width, height } = manifest.size;
  if (manifest.slots !== manifest.faces.length) mistakes.push(`slots: ${manifest.slots} slots but ${manifest.faces.length} faces`);
  manifest.faces.forEach((face, index) => {
    const outside = face.landmarks.filter(([x, y]) => x < 0 || y < 0 || x >= width || y >= height).length;
    if (outside > 0) mistakes.push(`faces.${index}.landmarks: ${outside} points outside the scene`);
    const upright =
      (face.landmarks[36]?.[0] ?? 0) < (face.landmarks[45]?.[0] ?? 0) && (face.landmarks[27]?.[1] ?? 0) < (face.landmarks[8]?.[1] ?? 0);
    if (!upright) mistakes.push(`faces.${index}.landmarks: not in iBUG order (left to right in the picture, brow to chin)`);
  });
  return mistakes;
}

async function artMistakes(folder: string, art: string): Promise<string[]> {
  const text = await readFile(join(folder, art), 'utf8').catch(() => undefined);
  if (text === undefined) return [`${art} is missing`];
  const mistakes = forbidden.filter(([pattern]) => pattern.test(text)).map(([, words]) => `${art} ${words}`);
  if (!/<svg[\s>]/.test(text)) mistakes.push(`${art} is not SVG`);
  if (!/viewBox=/.test(text)) mistakes.push(`${art} has no viewBox`);
  return mistakes;
}
