import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What `npm run models` writes beside the weights. */
const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string().regex(/^[a-z-]+\.onnx$/),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    input: z.object({
      name: z.string(),
      /** Pictures, channels, height, width. */
      shape: z.tuple([z.literal(1), z.literal(3), z.number().int().positive(), z.number().int().positive()]),
      /** What black and white become. */
      range: z.tuple([z.number(), z.number()]),
    }),
    outputs: z.record(z.string(), z.array(z.number().int().positive())),
  }),
);

export interface Model {
  readonly bytes: Buffer;
  readonly input: { readonly name: string; readonly side: number; readonly range: readonly [black: number, white: number] };
  /** Shape of each output. */
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

/**
 * Reads one model and checks that it is the one that the manifest means.
 * @param folder models/ of this project; a test may give another
 * @throws Error when a file is missing, damaged, or not the one that was converted
 */
export function readModel(name: string, folder = modelsFolder()): Model {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  const entry = manifest[name];
  if (entry === undefined) throw new Error(`models/manifest.json knows no model called ${name}; "npm run models" makes it anew`);
  const bytes = readFileSync(join(folder, entry.file));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== entry.sha256) {
    throw new Error(`models/${entry.file}: expected SHA-256 ${entry.sha256} but received ${found}; "npm run models" makes it anew`);
  }
  const { name: input, shape, range } = entry.input;
  return { bytes, input: { name: input, side: shape[2], range }, outputs: entry.outputs };
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
