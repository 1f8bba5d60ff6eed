import { z } from 'zod';

/** What a client wants of its photos, already checked; it travels receiver -> supervisor -> darkroom. */
export const outputTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;
export type OutputType = (typeof outputTypes)[number];

export const taskSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('effect'),
    template: z.string(),
    /** Checked against the template's own schema by the receiver. */
    params: z.record(z.string(), z.unknown()),
    mediaType: z.enum(outputTypes),
  }),
  z.strictObject({ kind: z.literal('landmarks'), scheme: z.enum(['ibug-68', 'mesh-468']) }),
]);

export type Task = z.infer<typeof taskSchema>;
