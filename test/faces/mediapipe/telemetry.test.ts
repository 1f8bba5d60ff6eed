import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

// Since 1.29 the library uploads usage data and keeps a log and a device id in files. A process that sees faces has nobody to talk to.
test('the inference library has no telemetry built in', () => {
  const root = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  const folder = join(root, 'bin/napi-v6', process.platform, process.arch);
  const libraries = readdirSync(folder).filter((name) => name.startsWith('libonnxruntime'));
  expect(libraries.length).toBeGreaterThan(0);
  for (const name of libraries) {
    const bytes = readFileSync(join(folder, name));
    expect(bytes.includes('onnxruntime')).toBe(true);
    for (const trace of ['Microsoft12Applications6Events', 'mat-debug', 'ORT_DISABLE_TELEMETRY']) expect(bytes.includes(trace)).toBe(false);
  }
});
