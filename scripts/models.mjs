// Converts the weights that the engine `mediapipe` runs on: npm packages in, models/*.onnx and models/manifest.json out, the same bytes every time.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convert } from './models/convert.mjs';
import { models, originals } from './models/sources.mjs';
import { readManifest, writeManifest } from './models/tables.mjs';

const target = fileURLToPath(new URL('../models/', import.meta.url));
const ort = createRequire(import.meta.url)('onnxruntime-node');
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

mkdirSync(target, { recursive: true });
const manifest = {};
for (const model of models) {
  const { name, title, licence, source, file, range } = model;
  const path = join(originals(), `${file}.json`);
  const { bytes: plain, inputs, outputs, constants } = await convert(path, model);
  const bytes = await optimized(plain);
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
    range,
    inputs,
    outputs,
    constants,
  };
  process.stdout.write(`${name}.onnx ${bytes.length} bytes\n`);
}
// The tables are measured by scripts of their own.
const tables = Object.entries(readManifest()).filter(([, { file }]) => file.endsWith('.json'));
writeManifest({ ...manifest, ...Object.fromEntries(tables) });

/**
 * What ONNX Runtime makes of a graph before it runs it, as far as that is the same on every machine: constants folded, a convolution with its addition and
 * its rectifier in one. A darkroom starts for every photo and does not do it again; only the layout for its own processor is left for it.
 */
async function optimized(plain) {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-models-'));
  try {
    const file = join(folder, 'optimized.onnx');
    const options = { graphOptimizationLevel: 'extended', optimizedModelFilePath: file, logSeverityLevel: 3 };
    await (await ort.InferenceSession.create(plain, options)).release();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
