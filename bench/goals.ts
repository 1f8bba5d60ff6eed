import type { Isolation, Kind, Results } from './results.ts';

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
/** Times bare sharp, at 12 megapixels. */
const latencyLimit = 1.6;
const drawnLatencyLimit = 2;
/** Kinds that compose a picture of their own. */
const drawn: readonly Kind[] = ['fusion', 'mesh'];
/** Share of the throughput of bare sharp on all cores. */
const throughputLimit: Readonly<Record<Isolation, number>> = { photo: 0.25, 'pool:64': 0.6 };
/** High-water mark of a darkroom over all sizes of photo. */
const darkroomLimit = 400 * MB;
const measuredAt = 12;

export function goalsOf(results: Results): readonly Goal[] {
  return [
    ...latencyGoals(results),
    ...throughputGoals(results),
    ...idleGoals(results),
    ...darkroomGoals(results),
    enduranceGoal(results),
    ...keepingGoals(results),
  ];
}

/** The worst kind of each isolation stands for all that share its limit. */
function latencyGoals({ bare, latency }: Results): readonly Goal[] {
  const alone = bare.find(({ megapixels }) => megapixels === measuredAt)?.median ?? 0;
  const cells = latency.filter(({ megapixels, kind }) => megapixels === measuredAt && kind !== 'landmarks');
  return [...new Set(cells.map(({ isolation }) => isolation))].flatMap((isolation) =>
    [true, false].flatMap((isDrawn): Goal[] => {
      const limit = isDrawn ? drawnLatencyLimit : latencyLimit;
      const group = cells.filter((cell) => cell.isolation === isolation && drawn.includes(cell.kind) === isDrawn);
      const ratios = group.map(({ kind, median }) => ({ kind, ratio: median / alone })).sort((a, b) => b.ratio - a.ratio);
      const [worst] = ratios;
      if (worst === undefined) return [];
      return [
        {
          what: `Latency of a ${measuredAt}-megapixel ${isDrawn ? 'fusion or mesh' : 'photo of any other kind'} on a warm service, ${isolation}`,
          measured: ratios.map(({ kind, ratio }) => `${kind} ${ratio.toFixed(2)}`).join(', '),
          limit: `<= ${limit.toFixed(1)} x bare sharp`,
          met: worst.ratio <= limit,
        },
      ];
    }),
  );
}

function throughputGoals({ throughput }: Results): readonly Goal[] {
  const at = throughput.filter(({ megapixels }) => megapixels === measuredAt);
  const alone = at.find((each) => each.of === 'bare')?.perSecond ?? 0;
  return [...new Set(at.flatMap(({ isolation }) => isolation ?? []))].map((isolation) => {
    const shares = at
      .filter((each) => each.isolation === isolation)
      .map((each) => ({ of: each.of, share: each.perSecond / alone }))
      .sort((a, b) => a.share - b.share);
    return {
      what: `Throughput of ${measuredAt}-megapixel photos on all cores, ${isolation}`,
      measured: shares.map(({ of, share }) => `${of} ${percent(share)}`).join(', '),
      limit: `>= ${percent(throughputLimit[isolation])} of bare sharp`,
      met: shares.every(({ share }) => share >= throughputLimit[isolation]),
    };
  });
}

function darkroomGoals({ memory, photos }: Results): readonly Goal[] {
  const largest = Math.max(...photos.map(({ megapixels }) => megapixels));
  return memory.map(({ isolation, peak }) => ({
    what: `Peak memory of a darkroom, photos of up to ${largest} megapixels, ${isolation}`,
    measured: `${Math.round(peak.darkroom / MB)} MB`,
    limit: `< ${darkroomLimit / MB} MB for 48 megapixels`,
    met: largest >= 48 && peak.darkroom > 0 ? peak.darkroom < darkroomLimit : undefined,
  }));
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

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
