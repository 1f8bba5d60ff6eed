import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What the scripts that make models/ write beside each file: weights of a network, or a table of numbers. */
const manifestSchema = z.record(
  z.string(),
  z.looseObject({
    file: z.string().regex(/^[a-z-]+\.(onnx|json)$/),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
);

const shapes = z.record(z.string(), z.array(z.number().int().positive()));

/** What is said of weights besides. */
const weightsSchema = z.object({
  /** What black and white become. */
  range: z.tuple([z.number(), z.number()]).default([0, 1]),
  /** One, channels, rows, columns. */
  inputs: shapes,
  outputs: shapes,
  constants: z.record(z.string(), z.array(z.number())),
});

export interface Model {
  readonly bytes: Buffer;
  readonly range: readonly [black: number, white: number];
  /** Shapes by name. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly outputs: Readonly<Record<string, readonly number[]>>;
  /** Lists that go with the weights. */
  readonly constants: Readonly<Record<string, readonly number[]>>;
}

/**
 * Reads one network and checks that it is the one that the manifest means.
 * @param folder models/ of this project; a test may give another
 * @throws Error when a file is missing, damaged, or not the one that was converted
 */
export function readModel(name: string, folder = modelsFolder()): Model {
  const { bytes, entry } = readChecked(name, folder);
  return { bytes, ...weightsSchema.parse(entry) };
}

/**
 * Reads one table of numbers and checks it in the same way.
 * @throws Error, ZodError
 */
export function readTable<T>(name: string, schema: z.ZodType<T>, folder = modelsFolder()): T {
  return schema.parse(JSON.parse(readChecked(name, folder).bytes.toString('utf8')));
}

function readChecked(name: string, folder: string): { readonly bytes: Buffer; readonly entry: object } {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  const entry = manifest[name];
  if (entry === undefined) throw new Error(`models/manifest.json knows no model called ${name}; "npm run models" makes it anew`);
  const { file, sha256 } = entry;
  const bytes = readFileSync(join(folder, file));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`models/${file}: expected SHA-256 ${sha256} but received ${found}; "npm run models" makes it anew`);
  return { bytes, entry };
}

/** models/ lies beside package.json; dist/ of a build and .build/src/ of the tests lie at different depths. */
function modelsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'models', 'manifest.json'))) {
    if (folder === dirname(folder)) throw new Error('The folder models/ is missing; "npm run models" makes it');
    folder = dirname(folder);
  }
  return join(folder, 'models');
}
