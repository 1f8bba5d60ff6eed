import { z } from 'zod';
import { defineCall } from './link.ts';

/** What the self-check's probe and the drill's processes say. As in calls.ts, no message carries a byte of a photo. */

/** Supervisor to a process started like a darkroom, for the self-check: what it could do that it must not. */
export const probe = defineCall(
  'probe',
  z.strictObject({ port: z.int(), write: z.array(z.string()), read: z.array(z.string()) }),
  z.strictObject({
    /** Soft RLIMIT_CORE in bytes; -1: the system does not tell. */
    coreLimit: z.number(),
    tmpdir: z.string(),
    discThreshold: z.string(),
    inspectable: z.boolean(),
    connected: z.boolean(),
    wrote: z.array(z.string()),
    read: z.array(z.string()),
  }),
);

const count = z.int().nonnegative();
const bytes32 = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.byteLength === 32, 'expected 32 bytes');

/** Supervisor to the drill's sender: draw the canary of this seed; send it, with a key that works once. No job: the upload was not let in. */
export const prepareCanary = defineCall('prepareCanary', z.strictObject({ seed: bytes32 }), z.strictObject({}));
export const sendCanary = defineCall(
  'sendCanary',
  z.strictObject({ url: z.url(), secret: z.string(), notice: z.string() }),
  z.strictObject({ status: z.int(), job: z.uuid().exactOptional() }),
);

export const processKinds = ['supervisor', 'receiver', 'darkroom', 'sender'] as const;

/** A process to look through, with the number of the descriptor of its memory, which the supervisor has opened and never reads. */
const subject = z.strictObject({ pid: z.int().positive(), kind: z.enum(processKinds), memory: z.int().nonnegative() });
export type DrillSubject = z.infer<typeof subject>;

const found = z.strictObject({ where: z.string(), hits: count });

/** Supervisor to the drill's searcher. */
export const search = defineCall(
  'search',
  z.strictObject({ seed: bytes32, subjects: z.array(subject), folders: z.array(z.string()), since: z.number() }),
  z.strictObject({ unreadable: count, files: count, found: z.array(found) }),
);

export const drillWaits = ['now', 'generation'] as const;

/** What a drill found. */
export const drillReportSchema = z.strictObject({
  /** Everything could be looked at, the marks were found where they had to be, and nowhere else. */
  ok: z.boolean(),
  job: z.uuid().exactOptional(),
  /** HTTP status that the canary was answered with. */
  status: z.int(),
  wait: z.enum(drillWaits),
  /** Processes of the service whose memory was looked through. */
  processes: count,
  /** Processes and files that could not be looked through. */
  unreadable: count,
  /** Files that changed since the canary was sent. */
  files: count,
  /** Marks found where none may be. */
  hits: count,
  /** Marks found in the process that sent the canary and still holds it: none would mean that the searcher is blind. */
  control: count,
  /** Processes that saw the upload and leave with their generation: not looked through, unless the drill waits for that. */
  later: count,
  found: z.array(found),
  /** Milliseconds from the first process to the report. */
  ms: count,
});
export type DrillReport = z.infer<typeof drillReportSchema>;

/** Receiver to supervisor. A drill that waits for the generation answers without a report, which `drillState` has later. */
export const startDrill = defineCall(
  'startDrill',
  z.strictObject({ wait: z.enum(drillWaits) }),
  z.strictObject({ report: drillReportSchema.exactOptional() }),
);
export const drillStateSchema = z.strictObject({ running: z.boolean(), last: drillReportSchema.exactOptional() });
export const drillState = defineCall('drillState', z.strictObject({}), drillStateSchema);

/** Supervisor to receiver: a key of the role app with this SHA-256 may be used once, soon. */
export const lendKey = defineCall('lendKey', z.strictObject({ digest: bytes32 }), z.strictObject({}));
