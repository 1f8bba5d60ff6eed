import type { Results } from './results.ts';

const MB = 1e6;

/** A promise of the project that a number can keep or break. */
export interface Goal {
  readonly what: string;
  readonly measured: string;
  readonly limit: string;
  /** Left open where the run was too short to tell. */
  readonly met: boolean | undefined;
}

const idleLimit = 600 * MB;
/** Jobs after which memory that grows would show. */
const enoughJobs = 1000;
const growthLimit = 1.1;
const keepingLimit = 0.05;

export function goalsOf(results: Results): readonly Goal[] {
  return [...idleGoals(results), enduranceGoal(results), ...keepingGoals(results)];
}

function idleGoals({ memory }: Results): readonly Goal[] {
  return memory.map(({ isolation, idle }) => ({
    what: `Resident memory of the idle service with ${idle.darkrooms} spare darkrooms, ${isolation}`,
    measured: `${Math.round(idle.resident / MB)} MB (${Math.round(idle.proportional / MB)} MB with shared pages counted once)`,
    limit: `< ${idleLimit / MB} MB`,
    met: idle.resident > 0 ? idle.resident < idleLimit : undefined,
  }));
}

function enduranceGoal({ endurance: { jobs, growth, slope } }: Results): Goal {
  return {
    what: `Growth of the supervisor over ${jobs} jobs (second fifth to last fifth)`,
    measured: `${((growth - 1) * 100).toFixed(1)} %, ${((slope * 1000) / MB).toFixed(2)} MB for 1,000 jobs`,
    limit: `< ${Math.round((growthLimit - 1) * 100)} % over ${enoughJobs} jobs`,
    met: jobs >= enoughJobs ? growth < growthLimit : undefined,
  };
}

/** Each vault against the fastest kind of 12-megapixel job: the strictest way to read the promise. */
function keepingGoals({ keeping, latency }: Results): readonly Goal[] {
  const jobs = latency.filter(({ megapixels }) => megapixels === 12);
  const fastest = Math.min(...jobs.map(({ median }) => median));
  return keeping.map(({ vault, total }) => ({
    what: `Sealing, purging and the books, vault on ${vault}, of the fastest 12-megapixel job`,
    measured: `${total.toFixed(1)} ms of ${fastest.toFixed(0)} ms, ${((total / fastest) * 100).toFixed(1)} %`,
    limit: `< ${keepingLimit * 100} %`,
    met: total / fastest < keepingLimit,
  }));
}
