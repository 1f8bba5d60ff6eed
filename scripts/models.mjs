// Converts the weights that the engine `mediapipe` runs on: npm packages in, models/*.onnx and models/manifest.json out, the same bytes every time.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convert } from './models/convert.mjs';
import { folderOf, models } from './models/sources.mjs';

const target = fileURLToPath(new URL('../models/', import.meta.url));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

mkdirSync(target, { recursive: true });
const manifest = {};
for (const model of models) {
  const { name, source, file, outputs, range, title, licence } = model;
  const path = join(folderOf(model), `${file}.json`);
  const { bytes, input, outputs: shapes } = await convert(path, outputs);
  writeFileSync(join(target, `${name}.onnx`), bytes);
  const original = Object.fromEntries(
    ['json', 'bin'].map((kind) => [`${file}.${kind}`, sha256(readFileSync(path.replace(/json$/, kind)))]),
  );
  manifest[name] = {
    title,
    licence,
    source: { package: source.name, version: source.version, files: original },
    file: `${name}.onnx`,
    bytes: bytes.length,
    sha256: sha256(bytes),
    input: { name: 'input', shape: input, range },
    outputs: shapes,
  };
  process.stdout.write(`${name}.onnx ${bytes.length} bytes\n`);
}
writeFileSync(join(target, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
