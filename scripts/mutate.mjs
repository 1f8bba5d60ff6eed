// Mutation testing of the rooms that the promises rest on: `npm run mutate [-- vault|ledger|verify]`. Stryker changes the program in one place after the
// other, and a test has to fail each time. Results go to bench/results/mutation.md. Fails where a room has less than 85 %, or where a mutant survives
// that test/mutation/survivors.json gives no reason for. MAYFLY_MUTATION_SHARE=4 tries every fourth mutant, for a quick look; `npm run mutate -- again
// verify` only those that survived the last run for no reason, when tests have been added.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutantsOf, unexplained, writeReport } from './mutation/report.mjs';
import { isTried, sampleOf } from './mutation/sample.mjs';
import { stryker } from './mutation/stryker.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What became of every mutant, by room: a run of one room leaves those of the others as they are. */
const kept = join(root, 'node_modules/.cache/mayfly/mutation');
const rooms = ['vault', 'ledger', 'verify'];
/** Tests that need the program as a bundle, and matrices of thousands of runs: what they alone would find counts as a survivor here. */
const elsewhere = /^(verify\/(browser|chromium|real-ledger)|vault\/faults|ledger\/faults)\./;

const [first, ...others] = process.argv.slice(2);
const again = first === 'again';
const asked = again ? others : process.argv.slice(2);
if (asked.some((room) => !rooms.includes(room))) {
  process.stderr.write(`mayfly: Expected ${rooms.join(', ')} or nothing but received ${asked.join(' ')}\n`);
  process.exit(2);
}

const packages = stryker();
const folder = mkdtempSync(join(tmpdir(), 'mayfly-mutation-'));
try {
  for (const room of asked.length === 0 ? rooms : asked) {
    const work = join(folder, room);
    const results = join(kept, `${room}.json`);
    const earlier = again ? JSON.parse(readFileSync(results, 'utf8')) : undefined;
    const sample = sampleOf(earlier?.share ?? Number(process.env.MAYFLY_MUTATION_SHARE ?? 1), earlier && unexplained(earlier.mutants));
    prepare(work, room, sample);
    const { status } = spawnSync(process.execPath, [join(packages, '@stryker-mutator/core/bin/stryker.js'), 'run', 'stryker.json'], {
      cwd: work,
      stdio: ['ignore', 2, 2],
    });
    if (status !== 0 || !existsSync(join(work, 'report.json'))) throw new Error(`Stryker ended with ${status}`);
    mkdirSync(kept, { recursive: true });
    const settled = earlier?.mutants.filter((mutant) => !isTried(sample, undefined, mutant)) ?? [];
    const mutants = [...settled, ...mutantsOf(join(work, 'report.json'), sample)];
    const survived = earlier?.again ?? sample.again?.length;
    writeFileSync(results, JSON.stringify({ share: sample.share, ...(earlier && { again: survived }), mutants }));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(writeReport(rooms, kept, join(root, 'bench/results/mutation.md')) ? 0 : 1);

/** A copy of the tree with all that Stryker wants to know. */
function prepare(work, room, sample) {
  mkdirSync(work);
  for (const name of ['src', 'test', 'package.json', 'tsconfig.json', 'tsconfig.test.json']) {
    cpSync(join(root, name), join(work, name), { recursive: true });
  }
  for (const name of ['runner', 'sample', 'texts', 'fresh']) cpSync(join(root, `scripts/mutation/${name}.mjs`), join(work, `${name}.mjs`));
  linkPackages(join(work, 'node_modules'));
  writeFileSync(join(work, 'sample.json'), JSON.stringify(sample));
  const tests = readdirSync(join(root, 'test', room), { recursive: true, encoding: 'utf8' })
    .map((name) => `${room}/${name}`)
    .filter((name) => name.endsWith('.test.ts') && !elsewhere.test(name));
  writeFileSync(join(work, 'tests.json'), JSON.stringify(tests.map((name) => `.build/test/${name.replace(/\.ts$/, '.js')}`)));
  // Mutants need not follow the types.
  const compile = 'node ../../node_modules/typescript/bin/tsc -p tsconfig.test.json --noCheck';
  const options = {
    plugins: ['./runner.mjs'],
    testRunner: 'room',
    ignorers: ['texts'],
    mutate: [`src/${room}/**/*.ts`],
    buildCommand: compile,
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // For loops without an end; what only waits is found by the runner.
    timeoutMS: 8000,
    timeoutFactor: 1.5,
    checkers: [],
    reporters: ['clear-text', 'json', 'progress-append-only'],
    clearTextReporter: { logTests: false, reportTests: false, reportMutants: false },
    jsonReporter: { fileName: 'report.json' },
    disableTypeChecks: true,
    tsconfigFile: 'none.json',
    tempDirName: 'sandbox',
    allowConsoleColors: false,
  };
  writeFileSync(join(work, 'stryker.json'), JSON.stringify(options));
}

/** All packages of the project, Stryker's own beside them, and what stands in for @jest/globals. */
function linkPackages(target) {
  mkdirSync(join(target, '@jest/globals'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.') && name !== '@jest') symlinkSync(join(root, 'node_modules', name), join(target, name));
  }
  symlinkSync(join(packages, '@stryker-mutator'), join(target, '@stryker-mutator'));
  cpSync(join(root, 'scripts/mutation/globals.mjs'), join(target, '@jest/globals/index.mjs'));
  writeFileSync(join(target, '@jest/globals/package.json'), JSON.stringify({ name: '@jest/globals', exports: './index.mjs' }));
}
