import { openBareSharp } from './bare.ts';
import { send } from './client.ts';
import type { Photo } from './photos.ts';
import type { Kind, Throughput } from './results.ts';
import type { UnderTest } from './under-test.ts';

/** Photos a second of a service whose every client sends the next photo when it has the last one's answer. */
export async function serviceThroughput(under: UnderTest, kind: Kind, photo: Photo, clients: number, seconds: number): Promise<Throughput> {
  await under.warm();
  const perSecond = await closedLoop(clients, seconds, () => send(under.service, kind, photo));
  await under.idle();
  return { of: kind, megapixels: photo.megapixels, isolation: under.isolation, clients, perSecond };
}

/** The same of sharp alone, in as many processes as there are cores. */
export async function bareThroughput(photo: Photo, cores: number, seconds: number): Promise<Throughput> {
  const processes = Array.from({ length: cores }, openBareSharp);
  try {
    const perSecond = await closedLoop(cores, seconds, (client) => processes[client]?.run(photo) ?? Promise.resolve());
    return { of: 'bare', megapixels: photo.megapixels, clients: cores, perSecond };
  } finally {
    for (const each of processes) each.close();
  }
}

/**
 * Completions a second, counted from one completion to another: neither the ramp at the start nor the tail at the end is part of it. Goes on
 * beyond its time until there are as many as clients.
 */
async function closedLoop(clients: number, seconds: number, work: (client: number) => Promise<unknown>): Promise<number> {
  // Every client's first answer, and the cold process it may have met, is left out.
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  const until = performance.now() + seconds * 1000;
  const done: number[] = [];
  const more = () => performance.now() < until || done.length < clients;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (more()) {
        await work(client);
        if (more()) done.push(performance.now());
      }
    }),
  );
  const [first, last] = [done[0] ?? 0, done.at(-1) ?? 0];
  return last > first ? ((done.length - 1) / (last - first)) * 1000 : 0;
}
