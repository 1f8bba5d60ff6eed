import { z } from 'zod';
import { taskSchema } from './task.ts';

/** The port between the desk and the darkrooms (parent side: darkroom/pool.ts). Everything here crosses a process border. */

export const keySchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.byteLength === 32, 'expected 32 bytes');
export const commitmentSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** A whole artifact in the vault, with the job's commitment to it. */
export const sealedSchema = z.strictObject({
  id: z.string(),
  key: keySchema,
  bytes: z.int().nonnegative(),
  commitment: commitmentSchema,
});
export type SealedArtifact = z.infer<typeof sealedSchema>;

/** What a darkroom is asked to do. */
export const orderSchema = z.strictObject({
  job: z.uuid(),
  boot: z.uuid(),
  /** Monotonic milliseconds until which the result may be wanted. */
  deadline: z.number(),
  photos: z.array(sealedSchema).min(1),
  /** What the darkroom commits with to landmarks and result. */
  commitmentKey: keySchema,
  task: taskSchema,
});
export type Order = z.infer<typeof orderSchema>;

/** The points of the faces of one photo, which exist in the darkroom's memory alone. */
export const landmarksSchema = z.strictObject({ bytes: z.int().nonnegative(), commitment: commitmentSchema });
export type CommittedLandmarks = z.infer<typeof landmarksSchema>;

const milliseconds = z.number().nonnegative();

/** What it answers: the sealed result, and how the work went. */
export const finishedSchema = z.strictObject({
  result: sealedSchema,
  mediaType: z.string(),
  timings: z.strictObject({ decode: milliseconds, faces: milliseconds, effect: milliseconds, encode: milliseconds }),
  quality: z.record(z.string(), z.number()),
});
export type Finished = z.infer<typeof finishedSchema>;

/** One order in one darkroom. */
export interface Run {
  /** Resolves once the darkroom has read the sealed photos: nobody needs them any more. Never resolves for one that does not get so far. */
  readonly opened: Promise<void>;
  /** Landmarks that the darkroom has said it found, so far; a refusal may come after them. */
  readonly landmarks: readonly CommittedLandmarks[];
  /** Rejects with a Problem: a refusal, or `internal` when the darkroom died. */
  readonly finished: Promise<Finished>;
  /** How the darkroom ended, as the ledger wants it: `exited:CODE`, `killed:SIGNAL`, or `pool` where it works on. Never rejects. */
  readonly ended: Promise<string>;
  /** Of a run that failed: whether the process died on its own before it had answered. */
  readonly crashed: () => boolean;
  /** Ends the process at once, whatever it is doing. */
  kill(): void;
}

export interface Darkrooms {
  /** Darkrooms that can take an order now. */
  readonly free: number;
  /** Hands the order to a free darkroom; call only while `free > 0`. */
  start(order: Order): Run;
  /** Called whenever a darkroom becomes free. */
  onFree(call: () => void): void;
}
