import { wanted } from './goals.ts';
import type { Quality } from './results.ts';

/** The results as Markdown, for people; quality.json has the same for programs. */
export function report(quality: Quality): string {
  const parts = [heading, about, goals, templates, fairness, detection, notes];
  return `${parts
    .map((part) => part(quality))
    .filter((text) => text !== '')
    .join('\n\n')}\n`;
}

const heading = () =>
  '# Quality of the pictures\n\n`npm run quality` writes this page, its chart and quality.json; all numbers are of one run.\n\n![Goals](quality.svg)';

function about({ machine, subjects, templates }: Quality): string {
  const worn = subjects.filter(({ spectacles }) => spectacles).length;
  const people = subjects.filter(({ spectacles }) => !spectacles);
  const tones = [...new Set(people.map(({ tone }) => tone))].map((tone) => `${people.filter((each) => each.tone === tone).length} ${tone}`);
  return `Mayfly ${machine.mayfly} (${machine.engine}), Node ${machine.node}, sharp ${machine.sharp}, ${machine.system}, ${machine.date}.

${people.length} people (${tones.join(', ')}; skin as it is in the light of the photo) in ${templates} templates. The people are the faces of the six photos
of the face-api package that are good enough for a fusion, each cut out as a selfie and enlarged to 810 × 1080, and the drawn people of the previews${worn > 0 ? `; ${worn} of them come again with spectacles drawn on` : ''}.
A case is one person in one template at one strength; it counts where the measure has a meaning for the kind. Contact sheets and the worst cases
lie in bench/results/faces, which is not in git.`;
}

function goals(quality: Quality): string {
  const rows = quality.goals.map(({ what, goal, cases, kept, median, worst }) => {
    const share = kept / cases;
    return [
      cases === 0 ? 'open' : share >= wanted ? 'pass' : '**fail**',
      what,
      goal,
      `${cases}`,
      cases === 0 ? '' : percent(share),
      cases === 0 ? '' : number(median),
      worst.map((each) => `${each.case}: ${number(each.value)}`).join('; '),
    ];
  });
  return `## Goals: at least ${percent(wanted)} of the cases\n\n${table(['', 'what people would judge', 'goal', 'cases', 'kept', 'median', 'worst'], rows)}`;
}

function templates({ byTemplate }: Quality): string {
  const rows = byTemplate.map(({ template, missed }) => [
    template,
    Object.entries(missed)
      .map(([what, kept]) => `${what} (${kept})`)
      .join(', ') || 'all kept',
  ]);
  return `## Templates, and what fewer than ${percent(wanted)} of their cases keep\n\n${table(['template', 'missed'], rows)}`;
}

function fairness({ tones, turns, spectacles }: Quality): string {
  const part = (title: string, groups: Quality['tones']) => {
    const shares = groups.map(({ share }) => share);
    const gap =
      shares.length < 2 ? '' : ` Worst to best: ${(100 * (Math.max(...shares) - Math.min(...shares))).toFixed(1)} points; the goal is 5.`;
    return `${table(
      [title, 'people', 'cases', 'kept'],
      groups.map(({ name, people, cases, share }) => [name, `${people}`, `${cases}`, percent(share)]),
    )}\n${gap}`;
  };
  return `## Whom it fails\n\nAll promises together. A group of one person says more of the person than of the group. Nobody in the sample photos wears spectacles: they are drawn on\na few, who are there without them too.\n\n${part('skin', tones)}\n\n${part('turned by', turns)}\n\n${part('eyes', spectacles)}`;
}

function detection({ engines }: Quality): string {
  if (engines.length === 0) return '';
  const rows = engines.map((each) => [
    each.engine,
    `${each.found} of ${each.people}`,
    `${each.others}`,
    `${each.foundInSelfies} of ${each.selfies}`,
    `${each.othersInSelfies}`,
    each.apart.toFixed(3),
    each.groupMs.toFixed(0),
    each.selfieMs.toFixed(0),
  ]);
  const header = [
    'engine',
    'in six group photos',
    'where nobody is',
    'in selfies',
    'where nobody is',
    'from the other engine',
    'ms a group',
    'ms a selfie',
  ];
  return `## Finding faces

At default settings. From the other engine: distance of the inner 51 points over that of the eyes, median over people.

${table(header, rows)}`;
}

function notes({ notes: lines }: Quality): string {
  return lines.length === 0 ? '' : `## Notes\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share === 1 || share === 0 ? 0 : 1)} %`;
}

function number(value: number): string {
  return Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(3);
}
