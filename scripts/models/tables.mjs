// Tables of numbers that were measured with the networks: beside them in models/, and in the same manifest.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../models/', import.meta.url));

export const readManifest = () => JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8'));

export function writeManifest(manifest) {
  writeFileSync(`${folder}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Writes models/<name>.json, a list or object a line, and its entry in the manifest. */
export function writeTable(name, title, table) {
  const file = `${name}.json`;
  const line = Array.isArray(table)
    ? (member) => JSON.stringify(member)
    : ([key, member]) => `${JSON.stringify(key)}: ${JSON.stringify(member)}`;
  const [open, close] = Array.isArray(table) ? '[]' : '{}';
  const lines = (Array.isArray(table) ? table : Object.entries(table)).map(line);
  const text = `${open}\n${lines.join(',\n')}\n${close}\n`;
  writeFileSync(`${folder}${file}`, text);
  const entry = {
    title,
    script: `scripts/models/${name}.mjs`,
    file,
    bytes: text.length,
    sha256: createHash('sha256').update(text).digest('hex'),
  };
  writeManifest({ ...readManifest(), [name]: entry });
}
