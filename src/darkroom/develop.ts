import type { Detector } from '../faces/detector.ts';
import type { Task } from '../jobs/task.ts';

/** What a darkroom keeps ready before a photo comes. */
export interface Kit {
  readonly detector: Detector;
  /** Folder of template packs. */
  readonly templatesDir: string;
  /** Pixels (width × height) of the largest photo that is decoded. */
  readonly maxPixels: number;
}

export interface Developed {
  readonly body: Buffer;
  readonly mediaType: string;
  /** Milliseconds of each step, sent as Server-Timing. */
  readonly timings: { readonly decode: number; readonly faces: number; readonly effect: number; readonly encode: number };
  /** Measures of the result, sent as Mayfly-Quality. */
  readonly quality: Readonly<Record<string, number>>;
}

/**
 * The ordered steps from encoded photos to an encoded answer: decode, orient, faces, quality, effect, encode.
 * @param photos encoded pictures as they were uploaded, in slot order; the callee may overwrite them once decoded
 * @throws Problem with one of the 422 codes, `unknown-template` or `invalid-params`
 */
export type Develop = (kit: Kit, photos: readonly Buffer[], task: Task) => Promise<Developed>;
