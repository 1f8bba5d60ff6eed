import { describe, expect, it } from '@jest/globals';
import type { Queue } from '../../src/jobs/queue.ts';

/** What every queue has to keep. */
export function queueContract(name: string, make: () => Queue): void {
  describe(`${name} keeps the contract of a queue`, () => {
    it('gives jobs out in the order they came, each once', () => {
      const queue = make();
      for (const job of ['a', 'b', 'c']) queue.push(job);
      expect([queue.take(), queue.take(), queue.take(), queue.take()]).toEqual(['a', 'b', 'c', undefined]);
    });

    it('forgets a job that waits no more', () => {
      const queue = make();
      for (const job of ['a', 'b', 'c']) queue.push(job);
      expect([queue.remove('b'), queue.remove('b'), queue.size]).toEqual([true, false, 2]);
      expect([queue.take(), queue.take()]).toEqual(['a', 'c']);
    });
  });
}
