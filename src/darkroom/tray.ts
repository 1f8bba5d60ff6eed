import type { Pixels } from '../image/pixels.ts';

export type Step = 'decode' | 'faces' | 'effect' | 'encode';

/** Holds the decoded pictures of one job until it ends. */
export interface Tray {
  hold(picture: Pixels): Pixels;
}

/** Takes the time of the steps. */
export interface Watch {
  /** Ends a step: what has passed since the last one is its time. */
  lap(step: Step): void;
  /** Milliseconds; a step that the job does not have is 0. */
  readonly laps: Readonly<Record<Step, number>>;
}

/** Runs a job's steps, and overwrites every picture it held, however it ends. */
export async function withTray<T>(work: (tray: Tray, watch: Watch) => Promise<T>): Promise<T> {
  const held: Pixels[] = [];
  const hold = (picture: Pixels) => {
    held.push(picture);
    return picture;
  };
  try {
    return await work({ hold }, startWatch());
  } finally {
    for (const picture of held) picture.data.fill(0);
  }
}

function startWatch(): Watch {
  const laps: Record<Step, number> = { decode: 0, faces: 0, effect: 0, encode: 0 };
  let last = performance.now();
  return {
    laps,
    lap(step) {
      const now = performance.now();
      laps[step] += now - last;
      last = now;
    },
  };
}
