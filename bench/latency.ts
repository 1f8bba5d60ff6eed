import type { BareSharp } from './bare.ts';
import { type Answer, send } from './client.ts';
import type { Photo } from './photos.ts';
import { type Bare, kinds, type Latency, type Steps, steps } from './results.ts';
import { median, spread } from './stats.ts';
import type { UnderTest } from './under-test.ts';

/**
 * One job at a time on idle, warm services. A round runs every case once, bare sharp before each, so that whatever else the machine does meanwhile
 * falls on all of them alike.
 * @param beside what else is measured once a round, under the same conditions
 */
export async function measureLatency(
  services: readonly UnderTest[],
  bareSharp: BareSharp,
  photos: readonly Photo[],
  rounds: number,
  beside: () => Promise<void>,
  progress: (done: number) => void,
): Promise<{ bare: Bare[]; latency: Latency[] }> {
  const cases = services.flatMap((under) =>
    photos.flatMap((photo) => kinds.map((kind) => ({ under, photo, kind, answers: [] as Answer[] }))),
  );
  const bare = photos.map((photo) => ({ photo, times: [] as number[] }));
  const allIdle = () => Promise.all(services.map((under) => under.idle()));

  // The first answers of processes that have just started tell of compiling, not of working.
  const [smallest] = photos;
  if (smallest === undefined) throw new Error('Expected a photo');
  await bareSharp.run(smallest);
  for (const under of services) for (const kind of kinds) await send(under.service, kind, smallest);

  for (let round = 0; round < rounds; round++) {
    for (const { photo, under, kind, answers } of cases) {
      // With a process a photo the next one is a new one each time. With a pool it is the other service that has to come to rest before the first one.
      if (under.isolation === 'photo') await under.warm();
      else if (kind === kinds[0]) await Promise.all(services.map((each) => each.warm()));
      bare.find((each) => each.photo === photo)?.times.push(await bareSharp.run(photo));
      answers.push(await send(under.service, kind, photo));
      await allIdle();
    }
    await allIdle();
    await beside();
    progress(round + 1);
  }

  return {
    bare: bare.map(({ photo, times }) => ({ megapixels: photo.megapixels, ...spread(times) })),
    latency: cases.map(({ photo, under, kind, answers }) => ({
      kind,
      megapixels: photo.megapixels,
      isolation: under.isolation,
      ...spread(answers.map(({ ms }) => ms)),
      steps: mediansOf(answers),
      resultBytes: median(answers.map(({ bytes }) => bytes)),
    })),
  };
}

function mediansOf(answers: readonly Answer[]): Steps {
  const zero: Record<keyof Steps, number> = { receive: 0, wait: 0, decode: 0, faces: 0, effect: 0, encode: 0, rest: 0 };
  for (const step of steps) zero[step] = median(answers.map((answer) => answer.steps[step]));
  return zero;
}
