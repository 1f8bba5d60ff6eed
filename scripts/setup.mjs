// Makes a fresh clone ready: what is missing or stale is installed and built, what is fine is left alone. No dependencies, so that it runs
// before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const oldest = [20, 19];
/** What the build itself writes into the packs. */
const made = new Set(['preview.png', '.baked']);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  fail(`Mayfly needs Node ${oldest.join('.')} or later; this is ${process.versions.node}.`);
}

/** Runs once for each content of `inputs`; the stamp remembers the last one. */
function once(stamp, inputs, what, command, args) {
  const digest = digestOf(inputs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  process.stderr.write(`mayfly: ${what}\n`);
  // Output goes to stderr: the standard output of a command belongs to the command.
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) fail(`${command} ${args.join(' ')} failed.`);
  writeFileSync(stamp, digest);
}

function digestOf(inputs) {
  const hash = createHash('sha256').update(process.version);
  const add = (path) => {
    if (!existsSync(path)) return;
    if (made.has(basename(path))) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(relative(root, path)).update(readFileSync(path));
  };
  for (const input of inputs) add(join(root, input));
  return hash.digest('hex');
}

function fail(message) {
  process.stderr.write(`mayfly: ${message}\n`);
  process.exit(1);
}

once(join(root, 'node_modules/.mayfly'), ['package-lock.json', '.npmrc'], 'installing packages', 'npm', ['ci', '--include=dev']);
once(join(root, 'dist/.mayfly'), ['src', 'templates', 'scripts/bundle.mjs', 'package.json'], 'building', 'npm', ['run', '-s', 'build']);
