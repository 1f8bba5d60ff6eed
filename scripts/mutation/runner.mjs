// A test runner for Stryker: jest's tests in one process that stays. Stryker's own runner for jest starts jest, and with it every test file and all that
// it imports, once for each mutant; here they are loaded once and a mutant costs no more than the tests that reach it, the quickest first.
import { readFileSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, determineHitLimitReached, MutantRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import { describeMutant, isTried } from './sample.mjs';
import { isText } from './texts.mjs';

// The same histories for every mutant, and no search for a smaller one where the first is enough.
fc.configureGlobal({ seed: 20_261_122, endOnFailure: true });
// Modules with a query in their URL are new, and so is all that they import of this project: see fresh.mjs.
register('./fresh.mjs', import.meta.url);
// What a mutant leaves behind unwatched must not end the process that the next ones need.
process.on('unhandledRejection', () => undefined);

/** Shared with the instrumented code: see @stryker-mutator/instrumenter. */
globalThis.__stryker__ ??= {};
const instrumented = globalThis.__stryker__;

const sample = JSON.parse(readFileSync('sample.json', 'utf8'));

/** Stryker counts lines and columns from 0 here, and from 1 in its report. */
function isInSample({ id, fileName, location: { start, end }, replacement }) {
  const fromOne = ({ line, column }) => ({ line: line + 1, column: column + 1 });
  const lines = readFileSync(fileName, 'utf8').split('\n');
  const file = fileName.slice(fileName.lastIndexOf('/src/') + 1);
  return isTried(sample, id, describeMutant(file, lines, { start: fromOne(start), end: fromOne(end) }, replacement));
}

/** Milliseconds that each test took unmutated. */
const timesFile = 'times.json';

class RoomRunner {
  #tests;
  #times;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    const { results } = await runAll(await this.#load(), {});
    writeFileSync(timesFile, JSON.stringify(Object.fromEntries(results.map(({ id, timeSpentMs }) => [id, timeSpentMs]))));
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: instrumented.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit, disableBail }) {
    if (!isInSample(activeMutant)) return { status: MutantRunStatus.Error, errorMessage: 'Not in the sample' };
    this.#times ??= JSON.parse(readFileSync(timesFile, 'utf8'));
    try {
      Object.assign(instrumented, { hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
      // A mutant that acts while modules load needs modules that load now; all others share one copy.
      if (mutantActivation === 'static') instrumented.activeMutant = activeMutant.id;
      const tests = mutantActivation === 'static' ? await load(`?mutant=${activeMutant.id}`) : await this.#load();
      instrumented.activeMutant = activeMutant.id;
      const chosen = testFilter === undefined ? [...tests] : tests.filter(({ id }) => testFilter.includes(id));
      // Those that share what was made once may need their order.
      const rank = (test) => (sharesWork(test) ? Number.POSITIVE_INFINITY : this.#times[test.id]);
      chosen.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
      const { results, hung } = await runAll(chosen, { times: this.#times, bail: !disableBail });
      if (hung !== undefined) return { status: MutantRunStatus.Timeout, reason: `${hung} does not end` };
      const endless = determineHitLimitReached(instrumented.hitCount, hitLimit);
      return endless ?? toMutantRunResult({ status: DryRunStatus.Complete, tests: results }, disableBail);
    } catch (error) {
      // The modules do not even load.
      return { status: MutantRunStatus.Killed, killedBy: [], failureMessage: String(error), nrOfTests: 0 };
    } finally {
      Object.assign(instrumented, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
    }
  }

  async #load() {
    this.#tests ??= await load('');
    return this.#tests;
  }
}

async function load(query) {
  const { collect } = await import('@jest/globals');
  const tests = [];
  for (const file of JSON.parse(readFileSync('tests.json', 'utf8'))) {
    const found = await collect(() => import(`${pathToFileURL(join(process.cwd(), file)).href}${query}`));
    for (const test of found) tests.push({ ...test, file, id: `${file} ${test.name} #${tests.length}` });
  }
  return tests;
}

const sharesWork = ({ groups }) => groups.some(({ beforeAll }) => beforeAll.length > 0);

/**
 * Tests one after the other.
 * @param times what each took unmutated; one that takes very much longer hangs, and is left where it is
 * @param bail ends with the first that fails
 */
async function runAll(tests, { times, bail }) {
  const results = [];
  /** What reached the mutants in the hooks that a whole group shares counts for each of its tests. */
  const shared = new Map();
  for (const test of tests) {
    const running = (async () => {
      for (const group of test.groups) {
        if (shared.has(group)) continue;
        const id = `group ${shared.size}`;
        shared.set(group, { id, failures: [] });
        shared.set(group, { id, failures: await attempt(id, group.beforeAll) });
      }
      return run(
        test,
        test.groups.flatMap((group) => shared.get(group).failures),
      );
    })();
    const result = await (times === undefined ? running : Promise.race([running, patience(times[test.id])]));
    if (result === undefined) return { results, hung: test.name };
    for (const group of test.groups) addCoverage(shared.get(group).id, test.id);
    results.push(result);
    if (bail && result.status === TestStatus.Failed) break;
  }
  for (const [{ afterAll }, { id }] of shared) {
    await attempt(id, afterAll);
    delete instrumented.mutantCoverage?.perTest[id];
  }
  return { results };
}

/** Resolves when a test that used to take so many milliseconds has had ten times as long, and no less than five seconds. */
const patience = (ms = 0) => new Promise((resolve) => setTimeout(resolve, 5000 + 10 * ms).unref());

function addCoverage(from, to) {
  const all = instrumented.mutantCoverage?.perTest;
  for (const [mutant, hits] of Object.entries(all?.[from] ?? {})) {
    all[to] ??= {};
    all[to][mutant] = (all[to][mutant] ?? 0) + hits;
  }
}

/** Runs what belongs to a test. @returns what was thrown, at most one thing */
async function attempt(id, work) {
  instrumented.currentTestId = id;
  try {
    for (const each of work) await each();
    return [];
  } catch (error) {
    return [error];
  } finally {
    instrumented.currentTestId = undefined;
  }
}

async function run({ id, name, file, groups, test }, before) {
  const began = performance.now();
  const failures = [...before];
  if (failures.length === 0) failures.push(...(await attempt(id, [...groups.flatMap(({ beforeEach }) => beforeEach), test])));
  for (const hook of groups.flatMap(({ afterEach }) => afterEach).reverse()) failures.push(...(await attempt(id, [hook])));
  const result = { id, name, fileName: file, timeSpentMs: performance.now() - began };
  if (failures.length === 0) return { ...result, status: TestStatus.Success };
  return { ...result, status: TestStatus.Failed, failureMessage: String(failures[0]?.message ?? failures[0]) };
}

RoomRunner.inject = [];

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'room', RoomRunner),
  declareValuePlugin(PluginKind.Ignore, 'texts', { shouldIgnore: (path) => (isText(path) ? 'A text for people' : undefined) }),
];
