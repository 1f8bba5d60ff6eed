import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptyRoot, leafHash, push, rootOf, type Subtree } from '../../src/ledger/merkle.ts';
import { leafOf, rootOfLeaves } from '../kit/naive-tree.ts';
import { referenceLeaves, referenceRoots } from '../kit/reference-tree.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the Merkle tree', () => {
  it('has the roots of the reference tree at every size', () => {
    const range: Subtree[] = [];
    expect(hex(rootOf(range))).toBe(referenceRoots[0]);
    expect(hex(emptyRoot)).toBe(referenceRoots[0]);
    referenceLeaves.forEach((leaf, i) => {
      push(range, { height: 0, hash: leafHash(leaf) });
      expect(hex(rootOf(range))).toBe(referenceRoots[i + 1]);
    });
  });

  it('keeps no more than one hash for each bit of its size', () => {
    const range: Subtree[] = [];
    for (let size = 1; size <= 300; size++) {
      push(range, { height: 0, hash: leafHash(Uint8Array.of(size)) });
      expect(range).toHaveLength(size.toString(2).replaceAll('0', '').length);
    }
  });

  it('agrees with the definition of RFC 6962 for any leaves', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 200 }), (leaves) => {
        const range: Subtree[] = [];
        for (const leaf of leaves) push(range, { height: 0, hash: leafHash(leaf) });
        expect(hex(rootOf(range))).toBe(hex(rootOfLeaves(leaves.map(leafOf))));
      }),
      { numRuns: 50 },
    );
  });
});
