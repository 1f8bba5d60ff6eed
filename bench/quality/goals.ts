import type { Group, Kept, Trial } from './results.ts';

/** A goal of EFFECTS, as a question to one trial. */
interface Goal {
  readonly what: string;
  readonly goal: string;
  /** Nothing where the trial has no answer. */
  readonly value: (trial: Trial) => number | undefined;
  readonly met: (value: number) => boolean;
  /** The larger the worse; for sorting. */
  readonly badness?: (value: number) => number;
}

const measure =
  (name: string) =>
  ({ measures }: Trial) =>
    measures[name];
const ofFusion =
  (name: string) =>
  ({ kind, measures }: Trial) =>
    kind === 'fusion' ? measures[name] : undefined;
const most = (limit: number) => (value: number) => value <= limit;
const fromOne = (value: number) => Math.abs(Math.log(Math.max(value, 1e-3)));

export const goals: readonly Goal[] = [
  { what: 'a visible seam', goal: '≤ 1.15', value: ofFusion('seam'), met: most(1.15) },
  { what: 'face and neck differ in colour', goal: 'excess ≤ 3', value: ofFusion('colour'), met: most(3) },
  { what: 'light from the wrong side', goal: 'angle ≤ 20°', value: ofFusion('light-angle'), met: most(20) },
  {
    what: 'light too strong or too weak',
    goal: 'amplitude 0.7 to 1.4',
    value: ofFusion('light-amplitude'),
    met: (value) => value >= 0.7 && value <= 1.4,
    badness: fromOne,
  },
  {
    what: 'it does not look like me',
    goal: 'distance < 0.6',
    value: ({ measures, drawn }) => (drawn ? undefined : measures.identity),
    met: (value) => value < 0.6,
  },
  {
    what: 'the strength has no meaning',
    goal: 'rises every time',
    value: ({ measures, drawn }) => (drawn ? undefined : measures.rise),
    met: (value) => value > 0,
    badness: (value) => -value,
  },
  { what: 'eyes and mouth in the wrong place', goal: '≤ 0.04', value: measure('landmarks'), met: most(0.04) },
  { what: 'the background changed', goal: '0', value: measure('background'), met: most(0) },
  {
    what: 'too sharp or too soft',
    goal: '0.6 to 1.6',
    value: ofFusion('sharpness'),
    met: (value) => value >= 0.6 && value <= 1.6,
    badness: fromOne,
  },
  { what: 'tearing', goal: '0', value: measure('tearing'), met: most(0) },
  { what: 'a sideways photo', goal: '± 2', value: measure('orientation'), met: most(2) },
  { what: 'not the same twice', goal: 'equal', value: measure('same'), met: (value) => value === 1, badness: (value) => -value },
  { what: 'a sticker beside the face', goal: '≤ 0.05', value: measure('anchor'), met: most(0.05) },
  {
    what: 'a sticker at an angle',
    goal: '≤ 2°',
    value: ({ kind, measures }) => (kind === 'sticker' ? measures.roll : undefined),
    met: most(2),
  },
  { what: 'a sticker that does not follow the head', goal: '≤ 0.05', value: measure('turned-anchor'), met: most(0.05) },
  { what: 'a sticker that does not turn with the head', goal: '≤ 2°', value: measure('turned-roll'), met: most(2) },
  { what: 'a good photo refused', goal: 'sent', value: ({ refused }) => (refused === undefined ? 0 : 1), met: most(0) },
];

/** Share of cases in which every promise has to be kept, and that of likeness. */
export const wanted = 0.95;

/** @param howMany of the worst cases are named */
export function keptOf(trials: readonly Trial[], howMany = 5): readonly Kept[] {
  return goals.map(({ what, goal, value, met, badness = (number) => number }) => {
    const cases = trials.flatMap((trial) => {
      const number = value(trial);
      return number === undefined ? [] : [{ case: caseOf(trial), value: number }];
    });
    const sorted = [...cases].sort((a, b) => badness(b.value) - badness(a.value));
    const middle = sorted[sorted.length >> 1]?.value ?? Number.NaN;
    return {
      what,
      goal,
      cases: cases.length,
      kept: cases.filter((each) => met(each.value)).length,
      median: middle,
      worst: sorted.filter((each) => !met(each.value)).slice(0, howMany),
    };
  });
}

/** What each template misses in fewer than 95 % of its cases. */
export function missesOf(trials: readonly Trial[]): { readonly template: string; readonly missed: Readonly<Record<string, string>> }[] {
  const templates = [...new Set(trials.map(({ template }) => template))];
  return templates.map((template) => {
    const own = keptOf(trials.filter((trial) => trial.template === template));
    const missed = own.filter(({ cases, kept }) => cases > 0 && kept < wanted * cases);
    return { template, missed: Object.fromEntries(missed.map(({ what, kept, cases }) => [what, `${kept} of ${cases}`])) };
  });
}

/** Share of all kept promises by a property of the person. Those of too few cases are left out. */
export function groupsOf(trials: readonly Trial[], property: (trial: Trial) => string, fewest = 30): readonly Group[] {
  const names = [...new Set(trials.map(property))];
  return names
    .map((name): Group => {
      const own = trials.filter((trial) => property(trial) === name);
      const kept = keptOf(own);
      const cases = kept.reduce((sum, each) => sum + each.cases, 0);
      return {
        name,
        people: new Set(own.map(({ subject }) => subject)).size,
        cases,
        share: kept.reduce((sum, each) => sum + each.kept, 0) / Math.max(1, cases),
      };
    })
    .filter(({ cases }) => cases >= fewest);
}

export function caseOf({ template, subject, strength }: Trial): string {
  return `${template} × ${subject}${strength === 100 ? '' : ` at ${strength}`}`;
}
