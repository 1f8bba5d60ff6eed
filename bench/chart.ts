import { isolations, kinds, type Latency, type Results, type Step, steps, templateOf } from './results.ts';

/** Latency as a drawing: one panel for each size of photo, one bar for each kind and isolation, its steps stacked, bare sharp as the line. */

const width = 1000;
const left = 180;
const right = 130;
const row = 18;
const pair = 2 * row + 12;
const panelHead = 34;
const panelGap = 18;
const top = 128;

/** Told apart by people who see colours differently (after Okabe and Ito), and in grey by their lightness. */
const colours: Readonly<Record<Step, string>> = {
  receive: '#0072b2',
  wait: '#c8c8c8',
  decode: '#56b4e9',
  faces: '#e69f00',
  effect: '#009e73',
  encode: '#cc79a7',
  rest: '#8a8a8a',
};

export function chart(results: Results): string {
  const longest = Math.max(...results.latency.map((cell) => cell.median));
  const tick = tickOf(longest);
  const end = Math.ceil(longest / tick) * tick;
  const x = (ms: number) => left + (ms / end) * (width - left - right);
  const panel = panelHead + kinds.length * pair + panelGap;
  const height = top + results.bare.length * panel + 34;

  const bottom = top + results.bare.length * panel;
  const ticks = Array.from({ length: Math.round(end / tick) + 1 }, (_, i) => i * tick);
  const axis = ticks.map(
    (ms) =>
      `<line x1="${x(ms)}" y1="${top + 4}" x2="${x(ms)}" y2="${bottom}" stroke="#e4e4e4"/>` +
      `<text x="${x(ms)}" y="${bottom + 18}" text-anchor="middle" class="small">${ms}${ms === end ? ' ms' : ''}</text>`,
  );
  const panels = results.bare.map((bare, i) => drawPanel(results, bare, top + i * panel, x));
  const { cores, cpu, node, sharp, mayfly, date } = results.machine;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">Latency of a job by kind, size of photo and isolation, beside sharp alone</title>
<style>text{font:14px system-ui,"DejaVu Sans",sans-serif;fill:#222}.title{font-size:21px;font-weight:600}.head{font-weight:600}.small{font-size:12px;fill:#555}.bare{font-size:12px;fill:#c00000;font-weight:600}</style>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="24" y="36" class="title">From selfie to picture: median latency, step by step</text>
<text x="24" y="58" class="small">${escaped(`One job at a time on a warm service. Mayfly ${mayfly}, Node ${node}, sharp ${sharp}, ${cores} cores of ${cpu}, ${date}`)}</text>
${legend()}
${axis.join('\n')}
${panels.join('\n')}
</svg>
`;
}

function drawPanel(results: Results, bare: Results['bare'][number], y: number, x: (ms: number) => number): string {
  const photo = results.photos.find(({ megapixels }) => megapixels === bare.megapixels);
  const first = y + panelHead;
  const last = first + kinds.length * pair - 8;
  const rows = kinds.flatMap((kind, k) =>
    isolations.map((isolation, i) => {
      const cell = results.latency.find(
        (each) => each.kind === kind && each.isolation === isolation && each.megapixels === bare.megapixels,
      );
      return cell === undefined ? '' : bar(cell, bare.median, first + k * pair + i * row, x);
    }),
  );
  const labels = kinds.map((kind, k) => {
    const y = first + k * pair;
    const template = kind === 'landmarks' ? 'no picture' : templateOf[kind];
    return `<text x="24" y="${y + 13}">${kind}</text><text x="24" y="${y + row + 12}" class="small">${template}</text>`;
  });
  return `<text x="24" y="${y + 20}" class="head">${bare.megapixels} ${bare.megapixels === 1 ? 'megapixel' : 'megapixels'}</text>
<text x="${left}" y="${y + 20}" class="bare">sharp alone: ${bare.median.toFixed(0)} ms</text>
<text x="${left + 145}" y="${y + 20}" class="small">${photo === undefined ? '' : `${photo.width} × ${photo.height}, ${(photo.bytes / 1e6).toFixed(1)} MB`}</text>
${labels.join('\n')}
${rows.join('\n')}
<line x1="${x(bare.median)}" y1="${first - 4}" x2="${x(bare.median)}" y2="${last}" stroke="#c00000" stroke-width="2" stroke-dasharray="5 3"/>`;
}

function bar(cell: Latency, bare: number, y: number, x: (ms: number) => number): string {
  // Medians of steps need not add up to the median of the whole: they are stretched to it.
  const sum = steps.reduce((total, step) => total + cell.steps[step], 0);
  const scale = cell.median / sum;
  let at = 0;
  const parts = steps.map((step) => {
    const from = at;
    at += cell.steps[step] * scale;
    const tip = `<title>${step} ${cell.steps[step].toFixed(1)} ms</title>`;
    return `<rect x="${x(from).toFixed(1)}" y="${y}" width="${(x(at) - x(from)).toFixed(1)}" height="${row - 3}" fill="${colours[step]}">${tip}</rect>`;
  });
  const text = `${cell.median.toFixed(0)} ms, ${(cell.median / bare).toFixed(1)} ×`;
  return `<text x="${left - 8}" y="${y + 12}" text-anchor="end" class="small">${cell.isolation}</text>${parts.join('')}
<text x="${(x(cell.median) + 6).toFixed(1)}" y="${y + 12}" class="small">${text}</text>`;
}

function legend(): string {
  const entries = steps.map((step, i) => {
    const x = 24 + i * 92;
    return `<rect x="${x}" y="78" width="14" height="14" fill="${colours[step]}"/><text x="${x + 20}" y="90" class="small">${step}</text>`;
  });
  const line = 24 + steps.length * 92;
  return `${entries.join('')}<line x1="${line}" y1="85" x2="${line + 24}" y2="85" stroke="#c00000" stroke-width="2" stroke-dasharray="5 3"/><text x="${line + 30}" y="90" class="small">sharp alone: decode, resize, encode</text>
<text x="24" y="114" class="small">photo: every photo has a process of its own. pool:64: a process ends after 64 photos. ×: times sharp alone.</text>`;
}

/** A round step of the axis, in milliseconds, that gives four to ten of them. */
function tickOf(longest: number): number {
  const rough = 10 ** Math.floor(Math.log10(longest));
  return [rough / 5, rough / 2, rough, 2 * rough].find((tick) => longest / tick <= 8) ?? rough;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
