import type { Selection } from './select.ts';

/** One end of a stretch of the log: an instant (UTC milliseconds) or a place. */
export type Bound = { readonly at: number } | { readonly index: number };

/**
 * What people write for the ends of a stretch: `2026-11` (a month), `2026-11-22` (a day), `2026-11-22T08:00:00Z` (an instant; a time zone has to be
 * named), or a place in the log, `1234`.
 * @param end whether it is the end: that of a day or month is the first instant behind it, so that `2026-11` to `2026-11` is the whole month
 * @returns undefined for what is none of these
 */
export function parseBound(text: string, end: boolean): Bound | undefined {
  if (/^\d{1,15}$/.test(text)) return { index: Number(text) };
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text) ?? [];
  if (year !== undefined) {
    if (!isDate(text)) return undefined;
    const first = Date.parse(text);
    if (!end) return { at: first };
    return { at: day === undefined ? Date.UTC(Number(year), Number(month), 1) : first + 86_400_000 };
  }
  const instant =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) && isDate(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : { at: instant };
}

/** Whether a month or a day is in the calendar: 2026-02-30 would silently be a day in March. */
function isDate(text: string): boolean {
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** What lies between two ends; one that is left out is open. */
export function between(from: Bound | undefined, to: Bound | undefined): Selection {
  return {
    ...(from !== undefined && ('at' in from ? { since: from.at } : { from: from.index })),
    ...(to !== undefined && ('at' in to ? { until: to.at } : { to: to.index })),
  };
}
