import { z } from 'zod';

/**
 * The entries of the books: closed schemas, no personal data. Never an IP address, user agent, subject, file name, EXIF field, image or
 * hash of an image. Unknown fields are errors.
 */

export const closeReasons = ['done', 'refused', 'failed', 'aborted', 'cancelled', 'expired', 'crash', 'withdrawn'] as const;
export type CloseReason = (typeof closeReasons)[number];

const count = z.int().nonnegative();
const role = z.enum(['in', 'out', 'landmarks']);
const object = z.strictObject({ role, bytes: count });

/** How a job's objects, keys and processes ended. */
const proof = z.strictObject({
  /** Artifacts unlinked and then looked for in vain. */
  unlinked: count,
  /** Every process that held a key of the job has overwritten it or is gone. */
  keys: z.literal(true),
  /** The end of the darkroom: `none` where the job never met one, `exited:CODE`, `killed:SIGNAL`, or `pool` where it works on. */
  darkroom: z.string().regex(/^(none|pool|exited:\d+|killed:[A-Z0-9]+)$/),
  /** UTC milliseconds by which the receiver that saw the upload has exited. */
  receiverLeavesBy: count,
});

const events = {
  'log.boot': z.strictObject({
    ev: z.literal('log.boot'),
    version: z.string(),
    engine: z.string(),
    notice: z.string(),
    /** Things found in the vault and destroyed before the first connection was taken. */
    orphans: count,
    /** Jobs that the last run left open; each gets its `job.closed` right after this entry. */
    open: count,
  }),
  'job.received': z.strictObject({
    ev: z.literal('job.received'),
    job: z.uuid(),
    roles: z.array(role),
    /** Milliseconds from now. */
    deadline: count,
    notice: z.string(),
  }),
  'job.closed': z.strictObject({
    ev: z.literal('job.closed'),
    job: z.uuid(),
    why: z.enum(closeReasons),
    held_ms: count,
    objects: z.array(object),
    proof,
  }),
  'purge.failed': z.strictObject({ ev: z.literal('purge.failed'), job: z.uuid().optional(), failed: count }),
  'sweep.ran': z.strictObject({ ev: z.literal('sweep.ran'), seen: count, found: count, destroyed: count, failed: count }),
  'clock.step': z.strictObject({ ev: z.literal('clock.step'), step_ms: z.int() }),
  'log.close': z.strictObject({ ev: z.literal('log.close') }),
};

/** What a caller appends. */
export const eventSchema = z.discriminatedUnion('ev', [
  events['log.boot'],
  events['job.received'],
  events['job.closed'],
  events['purge.failed'],
  events['sweep.ran'],
  events['clock.step'],
  events['log.close'],
]);
export type LedgerEvent = z.infer<typeof eventSchema>;

/** What every entry carries besides: format version, UTC milliseconds, monotonic milliseconds, run, number within the run. */
export const stampSchema = z.object({ v: z.literal(1), at: count, mono: count, boot: z.uuid(), seq: count });

export type Entry = LedgerEvent & z.infer<typeof stampSchema>;

/**
 * One line of the books as an entry.
 * @throws ZodError where a field is missing, unknown or of the wrong form
 */
export function parseEntry(value: unknown): Entry {
  const stamp = stampSchema.parse(value);
  const rest = Object.fromEntries(Object.entries(z.looseObject({}).parse(value)).filter(([name]) => !(name in stamp)));
  return { ...eventSchema.parse(rest), ...stamp };
}
