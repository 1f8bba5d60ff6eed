import type { Outcome, Point } from './crash.ts';

/** Outcomes of crashes in words. */

export const nameOf = ({ phase, process, dies }: Point): string =>
  dies === 'process' ? `${phase}, ${process} alone` : `${phase}, ${process}`;

/** One line for one crash. */
export function row({ point, hit, told, left, wrong }: Outcome): string {
  const where = hit === undefined ? 'never made' : (hit.file ?? 'between two files');
  const client = told.status === undefined ? 'no answer' : `${told.status}${told.receipt === undefined ? '' : ' and receipt'}`;
  const held = `${left.sealed.length} sealed, ${left.open.length} open`;
  const cells = [nameOf(point).padEnd(22), `${point.call} ${point.nth}`.padEnd(15), where.padEnd(34)];
  const heard = point.phase === 'job' ? client : '-';
  return [...cells, heard.padEnd(16), held.padEnd(17), wrong.length === 0 ? 'ok' : `WRONG: ${wrong.join('; ')}`].join(' ');
}

/** A table in Markdown: what was struck, and what was left before the next start. */
export function summary(outcomes: readonly Outcome[]): string {
  const names = [...new Set(outcomes.map(({ point }) => nameOf(point)))];
  const count = (of: readonly Outcome[], is: (outcome: Outcome) => boolean) => of.filter(is).length;
  const lines = names.map((name) => {
    const of = outcomes.filter(({ point }) => nameOf(point) === name);
    const cells = [
      of.length,
      count(of, ({ hit }) => hit !== undefined),
      count(of, ({ left }) => left.sealed.length > 0),
      count(of, ({ left }) => left.open.length > 0),
      count(of, ({ told }) => told.status === 200),
      count(of, ({ told }) => told.receipt !== undefined),
      count(of, ({ wrong }) => wrong.length > 0),
    ];
    return `| ${[name, ...cells].join(' | ')} |`;
  });
  const head = [
    'killed in',
    'calls',
    'struck',
    'left ciphertext',
    'left an open job',
    'client had its picture',
    'and its receipt',
    'wrong after the next start',
  ];
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...lines].join('\n');
}
