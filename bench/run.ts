import { availableParallelism, loadavg } from 'node:os';
import { openBareSharp } from './bare.ts';
import { send } from './client.ts';
import { measureEndurance } from './endurance.ts';
import { type Keeper, openKeeper } from './keeping.ts';
import { measureLatency } from './latency.ts';
import { describeMachine } from './machine.ts';
import { memoryOf, watchMemory } from './memory.ts';
import { makePhoto, type Photo } from './photos.ts';
import type { Plan } from './plan.ts';
import { type Endurance, isolations, type Memory, type Results, type Throughput } from './results.ts';
import { temporaryFolder } from './temporary.ts';
import { bareThroughput, serviceThroughput } from './throughput.ts';
import { openService, type UnderTest } from './under-test.ts';

type Say = (text: string) => void;

/** Cheap beside a round of jobs, and there are few rounds. */
const keptEachRound = 10;

/** Everything in one run, one thing after the other, on a machine that should have nothing else to do. */
export async function run(plan: Plan, say: Say): Promise<Results> {
  const folder = temporaryFolder();
  const [load = 0] = loadavg();
  try {
    say('making photos');
    const photos: Photo[] = [];
    for (const size of plan.sizes) photos.push(await makePhoto(size, folder.path));
    const small = await makePhoto(0.3, folder.path);

    const speed = await measureSpeed(plan, photos, say);
    const endurance = await measureMany(plan.jobs, small, say);

    return {
      machine: describeMachine(load),
      photos: photos.map(({ megapixels, width, height, bytes }) => ({ megapixels, width, height, bytes })),
      ...speed,
      endurance,
    };
  } finally {
    folder.remove();
  }
}

/** Latency and throughput of both isolations, the memory of their processes meanwhile, and in turn with the jobs what keeping them costs. */
async function measureSpeed(plan: Plan, photos: readonly Photo[], say: Say) {
  const services: UnderTest[] = [];
  const keepers: Keeper[] = [];
  const bareSharp = openBareSharp();
  try {
    const idle: Memory['idle'][] = [];
    for (const isolation of isolations) {
      say(`starting a service, ${isolation}`);
      const under = await openService(isolation, Math.max(2, availableParallelism()), plan.rehearsal);
      services.push(under);
      await under.warm();
      idle.push({ darkrooms: under.darkrooms, ...memoryOf(under.service.pid) });
    }
    keepers.push(...(await openKeepers(services, photos)));
    const keep = async () => {
      for (const keeper of keepers) await keeper.rounds(keptEachRound);
    };
    const watches = services.map(({ service }) => watchMemory(service.pid));
    const { bare, latency } = await measureLatency(services, bareSharp, photos, plan.rounds, keep, (done) =>
      say(`latency: round ${done} of ${plan.rounds}`),
    );
    const throughput = await measureThroughput(plan, services, photos, say);
    const memory = services.map(({ isolation }, i): Memory => {
      const peak = watches[i]?.peaks() ?? { supervisor: 0, receiver: 0, darkroom: 0 };
      return { isolation, peak, idle: idle[i] ?? { darkrooms: 0, resident: 0, proportional: 0 } };
    });
    for (const watch of watches) watch.stop();
    return { bare, latency, throughput, memory, keeping: keepers.map((keeper) => keeper.result()) };
  } finally {
    bareSharp.close();
    for (const keeper of keepers) await keeper.close();
    for (const under of services) await under.end();
  }
}

/** Of a photo of 12 megapixels and the largest result it has: a picture of a fusion. */
async function openKeepers([under]: readonly UnderTest[], photos: readonly Photo[]): Promise<Keeper[]> {
  const photo = photos.find(({ megapixels }) => megapixels === 12);
  if (under === undefined || photo === undefined) throw new Error('Expected a service and a photo of 12 megapixels');
  const { bytes } = await send(under.service, 'fusion', photo);
  return [await openKeeper('tmpfs', photo.body, bytes), await openKeeper('disk', photo.body, bytes)];
}

async function measureThroughput(plan: Plan, services: readonly UnderTest[], photos: readonly Photo[], say: Say): Promise<Throughput[]> {
  const cores = availableParallelism();
  const throughput: Throughput[] = [];
  for (const photo of photos.filter(({ megapixels }) => plan.throughputAt.includes(megapixels))) {
    say(`throughput: ${photo.megapixels} megapixels`);
    throughput.push(await bareThroughput(photo, cores, plan.seconds));
    for (const kind of plan.throughputOf) {
      for (const under of services) throughput.push(await serviceThroughput(under, kind, photo, 2 * cores, plan.seconds));
    }
  }
  return throughput;
}

/** Receivers are replaced often, so that a short run sees several generations. */
async function measureMany(jobs: number, photo: Photo, say: Say): Promise<Endurance> {
  const under = await openService('pool:64', 2, 0, { MAYFLY_RECEIVER_SECONDS: '10' });
  try {
    return await measureEndurance(under, photo, jobs, (done) => say(`memory: job ${done} of ${jobs}`));
  } finally {
    await under.end();
  }
}
