import { goalsOf } from './goals.ts';
import { isolations, kinds, processKinds, type Results, steps, templateOf } from './results.ts';

const MB = 1e6;

/** The results as Markdown, for people; bench.json has the same for programs. */
export function report(results: Results): string {
  const parts = [heading, about, goals, latency, throughput, memory, endurance, keeping];
  return `${parts.map((part) => part(results)).join('\n\n')}\n`;
}

const heading = () =>
  '# Bench\n\n`npm run bench` writes this page, its chart and bench.json; all numbers are of one run.\n\n![Latency](bench.svg)';

function about({ machine, photos }: Results): string {
  const { cpu, cores, memory, system, node, sharp, libvips, mayfly, engine, date } = machine;
  const sizes = photos.map(({ megapixels, width, height, bytes }) => `${megapixels} MP (${width} × ${height}, ${mb(bytes)} MB)`);
  return `Mayfly ${mayfly} (${engine}), Node ${node}, sharp ${sharp} (libvips ${libvips}), ${system}, ${cores} cores of ${cpu}, ${(memory / 2 ** 30).toFixed(0)} GiB, ${date}.

What is compared: **bare sharp** is one long-lived process that decodes the same JPEG, turns it upright, shrinks it to 1080 pixels and encodes it
as the service does (quality 90, 4:4:4, standard Huffman tables), one thread, no cache, as in a darkroom; nothing is received, sealed, sent or forgotten there. A **job** is
timed by its client, from opening a connection of its own to the last byte of the answer. Both run in turn, one at a time, on warm processes whose darkrooms have rehearsed;
× is the median of the job to the median of bare sharp on the same photo. The vault is on a tmpfs, the books are on the disk.
Kinds: ${kinds.map((kind) => (kind === 'landmarks' ? kind : `${kind} = ${templateOf[kind]}`)).join(', ')}.
Photos: one face, portrait, with grain: ${sizes.join(', ')}.`;
}

function goals(results: Results): string {
  const rows = goalsOf(results).map(({ what, measured, limit, met }) => [
    met === undefined ? 'open' : met ? 'pass' : '**fail**',
    what,
    measured,
    limit,
  ]);
  return `## Goals\n\n${table(['', 'what', 'measured', 'goal'], rows)}`;
}

function latency(results: Results): string {
  const rows = results.bare.flatMap((bare) => [
    ['bare sharp', `${bare.megapixels}`, '', ms(bare.median), ms(bare.p95), '1', ...steps.map(() => '')],
    ...results.latency
      .filter(({ megapixels }) => megapixels === bare.megapixels)
      .map((cell) => [
        cell.kind,
        `${cell.megapixels}`,
        cell.isolation,
        ms(cell.median),
        ms(cell.p95),
        (cell.median / bare.median).toFixed(2),
        ...steps.map((step) => ms(cell.steps[step])),
      ]),
  ]);
  const rounds = results.latency[0]?.rounds ?? 0;
  const header = ['kind', 'MP', 'isolation', 'median', 'p95', '×', ...steps];
  return `## Latency, milliseconds\n\nRounds: ${rounds}. Steps are medians, from Server-Timing; rest is what no step claims. ${quiet(results)}\n\n${table(header, rows)}`;
}

/** Numbers of a busy machine say so: bare sharp does the same work every time, so how far its times spread is what others did meanwhile. */
function quiet({ bare, machine }: Results): string {
  const worst = Math.max(...bare.map(({ p95, median }) => p95 / median));
  const word = machine.load < 0.5 && worst < 1.5 ? 'was quiet' : '**had other work to do**';
  return `The machine ${word}: load ${machine.load.toFixed(1)} before the run, p95 of bare sharp up to ${worst.toFixed(1)} times its median.`;
}

function throughput(results: Results): string {
  const rows = results.throughput.map(({ of, megapixels, isolation = '', clients, perSecond }) => {
    const bare = results.throughput.find((each) => each.of === 'bare' && each.megapixels === megapixels);
    const share = bare === undefined ? '' : `${((perSecond / bare.perSecond) * 100).toFixed(0)} %`;
    return [of === 'bare' ? 'bare sharp' : of, `${megapixels}`, isolation, `${clients}`, perSecond.toFixed(2), share];
  });
  const note = 'Bare sharp runs in as many processes as there are cores; the service has as many darkrooms.';
  return `## Throughput, photos a second\n\n${note}\n\n${table(['kind', 'MP', 'isolation', 'clients', 'a second', 'of bare'], rows)}`;
}

function memory(results: Results): string {
  const rows = results.memory.map(({ isolation, peak, idle }) => [
    isolation,
    ...processKinds.map((kind) => mb(peak[kind])),
    mb(idle.resident),
    mb(idle.proportional),
  ]);
  const header = ['isolation', ...processKinds, 'idle service', 'idle, shared once'];
  const note =
    'High-water mark of the largest process of each kind over latency and throughput; the whole service when idle, with spare darkrooms.';
  return `## Resident memory, MB\n\n${note}\n\n${table(header, rows)}`;
}

function endurance({ endurance: { jobs, seconds, samples, receivers } }: Results): string {
  const count = Math.min(10, samples.length);
  const shown = Array.from({ length: count }, (_, i) => samples[Math.round(((i + 1) * samples.length) / count) - 1]).filter(
    (sample) => sample !== undefined,
  );
  const rows = shown.map((sample) => [`${sample.jobs}`, mb(sample.supervisor), mb(sample.service)]);
  return `## Memory over ${jobs} jobs, MB

Landmarks of a small photo, ${isolations[1]}, receivers replaced every 10 seconds; ${(jobs / seconds).toFixed(1)} jobs a second. Peak of each receiver, in the order
they came: ${receivers.map(mb).join(', ')}.

${table(['jobs', 'supervisor', 'whole service'], rows)}`;
}

function keeping(results: Results): string {
  const rows = results.keeping.map((each) => [
    each.vault,
    ...[each.seal, each.open, each.purge, each.books, each.total].map((value) => value.toFixed(2)),
  ]);
  const [first] = results.keeping;
  const jobs = results.latency.filter(({ megapixels }) => megapixels === 12);
  const shares = jobs.map(({ kind, isolation, median }) => [
    kind,
    isolation,
    ...results.keeping.map(({ total }) => `${((total / median) * 100).toFixed(1)} %`),
  ]);
  const note = `A photo of ${mb(first?.photoBytes ?? 0)} MB and a result of ${mb(first?.resultBytes ?? 0)} MB sealed, opened and purged, and two durable entries, in turn with the jobs above; medians of ${first?.rounds ?? 0} rounds.
Part of it runs after the answer has been sent and is counted all the same.`;
  const share = table(['kind', 'isolation', ...results.keeping.map(({ vault }) => `vault on ${vault}`)], shares);
  return `## Sealing, purging and the books of a 12-megapixel job, milliseconds

${note}

${table(['vault on', 'seal', 'open', 'purge', 'books', 'whole'], rows)}

As a share of the whole job:

${share}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function ms(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

function mb(bytes: number): string {
  return bytes < 10 * MB ? (bytes / MB).toFixed(1) : (bytes / MB).toFixed(0);
}
