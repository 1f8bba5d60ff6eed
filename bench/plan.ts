import { parseArgs } from 'node:util';
import { type Kind, kinds } from './results.ts';

/** What one run does. */
export interface Plan {
  /** Megapixels, smallest first. */
  readonly sizes: readonly number[];
  readonly rounds: number;
  /** Seconds that darkrooms rehearse. */
  readonly rehearsal: number;
  /** Seconds of each throughput. */
  readonly seconds: number;
  readonly throughputOf: readonly Kind[];
  /** Megapixels. */
  readonly throughputAt: readonly number[];
  /** Jobs of the endurance run. */
  readonly jobs: number;
  /** Folder for the results, or nothing to write none. */
  readonly out?: string;
}

export const usage = `Usage: npm run bench -- [--quick] [--jobs N] [--rounds N] [--out FOLDER]

Measures the service beside sharp alone and writes bench.md, bench.svg and bench.json.

  --quick        a smoke run, less than a minute on a quiet machine; writes only where --out says
  --jobs N       jobs of the memory run (200)
  --rounds N     rounds of the latency (20)
  --out FOLDER   where the results go (bench/results)
  --help         this text
`;

/** @returns nothing when only help was asked for. @throws Error for a wrong call */
export function readPlan(args: readonly string[]): Plan | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      jobs: { type: 'string' },
      rounds: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { quick } = values;
  const sizes = quick ? [1, 12] : [1, 12, 48];
  const out = values.out ?? (quick ? undefined : 'bench/results');
  return {
    sizes,
    rounds: count('rounds', values.rounds, quick ? 1 : 20),
    // As by default.
    rehearsal: quick ? 1 : 10,
    seconds: quick ? 1 : 10,
    throughputOf: quick ? ['sticker'] : kinds,
    throughputAt: quick ? [1] : [12],
    jobs: count('jobs', values.jobs, quick ? 20 : 200),
    ...(out !== undefined && { out }),
  };
}

function count(name: string, text: string | undefined, fallback: number): number {
  const value = Number(text ?? fallback);
  if (!Number.isInteger(value) || value < 1) throw new Error(`Expected a whole number above 0 for --${name} but received ${text}`);
  return value;
}
