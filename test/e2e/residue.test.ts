import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Service } from '../kit/service.ts';
import { type Aviary, openAviary } from '../residue/canaries.ts';
import { crashCases, ordinaryCases } from '../residue/cases.ts';
import { keptSecret, plantedFiles, stoppedDarkroom } from '../residue/controls.ts';
import { coreOfDarkroom, coresAreFiles } from '../residue/core.ts';
import { lookFor, total } from '../residue/places.ts';
import { generationTurned, runCases, startMarked } from '../residue/run.ts';

/** A sample of the matrix that `npm run residue` goes through as a whole: a success, a refusal, a client that goes, a crash. */
const sample = ['done, astronaut', 'no-face', 'consent-required, after the photo', 'aborted at 50 %', 'darkroom dies of SIGKILL'];
const generation = 3;

jest.setTimeout(180_000);

describe('after a photo', () => {
  const begun = Date.now();
  const aviary: Aviary = openAviary();
  let service: Service;
  beforeAll(async () => {
    service = await startMarked({ MAYFLY_RECEIVER_SECONDS: String(generation), MAYFLY_DARKROOMS: '1' });
  });
  afterAll(() => service.dispose());

  it('the search finds what is there: pixels in a darkroom at work, keys, planted files', async () => {
    const controls = [keptSecret(service), await stoppedDarkroom(service, aviary), await plantedFiles(service, aviary, begun)];
    for (const { finds } of controls) for (const hits of Object.values(finds)) expect(hits).toBeGreaterThan(0);
  });

  it('that was finished, refused, broken off or torn by a crash, nothing is left of it in any process once the generation has turned, nor in any file', async () => {
    const cases = [...ordinaryCases, ...crashCases].filter(({ name }) => sample.includes(name));
    const ran = await runCases(service, aviary, cases);
    expect(ran).toHaveLength(sample.length);
    expect(ran.filter(({ right }) => !right)).toEqual([]);
    await generationTurned(service, generation);
    const finds = lookFor(service, aviary, begun);
    const left = [...finds].flatMap(([place, hits]) => [...hits].map(([name, count]) => `${count} of "${name}" in ${place}`));
    expect(left).toEqual([]);
    expect(total(finds)).toBe(0);
  });

  it('there is no core dump of the darkroom, though the machine would make one with the marks in it', async () => {
    const { files, hits, control } = await coreOfDarkroom(aviary);
    expect({ files, hits }).toEqual({ files: 0, hits: 0 });
    expect((control.finds.temporary ?? 0) > 0).toBe(coresAreFiles());
  });
});
