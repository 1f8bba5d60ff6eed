import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Photo } from './photos.ts';

/** One process of bare sharp; one piece of work at a time. */
export interface BareSharp {
  /** Milliseconds of decode, resize and encode, measured inside the process. */
  run(photo: Photo): Promise<number>;
  close(): void;
}

const answer = z.tuple([z.number()]).rest(z.unknown());

export function openBareSharp(): BareSharp {
  // Ends with its parent: the channel keeps it alive and nothing else does.
  const child = fork(fileURLToPath(new URL('./bare-child.js', import.meta.url)));
  return {
    async run({ path }) {
      child.send(path);
      const [ms] = answer.parse(await once(child, 'message'));
      return ms;
    },
    close: () => child.disconnect(),
  };
}
