import { z } from 'zod';
import { readTable } from './models.ts';

/**
 * For each of the 68 points of iBUG the points of the mesh that it is the sum of, each with its share; the shares add up to 1. Fitted by
 * scripts/models/sixty-eight.mjs.
 */
export const shares: readonly (readonly (readonly [vertex: number, share: number])[])[] = readTable(
  'sixty-eight',
  z.array(z.array(z.tuple([z.int().min(0).max(467), z.number()]))).length(68),
);
