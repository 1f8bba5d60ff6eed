import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { readConfig } from '../config.ts';
import { develop } from '../darkroom/develop.ts';
import type { OutputType } from '../jobs/task.ts';
import { openKit } from '../kit.ts';
import { Problem } from '../problems.ts';
import { loadTemplate } from '../templates/load.ts';
import { parseParams } from '../templates/params.ts';
import { readArgs, UsageError } from './usage.ts';

const help = `
Usage: mayfly apply PHOTO --template ID -o OUT [--params JSON]

The pipeline of a darkroom without a server, for trying out. The ending of OUT chooses the format: .jpg, .png, .webp, .avif.
`;

const types: Readonly<Record<string, OutputType>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
};

export async function apply(args: readonly string[]): Promise<number> {
  const read = readArgs(args, help, {
    template: { type: 'string', short: 't' },
    output: { type: 'string', short: 'o' },
    params: { type: 'string' },
  });
  if (read === undefined) return 0;
  const { template: id, output, params } = read.values;
  const mediaType = types[extname(output ?? '').toLowerCase()];
  if (read.positionals.length === 0 || id === undefined || output === undefined || mediaType === undefined)
    throw new UsageError(help.trim());
  const config = readConfig(process.env);
  try {
    const template = await loadTemplate(config.templatesDir, id);
    const checked = { ...parseParams(template, JSON.parse(params ?? '{}')) };
    const photos = await Promise.all(read.positionals.map((path) => readFile(path)));
    const kit = await openKit(config);
    const { body, timings, quality } = await develop(
      kit,
      photos,
      { kind: 'effect', template: id, params: checked, mediaType },
      randomUUID(),
    );
    await writeFile(output, body);
    process.stdout.write(`${JSON.stringify({ timings, quality })}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return 1;
  }
}
