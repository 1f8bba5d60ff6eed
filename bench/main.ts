import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chart } from './chart.ts';
import { readPlan, usage } from './plan.ts';
import { report } from './report.ts';
import { run } from './run.ts';

/** `npm run bench`: see `usage`. Exit codes: 0 done, 1 it failed, 2 it was called wrongly. A goal that is missed is a finding and not a failure. */

function planOrExit() {
  try {
    return readPlan(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'It was called wrongly'}\n\n${usage}`);
    process.exit(2);
  }
}

const plan = planOrExit();
if (plan === undefined) {
  process.stdout.write(usage);
  process.exit(0);
}
// Whatever is running ends with this process: `exit` handlers see to it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const begun = performance.now();
const results = await run(plan, (text) =>
  process.stderr.write(`${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${text}\n`),
);
const page = report(results);
process.stdout.write(`\n${page}`);
if (plan.out !== undefined) {
  mkdirSync(plan.out, { recursive: true });
  writeFileSync(join(plan.out, 'bench.md'), page);
  writeFileSync(join(plan.out, 'bench.svg'), chart(results));
  writeFileSync(join(plan.out, 'bench.json'), `${JSON.stringify(results, undefined, 1)}\n`);
  process.stderr.write(`Results are in ${plan.out}\n`);
}
process.exit(0);
