import { z } from 'zod';
import { commitmentSchema, finishedSchema, keySchema, landmarksSchema, orderSchema, sealedSchema } from '../jobs/darkrooms.ts';
import { taskSchema } from '../jobs/task.ts';
import { closeReasons } from '../ledger/entry.ts';
import { defineCall } from './link.ts';

/** Everything the processes say to each other, in one place. No message carries a byte of a photo. */

const nothing = z.strictObject({});
/** SHA-256 of a node of the log. */
const hash = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.byteLength === 32, 'expected 32 bytes');

/** Receiver to supervisor. */
export const admit = defineCall(
  'admit',
  z.strictObject({ key: z.string() }),
  z.strictObject({ job: z.uuid(), boot: z.uuid(), deadline: z.number() }),
);
export const submit = defineCall(
  'submit',
  z.strictObject({ job: z.uuid(), photos: z.array(sealedSchema).min(1), commitmentKey: keySchema, task: taskSchema }),
  finishedSchema.extend({ wait: z.number().nonnegative() }),
);
/** With what is committed to, where photos are whole in the vault and were not submitted. */
export const close = defineCall(
  'close',
  z.strictObject({
    job: z.uuid(),
    why: z.enum(closeReasons),
    commitments: z
      .strictObject({ key: keySchema, photos: z.array(z.strictObject({ id: z.string(), commitment: commitmentSchema })) })
      .exactOptional(),
  }),
  nothing,
);
export const receipt = defineCall(
  'receipt',
  z.strictObject({ job: z.uuid(), app: z.string().optional(), auditor: z.boolean() }),
  z.discriminatedUnion('state', [
    z.strictObject({ state: z.enum(['open', 'unknown']) }),
    z.strictObject({
      state: z.literal('closed'),
      entry: z.string(),
      proof: z.strictObject({ index: z.int().nonnegative(), hashes: z.array(hash), checkpoint: z.string() }),
      vkey: z.string(),
      commitmentKey: keySchema.optional(),
    }),
  ]),
);
/** Calls turned away at the door since the last message. */
const many = z.int().positive().exactOptional();
export const denied = defineCall('denied', z.strictObject({ 'no-key': many, 'unknown-key': many, 'wrong-role': many }), nothing);
export const status = defineCall('status', nothing, z.strictObject({ ready: z.boolean(), reasons: z.array(z.string()) }));

/** Supervisor to receiver: forget this job; take no more connections and leave when the last one is served. */
export const release = defineCall('release', z.strictObject({ job: z.uuid() }), nothing);
export const drain = defineCall('drain', nothing, nothing);

/** Darkroom to supervisor: the engine is warm; the photos of its order are read; a photo's landmarks are found. Supervisor to darkroom: one order. */
export const ready = defineCall('ready', nothing, nothing);
export const opened = defineCall('opened', nothing, nothing);
export const found = defineCall('found', landmarksSchema, nothing);
export const develop = defineCall('develop', orderSchema, finishedSchema);
