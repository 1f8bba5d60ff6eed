import type { Find } from '../findings.ts';
import type { Invariant } from './invariant.ts';

/**
 * The keys follow each other as the entries say: each `key.rotated` leads from one key of the file `vkey` to the next, and there is one for each.
 * @param keys verifier key texts, newest last
 */
export function rotationInvariant(keys: readonly string[], find: Find): Invariant {
  /** The key in force, as its place in the file; unknown where the rotation to it cannot be read. */
  let current: number | undefined = 0;

  return {
    see(index, entry) {
      if (entry.ev !== 'key.rotated') return;
      const from = current ?? keys.indexOf(entry.from);
      if (keys[from] !== entry.from)
        find({ rule: 'rotation', index, file: 'vkey', what: `The key that is replaced is not number ${from} of the file` });
      if (keys[from + 1] !== entry.to)
        find({ rule: 'rotation', index, file: 'vkey', what: `The new key is not number ${from + 1} of the file` });
      current = from + 1;
    },
    gap() {
      current = undefined;
    },
    end() {
      if (current === undefined || current === keys.length - 1) return;
      find({ rule: 'rotation', file: 'vkey', what: `The file has ${keys.length} keys; the entries tell of ${current} rotations` });
    },
  };
}
