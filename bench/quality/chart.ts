import { wanted } from './goals.ts';
import type { Quality } from './results.ts';

/** The share of cases that keep each goal, as a drawing that stands alone. */

const width = 1000;
const left = 330;
const right = 130;
const row = 26;
const top = 96;

export function chart({ goals, machine, subjects, templates }: Quality): string {
  const shown = goals.filter(({ cases }) => cases > 0);
  const height = top + shown.length * row + 44;
  const x = (share: number) => left + share * (width - left - right);
  const bars = shown.map(({ what, kept, cases }, i) => {
    const [share, y] = [kept / cases, top + i * row];
    const colour = share >= wanted ? '#009e73' : '#d55e00';
    const text = `${(100 * share).toFixed(share === 1 ? 0 : 1)} % of ${cases}`;
    return `<text x="${left - 10}" y="${y + 14}" text-anchor="end">${what}</text>
<rect x="${left}" y="${y}" width="${(x(share) - left).toFixed(1)}" height="${row - 8}" fill="${colour}"/>
<text x="${(x(share) + 6).toFixed(1)}" y="${y + 14}" class="small">${text}</text>`;
  });
  const bottom = top + shown.length * row;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => `<text x="${x(share)}" y="${bottom + 18}" text-anchor="middle" class="small">${100 * share} %</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">Share of the pictures that keep each goal</title>
<style>text{font:14px system-ui,"DejaVu Sans",sans-serif;fill:#222}.title{font-size:21px;font-weight:600}.small{font-size:12px;fill:#555}</style>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="24" y="36" class="title">What goes wrong in a picture, and how often it does not</text>
<text x="24" y="60" class="small">${subjects.length} people in ${templates} templates. The dashed line is the goal, ${100 * wanted} %. Mayfly ${machine.mayfly}, ${machine.date}</text>
${bars.join('\n')}
<line x1="${x(wanted)}" y1="${top - 8}" x2="${x(wanted)}" y2="${bottom}" stroke="#222222" stroke-dasharray="5 3"/>
${ticks.join('\n')}
</svg>
`;
}
