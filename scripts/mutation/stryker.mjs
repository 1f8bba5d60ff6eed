// Stryker is 100 MB and used now and then: it is no dependency of the project but is installed here when it is first asked for.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = '9.6.1';
const cache = fileURLToPath(new URL('../../node_modules/.cache/mayfly/', import.meta.url));

/** The folder of packages that Stryker is in. @throws Error where npm cannot install it */
export function stryker() {
  const kept = join(cache, `stryker-${version}`);
  if (existsSync(kept)) return join(kept, 'node_modules');
  // Under its real name only when it is whole.
  const part = `${kept}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const dependencies = { '@stryker-mutator/core': version, '@stryker-mutator/api': version };
  writeFileSync(join(part, 'package.json'), JSON.stringify({ private: true, dependencies }));
  process.stderr.write(`mayfly: installing Stryker ${version}\n`);
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: part, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`npm cannot install Stryker ${version}`);
  renameSync(part, kept);
  return join(kept, 'node_modules');
}
