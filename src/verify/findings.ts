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
  /** The first ones, in the order they were found. */
  readonly violations: readonly Violation[];
  /** All of them. */
  readonly count: number;
}

/** @param most violations that are kept; a ledger of another program would have millions */
export function createFindings(most = 10_000): Findings {
  const violations: Violation[] = [];
  let count = 0;
  return {
    find(violation) {
      count += 1;
      if (violations.length < most) violations.push(violation);
    },
    violations,
    get count() {
      return count;
    },
  };
}
