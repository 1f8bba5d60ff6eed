import { selfie } from '../kit/photos.ts';
import { type Outcome, openRig, type Point, type Rig } from './crash.ts';
import { plan } from './plan.ts';
import { row, summary } from './table.ts';

/** `npm run crash`: SIGKILL at every system call on vault and ledger, and a start after each. Exit code 1 where anything does not hold. */

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** A call that was not made at all in one run, since it had another number there, is struck in the next. */
async function strike(rig: Rig, point: Point): Promise<Outcome> {
  let outcome = await rig.crash(point);
  for (let tries = 1; outcome.hit === undefined && outcome.wrong.length === 0 && tries < 3; tries++)
    outcome = await rig.crash({ ...point, nth: outcome.meant?.nth ?? point.nth });
  return outcome;
}

/** Arguments: words that a point must have in its name, and `--thin`; all points where there are none. */
async function main(args: readonly string[]): Promise<number> {
  const begun = Date.now();
  const words = args.filter((arg) => arg !== '--thin');
  const rig = openRig(await selfie(400));
  const outcomes: Outcome[] = [];
  try {
    const points = (await plan(rig, args.includes('--thin'))).filter((point) =>
      words.every((word) => Object.values(point).join(' ').includes(word)),
    );
    say(`${points.length} points`);
    for (const point of points) {
      const outcome = await strike(rig, point);
      outcomes.push(outcome);
      say(row(outcome));
    }
  } finally {
    await rig.dispose();
  }
  const wrong = outcomes.filter((outcome) => outcome.wrong.length > 0).length;
  say(`\n${summary(outcomes)}\n\n${wrong} of ${outcomes.length} wrong, ${Math.round((Date.now() - begun) / 1000)} s`);
  return wrong > 0 ? 1 : 0;
}

process.exit(await main(process.argv.slice(2)));
