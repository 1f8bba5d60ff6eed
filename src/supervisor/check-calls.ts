import { z } from 'zod';
import { defineCall } from './link.ts';

/** What the self-check's probe and the drill's processes say. As in calls.ts, no message carries a byte of a photo. */

/** Supervisor to a process started like a darkroom, for the self-check: what it could do that it must not. */
export const probe = defineCall(
  'probe',
  z.strictObject({ port: z.int(), write: z.array(z.string()), read: z.array(z.string()) }),
  z.strictObject({
    coreFilter: z.string(),
    tmpdir: z.string(),
    discThreshold: z.string(),
    inspectable: z.boolean(),
    connected: z.boolean(),
    wrote: z.array(z.string()),
    read: z.array(z.string()),
  }),
);
