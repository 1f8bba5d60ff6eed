import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { chart } from '../../bench/quality/chart.ts';
import { groupsOf, keptOf, missesOf } from '../../bench/quality/goals.ts';
import { readPlan } from '../../bench/quality/plan.ts';
import { report } from '../../bench/quality/report.ts';
import type { Quality, Trial } from '../../bench/quality/results.ts';
import { run } from '../../bench/quality/run.ts';

const trial = (measures: Readonly<Record<string, number>>, more: Partial<Trial> = {}): Trial => ({
  template: 'knight',
  kind: 'fusion',
  subject: '1.0',
  tone: 'tan',
  drawn: false,
  spectacles: false,
  yaw: 5,
  strength: 100,
  measures,
  ...more,
});
const kept = (trials: readonly Trial[], what: string) => keptOf(trials).find((each) => each.what === what);

describe('a goal', () => {
  test('counts the cases that it can be asked of, and those that keep it', () => {
    const trials = [trial({ seam: 1.1 }), trial({ seam: 1.2 }), trial({}), trial({ seam: 9 }, { kind: 'sticker' })];
    expect(kept(trials, 'a visible seam')).toMatchObject({ cases: 2, kept: 1, worst: [{ case: 'knight × 1.0', value: 1.2 }] });
  });

  test.each([
    ['too sharp or too soft', 'sharpness', [0.6, 1, 1.6], [0.59, 1.61, 0]],
    ['light too strong or too weak', 'light-amplitude', [0.7, 1.4], [0.69, 1.41]],
    ['it does not look like me', 'identity', [0.2, 0.59], [0.6, 0.9]],
    ['the strength has no meaning', 'rise', [0.01], [0, -0.1]],
    ['eyes and mouth in the wrong place', 'landmarks', [0, 0.04], [0.041]],
    ['the background changed', 'background', [0], [1]],
    ['not the same twice', 'same', [1], [0]],
    ['a sideways photo', 'orientation', [0, 2], [3]],
  ])('%s', (what, measure, good, bad) => {
    expect(
      kept(
        good.map((value) => trial({ [measure]: value })),
        what,
      ),
    ).toMatchObject({ cases: good.length, kept: good.length });
    expect(
      kept(
        bad.map((value) => trial({ [measure]: value })),
        what,
      ),
    ).toMatchObject({ cases: bad.length, kept: 0 });
  });

  test('names the worst first, where both ends are bad too', () => {
    const worst = kept([trial({ sharpness: 0.5 }), trial({ sharpness: 4 }), trial({ sharpness: 0.1 })], 'too sharp or too soft')?.worst;
    expect(worst?.map(({ value }) => value)).toEqual([0.1, 4, 0.5]);
  });

  test('a refusal of a good photo is a miss', () => {
    expect(kept([trial({}), trial({}, { refused: 'poor-result' })], 'a good photo refused')).toMatchObject({ cases: 2, kept: 1 });
  });
});

test('templates are told by what they miss, groups of people by what they get', () => {
  const trials = [
    ...Array.from({ length: 20 }, () => trial({ landmarks: 0.01 })),
    ...Array.from({ length: 20 }, () => trial({ landmarks: 0.2 }, { tone: 'dark', template: 'lion' })),
  ];
  expect(missesOf(trials)).toEqual([
    { template: 'knight', missed: {} },
    { template: 'lion', missed: { 'eyes and mouth in the wrong place': '0 of 20' } },
  ]);
  expect(groupsOf(trials, ({ tone }) => tone)).toEqual([
    { name: 'tan', people: 1, cases: 40, share: 1 },
    { name: 'dark', people: 1, cases: 40, share: 0.5 },
  ]);
});

describe('a short run', () => {
  let quality: Quality;

  test('measures a fusion, a sticker and a cover on two people', async () => {
    const plan = readPlan(['--quick', '--templates', 'astronaut,sunglasses,moon']);
    if (plan === undefined) throw new Error('Expected a plan');
    const { quality: measured, trials, prints } = await run(plan, () => undefined);
    quality = measured;
    expect(quality.templates).toBe(3);
    expect(quality.subjects).toHaveLength(2);
    expect(prints.size).toBe(6);
    for (const what of [
      'it does not look like me',
      'eyes and mouth in the wrong place',
      'a sideways photo',
      'not the same twice',
      'a sticker beside the face',
    ])
      expect(quality.goals.find((goal) => goal.what === what)?.cases).toBeGreaterThan(0);
    for (const what of ['the background changed', 'tearing', 'a sideways photo', 'not the same twice', 'a good photo refused']) {
      const goal = quality.goals.find((each) => each.what === what);
      expect([what, goal?.kept]).toEqual([what, goal?.cases]);
    }
    for (const { measures } of trials) for (const value of Object.values(measures)) expect(Number.isFinite(value)).toBe(true);
  }, 180_000);

  test('is written as a page and as a drawing that stands alone', async () => {
    const page = report(quality);
    expect(page).toContain('| pass | the background changed | 0 |');
    expect(page).not.toMatch(/NaN|undefined/);
    const svg = chart(quality);
    expect(svg).not.toMatch(/href|url\(|NaN|undefined/);
    const { width, height } = await sharp(Buffer.from(svg)).metadata();
    expect([width, height].every((side) => side > 200)).toBe(true);
  });
});
