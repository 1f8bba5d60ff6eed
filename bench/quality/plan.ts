import { parseArgs } from 'node:util';

/** What one run does. */
export interface Plan {
  /** People at most. */
  readonly people: number;
  /** Percent, rising. */
  readonly strengths: readonly number[];
  /** Ids of templates; all where it is left out. */
  readonly templates?: readonly string[];
  /** Whether both engines are compared; the slower one takes its time. */
  readonly engines: boolean;
  /** Folder for the results, or nothing to write none. */
  readonly out?: string;
}

export const usage = `Usage: npm run quality -- [--quick] [--people N] [--templates A,B] [--out FOLDER]

Runs the measures of the pictures over faces, templates and strengths, and writes quality.md, quality.svg, quality.json, and contact sheets with the worst
cases into FOLDER/faces, which git ignores in bench/results.

  --quick           two people at full strength; writes only where --out says
  --people N        people at most (24)
  --templates A,B   these templates only
  --out FOLDER      where the results go (bench/results)
  --help            this text
`;

/** @returns nothing when only help was asked for. @throws Error for a wrong call */
export function readPlan(args: readonly string[]): Plan | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      people: { type: 'string' },
      templates: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { quick } = values;
  const people = Number(values.people ?? (quick ? 2 : 24));
  if (!Number.isInteger(people) || people < 1)
    throw new Error(`Expected a whole number above 0 for --people but received ${values.people}`);
  const out = values.out ?? (quick ? undefined : 'bench/results');
  return {
    people,
    strengths: quick ? [100] : [0, 25, 50, 75, 100],
    ...(values.templates !== undefined && { templates: values.templates.split(',') }),
    engines: !quick,
    ...(out !== undefined && { out }),
  };
}
