import { Problem } from '../problems.ts';
import type { Effect } from './effect.ts';

export const avatar: Effect<'avatar'> = {
  apply: () => Promise.reject(new Problem('internal')),
  art: () => [],
  warm: () => Promise.resolve(),
};
