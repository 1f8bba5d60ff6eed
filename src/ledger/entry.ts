// By name and not as one object, so that a bundle takes along only what is used.
import * as z from 'zod';

/**
 * The entries of the books: closed schemas, no personal data. Never an IP address, user agent, subject, file name, EXIF field, image or
 * hash of an image. Unknown fields are errors.
 */

export const closeReasons = ['done', 'refused', 'failed', 'aborted', 'cancelled', 'expired', 'crash', 'withdrawn'] as const;
export type CloseReason = (typeof closeReasons)[number];

/** What an object is to its job: an uploaded photo, a finished result, or the points of the faces in a photo. */
export const objectRoles = ['in', 'out', 'landmarks'] as const;
export type ObjectRole = (typeof objectRoles)[number];

/** Why a call was turned away at the door. */
export const denials = ['no-key', 'unknown-key', 'wrong-role'] as const;
export type Denial = (typeof denials)[number];

const count = z.int().nonnegative();
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');
/** Names of notices, versions and engines: a closed alphabet, so that no sentence about a person fits in. */
const name = z.string().regex(/^[A-Za-z0-9.+/:_=-]{1,200}$/, 'expected a name');

/** `name+id+base64(0x01 || public key)` of c2sp.org/signed-note. */
const verifierKey = z.string().regex(/^[^\s+]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$/, 'expected a verifier key');

/**
 * One object of a job. The commitment is HMAC-SHA-256(the job's key, SHA-256 of the object): who has key and object can check it, and without
 * the key it says nothing. An object that was never whole (an upload that broke off) has none.
 */
const object = z.strictObject({ role: z.enum(objectRoles), bytes: count, commitment: digest.exactOptional() });
export type ClosedObject = z.infer<typeof object>;

/** How a job's objects, keys and processes ended. */
const proof = z.strictObject({
  /** Artifacts unlinked and then looked for in vain. Landmarks are no artifact: they lived in the darkroom's memory alone. */
  unlinked: count,
  /** Every process that held a key of the job's artifacts has overwritten it or is gone. */
  keys: z.literal(true),
  /** The end of the darkroom: `none` where the job never met one, `exited:CODE`, `killed:SIGNAL`, or `pool` where it works on. */
  darkroom: z.string().regex(/^(none|pool|exited:\d+|killed:[A-Z0-9]+)$/),
  /** UTC milliseconds by which the receiver that saw the upload has exited. */
  receiver: z.strictObject({ leaves_by: count }),
});

/** What a self-check found: kept, not kept, or not to be found out here. */
const finding = z.enum(['ok', 'missing', 'unknown']);

const events = [
  z.strictObject({
    ev: z.literal('log.boot'),
    version: name,
    /** SHA-256 of the program file that runs. */
    build: digest,
    /** SHA-256 of models/manifest.json, which names the SHA-256 of every network. */
    models: digest,
    engine: name,
    isolation: z.string().regex(/^(photo|pool:[1-9]\d*)$/),
    /** Version of the notice in force. */
    notice: name,
    /** Longest gap between two sweeps that the schedule allows, milliseconds. */
    sweep_ms: count,
    selfcheck: z.record(z.string().regex(/^[a-z0-9-]{1,40}$/), finding),
    /** Things found in the vault and destroyed before the first connection was taken. */
    orphans: count,
    /** Jobs that the last run left open; each gets its `job.closed` in the same commit as this entry. */
    open: count,
  }),
  z.strictObject({
    ev: z.literal('job.received'),
    job: z.uuid(),
    /** Whose receipt it is; see auth/owner.ts. Two jobs of one key have nothing in common here. */
    owner: z.string().regex(/^[0-9a-f]{16}$/),
    roles: z.array(z.enum(objectRoles)),
    /** Milliseconds from now by which it is closed, however it ends. */
    deadline: count,
    notice: name,
  }),
  z.strictObject({
    ev: z.literal('job.closed'),
    job: z.uuid(),
    why: z.enum(closeReasons),
    held_ms: count,
    objects: z.array(object),
    proof,
  }),
  z.strictObject({ ev: z.literal('purge.failed'), job: z.uuid().exactOptional(), failed: count }),
  z.strictObject({ ev: z.literal('sweep.ran'), seen: count, found: count, destroyed: count, failed: count }),
  /** The wall clock was set: by how much it ran away from the monotonic one between two sweeps. */
  z.strictObject({ ev: z.literal('clock.step'), step_ms: z.int() }),
  /** The old key signs the tree that ends with this. */
  z.strictObject({ ev: z.literal('key.rotated'), from: verifierKey, to: verifierKey }),
  z.strictObject({ ev: z.literal('notice.changed'), from: name, to: name }),
  /** Calls turned away since the last sweep: one entry a reason, so that a flood cannot fill the books. */
  z.strictObject({ ev: z.literal('access.denied'), why: z.enum(denials), count: z.int().positive() }),
  /** A canary photo was sent through the service and looked for after its receipt. `ok` only where nothing was found and all could be read. */
  z.strictObject({
    ev: z.literal('drill.ran'),
    ok: z.boolean(),
    job: z.uuid().exactOptional(),
    processes: count,
    unreadable: count,
    files: count,
    hits: count,
  }),
  /** Entries older than `before` (UTC milliseconds) were dropped by the rule of the notice; their hashes stay. */
  z.strictObject({ ev: z.literal('log.pruned'), before: count, entries: count }),
  z.strictObject({ ev: z.literal('log.close') }),
] as const;

/** What a caller appends. */
export const eventSchema = z.discriminatedUnion('ev', events);
export type LedgerEvent = z.infer<typeof eventSchema>;
export type EventName = LedgerEvent['ev'];

/** Every kind of entry there is. */
export const eventNames: readonly EventName[] = events.map(({ shape }) => shape.ev.value);

/** What every entry carries besides: format version, UTC milliseconds, monotonic milliseconds, run, number within the run. */
export const stampSchema = z.object({ v: z.literal(1), at: count, mono: count, boot: z.uuid(), seq: count });

export type Entry = LedgerEvent & z.infer<typeof stampSchema>;
/** The entry of one kind of event. */
export type EntryOf<Name extends EventName> = Extract<Entry, { ev: Name }>;

const anyObject = z.looseObject({});

/**
 * One entry of the books.
 * @throws ZodError where a field is missing, unknown or of the wrong form
 */
export function parseEntry(value: unknown): Entry {
  const stamp = stampSchema.parse(value);
  const rest = Object.fromEntries(Object.entries(anyObject.parse(value)).filter(([name]) => !(name in stamp)));
  return { ...eventSchema.parse(rest), ...stamp };
}
