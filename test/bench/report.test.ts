import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { chart } from '../../bench/chart.ts';
import { goalsOf } from '../../bench/goals.ts';
import { report } from '../../bench/report.ts';
import { type Endurance, isolations, type Kind, kinds, type Results } from '../../bench/results.ts';
import { quantile, slope } from '../../bench/stats.ts';

const steps = { receive: 10, wait: 10, decode: 50, faces: 200, effect: 20, encode: 20, rest: 10 };

const endurance: Endurance = {
  jobs: 1000,
  seconds: 100,
  samples: Array.from({ length: 50 }, (_, i) => ({ jobs: 20 * (i + 1), supervisor: 80e6, service: 600e6 })),
  slope: 0,
  growth: 1.01,
  receivers: [90e6, 91e6],
};

/** A run in which every promise is kept. */
const good: Results = {
  machine: {
    date: '2026-01-01',
    cpu: 'Some & any CPU',
    cores: 2,
    memory: 8 * 2 ** 30,
    load: 0.1,
    system: 'Linux 6.1 x64',
    node: '20.0.0',
    sharp: '0.35.0',
    libvips: '8.18.0',
    mayfly: '0.1.0',
    engine: 'face-api on wasm',
  },
  photos: [
    { megapixels: 12, width: 3000, height: 4000, bytes: 2e6 },
    { megapixels: 48, width: 6000, height: 8000, bytes: 8e6 },
  ],
  bare: [{ megapixels: 12, rounds: 20, median: 50, p95: 60 }],
  latency: isolations.flatMap((isolation) =>
    kinds.map((kind) => ({ kind, isolation, megapixels: 12, rounds: 20, median: 75, p95: 90, steps, resultBytes: 250_000 })),
  ),
  throughput: [
    { of: 'bare', megapixels: 12, clients: 2, perSecond: 20 },
    { of: 'sticker', megapixels: 12, isolation: 'photo', clients: 4, perSecond: 6 },
    { of: 'fusion', megapixels: 12, isolation: 'pool:64', clients: 4, perSecond: 13 },
  ],
  memory: isolations.map((isolation) => ({
    isolation,
    peak: { supervisor: 80e6, receiver: 100e6, darkroom: 300e6 },
    idle: { darkrooms: 2, resident: 500e6, proportional: 350e6 },
  })),
  endurance,
  keeping: [{ vault: 'tmpfs', rounds: 40, photoBytes: 2e6, resultBytes: 250_000, seal: 1, open: 1, purge: 1, books: 1, total: 3.5 }],
};

/** The same run with one kind that takes so many milliseconds. */
const slower = (kind: Kind, median: number): Results => ({
  ...good,
  latency: good.latency.map((each) => (each.kind === kind ? { ...each, median } : each)),
});

describe('the goals of the bench', () => {
  test('are all met by a run that keeps every promise', () => {
    expect(goalsOf(good).map(({ met }) => met)).toEqual(Array(12).fill(true));
  });

  test.each<[string, Results]>([
    ['the idle service is large', { ...good, memory: good.memory.map((each) => ({ ...each, idle: { ...each.idle, resident: 601e6 } })) }],
    ['the supervisor grows', { ...good, endurance: { ...endurance, growth: 1.2 } }],
    ['a drawn kind takes long', slower('mesh', 101)],
    ['another kind takes long', slower('avatar', 81)],
    [
      'few photos get through',
      { ...good, throughput: good.throughput.map((each) => (each.of === 'bare' ? { ...each, perSecond: 25 } : each)) },
    ],
    ['a darkroom is large', { ...good, memory: good.memory.map((each) => ({ ...each, peak: { ...each.peak, darkroom: 401e6 } })) }],
    ['sealing is dear', { ...good, keeping: good.keeping.map((each) => ({ ...each, total: 4 })) }],
  ])('are missed where %s', (_what, bad) => {
    expect(goalsOf(bad).map(({ met }) => met)).toContain(false);
    expect(report(bad)).toContain('**fail**');
  });

  test('stay open where the run was too short to tell', () => {
    const short = goalsOf({ ...good, endurance: { ...endurance, jobs: 200 } });
    expect(short.filter(({ met }) => met === undefined)).toHaveLength(1);
  });

  test('hold sealing against the fastest job, not the average one', () => {
    const [first, ...others] = good.latency;
    if (first === undefined) throw new Error('Expected a latency');
    expect(goalsOf({ ...good, latency: [{ ...first, median: 20 }, ...others] }).at(-1)?.met).toBe(false);
  });
});

describe('what the bench writes', () => {
  test('says how many times longer than bare sharp a job takes, and what share of its throughput is left', () => {
    expect(report(good)).toContain('| sticker | 12 | photo | 75 | 90 | 1.50 |');
    expect(report(good)).toContain('| sticker | 12 | photo | 4 | 6.00 | 30 % |');
  });

  test('says when the machine had other work to do', () => {
    expect(report(good)).toContain('was quiet');
    expect(report({ ...good, machine: { ...good.machine, load: 3 } })).toContain('**had other work to do**');
    expect(report({ ...good, bare: good.bare.map((each) => ({ ...each, p95: 2 * each.median })) })).toContain('**had other work to do**');
  });

  test('is a drawing that stands alone', async () => {
    const svg = chart(good);
    expect(svg).toContain('Some &amp; any CPU');
    expect(svg).not.toMatch(/href|url\(|NaN|undefined/);
    const { width, height } = await sharp(Buffer.from(svg)).metadata();
    expect([width, height].every((side) => side > 300)).toBe(true);
  });
});

describe('statistics', () => {
  test('quantiles are interpolated', () => {
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile([4, 1, 2, 3], 0.5)).toBe(2.5);
    expect(quantile([0, 10], 0.95)).toBeCloseTo(9.5);
  });

  test('a slope is that of the line', () => {
    const line = [0, 1, 2, 3].map((x): [number, number] => [x, 7 - 2 * x]);
    expect(slope(line)).toBeCloseTo(-2);
    expect(slope([])).toBe(0);
  });
});
