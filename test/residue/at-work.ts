import { eventually } from '../http/harness.ts';
import { freeze } from '../kit/freeze.ts';
import { type Service, upload } from '../kit/service.ts';
import type { Aviary } from './canaries.ts';
import { face } from './photos.ts';
import { count, lookFor } from './places.ts';

/** A darkroom that stands still with the marks of a photo in its memory. */
export interface AtWork {
  readonly pid: number;
  /** Marks found in it. */
  readonly hits: number;
  /** Lets it go on, and waits for the answer that comes of it. */
  release(): Promise<void>;
}

/**
 * Sends a canary and stops the one darkroom again and again until it has the photo: early on a quick machine, late on a busy one.
 * @throws Error where ten photos went by unseen: then the search would be blind
 */
export async function meetAtWork(service: Service, aviary: Aviary, name: string): Promise<AtWork> {
  for (let photo = 0; photo < 10; photo++) {
    const { file, name: whose } = await aviary.canary(`${name} ${photo}`, await face());
    await service.idle();
    const [pid] = service.processes().develop;
    if (pid === undefined) continue;
    const answer = upload(service, file, { template: 'astronaut' }).then(
      () => undefined,
      () => undefined,
    );
    await eventually(() => service.vault().length > 0, 'a sealed photo', 60_000);
    for (let pause = 5; service.processes().develop.includes(pid); pause *= 1.2) {
      const thaw = freeze([pid]);
      const hits = count(lookFor(service, aviary, 0, ['darkrooms']), 'darkrooms', whose);
      const release = () => {
        thaw();
        return answer;
      };
      if (hits > 0) return { pid, hits, release };
      thaw();
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    await answer;
  }
  throw new Error('No darkroom was met at work');
}
