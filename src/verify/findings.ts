/** What the checker holds against a ledger. */

export type Rule =
  /** The files are not those of one signed tree. */
  | 'keys'
  | 'checkpoint'
  | 'tree'
  /** The history is shorter than, or another one than, what a kept checkpoint says. */
  | 'rollback'
  | 'fork'
  /** An entry is not canonical JSON of the closed schema. */
  | 'entry'
  /** The books: see invariants/. */
  | 'run'
  | 'balance'
  | 'deadline'
  | 'sweep'
  | 'rotation'
  | 'pruning';

export interface Violation {
  readonly rule: Rule;
  readonly what: string;
  /** The entry. */
  readonly index?: number;
  /** The file, relative to the ledger. */
  readonly file?: string;
}

export type Find = (violation: Violation) => void;

export interface Findings {
  readonly find: Find;
  /** The first ones of each rule, in the order they were found. */
  readonly violations: readonly Violation[];
  /** All of them. */
  readonly count: number;
}

/** @param most violations of one rule that are kept: a ledger of another program would have millions, and bury what else is wrong */
export function createFindings(most = 1000): Findings {
  const violations: Violation[] = [];
  const counts = new Map<Rule, number>();
  let count = 0;
  return {
    find(violation) {
      const of = (counts.get(violation.rule) ?? 0) + 1;
      counts.set(violation.rule, of);
      count += 1;
      if (of <= most) violations.push(violation);
    },
    violations,
    get count() {
      return count;
    },
  };
}
