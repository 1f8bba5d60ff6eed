import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const packageDir = dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json'));

/** One of the six group photos that the face-api package carries, encoded. */
export function sample(number: 1 | 2 | 3 | 4 | 5 | 6): Buffer {
  return readFileSync(join(packageDir, 'demo', `sample${number}.jpg`));
}

export const sampleNumbers = [1, 2, 3, 4, 5, 6] as const;
