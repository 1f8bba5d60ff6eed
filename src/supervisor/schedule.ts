import cron from 'node-cron';

const dayMs = 86_400_000;

/**
 * The longest time between two runs of a cron schedule, in milliseconds: what an auditor may hold the gaps between two sweeps against. Days are
 * taken as 24 hours; where clocks are put back, a schedule with gaps of hours has one gap that is an hour longer.
 * @param pattern six fields, the first one seconds; five without it
 * @throws Error for what is not a cron expression, or names a day that no month has
 */
export function longestGapMs(pattern: string): number {
  if (!cron.validate(pattern)) throw new Error('Expected a cron expression in MAYFLY_SWEEP_CRON');
  const { second, minute, hour } = cron.parse(pattern);
  const times = hour.flatMap((h) => minute.flatMap((m) => second.map((s) => ((h * 60 + m) * 60 + s) * 1000))).sort((a, b) => a - b);
  const [first = 0] = times;
  const last = times.at(-1) ?? 0;
  let longest = 0;
  for (let i = 1; i < times.length; i++) longest = Math.max(longest, (times[i] ?? 0) - (times[i - 1] ?? 0));
  // Over night, and over the days on which it does not run at all.
  return Math.max(longest, longestDays(pattern) * dayMs - last + first);
}

/** Days from one day of the schedule to the next, at most: as many runs looked at as a schedule by month and weekday needs to repeat. */
function longestDays(pattern: string): number {
  const days = pattern.trim().split(/\s+/).slice(-3);
  if (days.every((field) => field === '*')) return 1;
  // At noon, which every clock change leaves alone.
  const noon = cron.createTask(`0 0 12 ${days.join(' ')}`, () => undefined);
  const runs = noon.getNextRuns(60).map((date) => date.getTime());
  void noon.destroy();
  let longest = 1;
  for (let i = 1; i < runs.length; i++) longest = Math.max(longest, Math.round(((runs[i] ?? 0) - (runs[i - 1] ?? 0)) / dayMs));
  return longest;
}
