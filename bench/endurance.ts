import { send } from './client.ts';
import { memoryOf, residentOf, watchMemory } from './memory.ts';
import type { Photo } from './photos.ts';
import type { Endurance, EnduranceSample } from './results.ts';
import { median, slope } from './stats.ts';
import type { UnderTest } from './under-test.ts';

/** Samples over a whole run. */
const sampleCount = 50;

/** Many cheap jobs, one after the other from each of two clients, and what the memory of the service does meanwhile. */
export async function measureEndurance(under: UnderTest, photo: Photo, jobs: number, progress: (done: number) => void): Promise<Endurance> {
  const supervisor = under.service.pid;
  const watch = watchMemory(supervisor);
  const samples: EnduranceSample[] = [];
  const every = Math.max(1, Math.floor(jobs / sampleCount));
  const begun = performance.now();
  let begunJobs = 0;
  let done = 0;

  async function client(): Promise<void> {
    while (begunJobs < jobs) {
      begunJobs += 1;
      await send(under.service, 'landmarks', photo);
      done += 1;
      if (done % every === 0) samples.push({ jobs: done, supervisor: residentOf(supervisor), service: memoryOf(supervisor).resident });
      if (done % (5 * every) === 0) progress(done);
    }
  }

  try {
    await under.idle();
    await Promise.all([client(), client()]);
  } finally {
    watch.stop();
  }
  const part = (from: number, to: number) => samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * to));
  const size = (some: readonly EnduranceSample[]) => median(some.map((sample) => sample.supervisor));
  return {
    jobs,
    seconds: (performance.now() - begun) / 1000,
    samples,
    slope: slope(part(0.5, 1).map((sample) => [sample.jobs, sample.supervisor])),
    growth: size(part(0.8, 1)) / size(part(0.2, 0.4)),
    receivers: watch.seen.filter(({ kind }) => kind === 'receiver').map(({ peak }) => peak),
  };
}
