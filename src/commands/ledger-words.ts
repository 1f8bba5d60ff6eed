import type { Entry } from '../ledger/entry.ts';
import type { Recorded } from '../ledger/ledger.ts';
import type { Held, Report } from '../ledger/report.ts';

/** The books in words, for people at a terminal. */

/** One entry as one line: place, time, event, and what it says. */
export function entryWords({ index, entry }: Recorded): string {
  return `${String(index).padStart(8)}  ${new Date(entry.at).toISOString()}  ${entry.ev.padEnd(14)}  ${factsOf(entry)}\n`;
}

function factsOf(entry: Entry): string {
  switch (entry.ev) {
    case 'job.received':
      return `${entry.job}  to be closed within ${entry.deadline} ms`;
    case 'job.closed': {
      const { job, why, held_ms, objects, proof } = entry;
      return `${job}  ${why}, held ${held_ms} ms, ${objects.length} objects, ${proof.unlinked} unlinked, darkroom ${proof.darkroom}`;
    }
    case 'log.boot':
      return `version ${entry.version}, engine ${entry.engine}, ${entry.isolation}, ${entry.orphans} orphans, ${entry.open} left open`;
    default: {
      const { v: _v, at: _at, mono: _mono, boot: _boot, seq: _seq, ev: _ev, ...facts } = entry;
      return Object.entries(facts)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(', ');
    }
  }
}

/** Name and value of every number of a report, in order; what is not there is left out. */
export function reportRows(report: Report): readonly (readonly [name: string, value: string | number])[] {
  const { jobs, sweeps, drills, boots } = report;
  const time = (at: number | undefined) => (at === undefined ? '' : new Date(at).toISOString());
  const counted = (title: string, counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, many]) => [`${title} ${name}`, many] as const);
  return [
    ['first entry', time(report.from)],
    ['last entry', time(report.to)],
    ['entries', report.entries],
    ['jobs received', jobs.received],
    ['jobs closed', jobs.closed],
    ['jobs open', jobs.open],
    ...counted('closed', jobs.why),
    ['artifacts unlinked', jobs.unlinked],
    ...heldRows('held', report.held),
    ...heldRows('held over a crash', report.heldOverCrash),
    ['purges failed', report.purges.failed],
    ['sweeps', sweeps.ran],
    ['sweeps: longest gap, ms', sweeps.longestGapMs],
    ['sweeps: found', sweeps.found],
    ['sweeps: not destroyed', sweeps.failed],
    ...counted('denied', report.denials),
    ['drills', drills.ran],
    ['drills failed', drills.failed],
    ['drills: hits', drills.hits],
    ['boots', boots.count],
    ['boots: orphans destroyed', boots.orphans],
    ['boots: jobs closed for a dead run', boots.crashed],
    ['boots: checks not kept', boots.missing.join(' ')],
    ['versions', report.versions.join(' ')],
    ['notices', report.notices.join(' ')],
    ['clock steps', report.clockSteps],
    ['keys rotated', report.keysRotated],
    ['entries pruned', report.pruned],
    ...counted('event', report.events),
  ];
}

function heldRows(title: string, held: Held | undefined): readonly (readonly [string, number])[] {
  if (held === undefined) return [];
  return [
    [`${title}: jobs`, held.jobs],
    [`${title}: shortest, ms`, held.shortest],
    [`${title}: half within, ms`, held.half],
    [`${title}: 90 % within, ms`, held.ninety],
    [`${title}: 99 % within, ms`, held.ninetyNine],
    [`${title}: longest, ms`, held.longest],
  ];
}
