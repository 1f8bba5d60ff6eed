// What the tests use besides Node: found, installed where this may be done (root, apt), or named.
import { spawnSync } from 'node:child_process';

/** Command -> Debian package. */
const tools = {
  bash: 'bash',
  chromium: 'chromium',
  curl: 'curl',
  'heif-enc': 'libheif-examples',
  exiftool: 'libimage-exiftool-perl',
  strace: 'strace',
};

const has = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
const run = (command, ...args) =>
  spawnSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;

/** @throws Error that names what is missing */
export function findTools() {
  const missing = Object.keys(tools).filter((command) => !has(command));
  if (missing.length === 0) return;
  const packages = missing.map((command) => tools[command]);
  if (process.getuid?.() === 0 && has('apt-get')) {
    process.stderr.write(`mayfly: installing ${packages.join(', ')}\n`);
    run('apt-get', 'update', '-qq');
    run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages);
  }
  const still = missing.filter((command) => !has(command));
  if (still.length > 0) throw new Error(`The tests need ${still.join(', ')}. On Debian: apt-get install ${packages.join(' ')}`);
}
