import type { z } from 'zod';

/** One kind of template: what its packs say, and what a client may ask of it. */
export interface KindOf<M extends z.ZodType, P extends z.ZodType> {
  /** Schema of `template.json`. */
  readonly manifest: M;
  /** Schema of the parameters, defaults included. */
  readonly params: P;
  /** Art files that a manifest refers to. */
  readonly art: (manifest: z.infer<M>) => readonly string[];
  /** What a schema cannot say: agreement between fields, in words. */
  readonly mistakes: (manifest: z.infer<M>) => readonly string[];
}

/** Ties the types of one kind together. */
export function defineKind<M extends z.ZodType, P extends z.ZodType>(
  kind: Omit<KindOf<M, P>, 'mistakes'> & Partial<KindOf<M, P>>,
): KindOf<M, P> {
  return { mistakes: () => [], ...kind };
}
