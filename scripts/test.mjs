// Compiles src/ and test/ into .build/ and runs jest on it. Arguments are jest's. Ends with one line that counts.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { originals } from './models/sources.mjs';
import { findTools } from './tools.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const report = `${root}.build/report.json`;
const node = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

try {
  findTools();
} catch (error) {
  process.stderr.write(`mayfly: ${error.message}\n`);
  process.exit(1);
}
try {
  // Kept in node_modules/.cache: the judges of the networks that were converted.
  originals();
} catch (error) {
  process.stderr.write(`mayfly: ${error.message}\nmayfly: test/faces/mediapipe/originals.test.ts will fail without them.\n`);
}
rmSync(`${root}.build`, { recursive: true, force: true });
if (node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json') !== 0) process.exit(1);
// Services and commands under test are the file that ships.
if (node('scripts/bundle.mjs', '.build/src/main.cjs') !== 0) process.exit(1);
const status = node(
  '--no-warnings',
  '--experimental-vm-modules',
  'node_modules/jest/bin/jest.js',
  // A test that failed half-way may leave a timer or a child behind, and the run would not end with what it has found.
  '--forceExit',
  '--json',
  `--outputFile=${report}`,
  ...process.argv.slice(2).map((arg) => arg.replace(/^test\/(.*)\.ts$/, 'test/$1.js')),
);
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  process.stdout.write(`\n${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed\n`);
}
process.exit(status);
