import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Print, writeSheet } from './album.ts';
import { chart } from './chart.ts';
import { caseOf, goals } from './goals.ts';
import { readPlan, usage } from './plan.ts';
import { report } from './report.ts';
import type { Trial } from './results.ts';
import { type Run, run } from './run.ts';

/** `npm run quality`: see `usage`. Exit codes: 0 done, 1 it failed, 2 it was called wrongly. A goal that is missed is a finding and not a failure. */

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
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const begun = performance.now();
const done = await run(plan, (text) => process.stderr.write(`${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${text}\n`));
const page = report(done.quality);
process.stdout.write(`\n${page}`);
if (plan.out !== undefined) {
  mkdirSync(plan.out, { recursive: true });
  writeFileSync(join(plan.out, 'quality.md'), page);
  writeFileSync(join(plan.out, 'quality.svg'), chart(done.quality));
  writeFileSync(join(plan.out, 'quality.json'), `${JSON.stringify(done.quality, undefined, 1)}\n`);
  await writePictures(join(plan.out, 'faces'), done);
  process.stderr.write(`Results are in ${plan.out}\n`);
}
process.exit(0);

/** Every template on four people, and the worst case of every goal. */
async function writePictures(folder: string, { prints }: Run): Promise<void> {
  const all = [...prints];
  const templates = [...new Set(all.map(([, { template }]) => template))];
  for (const template of templates) {
    const own = all.filter(([, print]) => print.template === template).map(([, print]) => print);
    const four = [0, 1, 2, 3].map((i) => own[Math.floor((i * own.length) / 4)]).filter((print) => print !== undefined);
    await writeSheet(
      folder,
      `sheet-${template}`,
      [...new Set(four)],
      [...new Set(four)].map(({ subject }) => `${template}, ${subject}`),
    );
  }
  for (const { what, value, met, badness = (number: number) => number } of goals) {
    const missed = all
      .flatMap(([trial, print]): { trial: Trial; print: Print; number: number }[] => {
        const number = value(trial);
        return number === undefined || met(number) ? [] : [{ trial, print, number }];
      })
      .sort((a, b) => badness(b.number) - badness(a.number))
      .slice(0, 8);
    const captions = missed.map(({ trial, number }) => `${caseOf(trial)}: ${number.toFixed(2)}`);
    await writeSheet(
      folder,
      `worst-${what.replaceAll(' ', '-')}`,
      missed.map(({ print }) => print),
      captions,
    );
  }
}
