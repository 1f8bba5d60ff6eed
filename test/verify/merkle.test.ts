import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptyRoot, leafHash, nodeHash, verifyConsistency, verifyInclusion } from '../../src/verify/merkle.ts';
import { nodeCrypto } from '../../src/verify/node-crypto.ts';
import { createTree } from '../../src/verify/tree.ts';
import { referenceConsistencies, referenceInclusions, referenceLeaves, referenceRoots } from '../kit/reference-tree.ts';
import { consistency, leafOf, mth, path } from './log-writer.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex');

const leaves = Array.from({ length: 70 }, (_, i) => leafOf(`entry ${i}`));
const headOf = (size: number) => ({ size, root: mth(leaves.slice(0, size)) });

describe('the Merkle tree', () => {
  it('has the roots of the reference, at every size', () => {
    const tree = createTree(nodeCrypto);
    expect(hex(emptyRoot(nodeCrypto))).toBe(referenceRoots[0]);
    const found = [hex(tree.root())];
    for (const input of referenceLeaves) {
      tree.push(leafHash(nodeCrypto, input));
      found.push(hex(tree.root()));
    }
    expect(found).toEqual(referenceRoots);
    expect(tree.size).toBe(8);
  });

  it('has the roots of the definition, and every complete subtree, once', () => {
    const seen = new Map<string, string>();
    const tree = createTree(nodeCrypto, (height, index, hash) => {
      expect(seen.has(`${height}/${index}`)).toBe(false);
      seen.set(`${height}/${index}`, hex(hash));
    });
    for (const [i, leaf] of leaves.entries()) {
      tree.push(leaf);
      expect(hex(tree.root())).toBe(hex(mth(leaves.slice(0, i + 1))));
    }
    let nodes = 0;
    for (let height = 0; 2 ** height <= leaves.length; height++) {
      for (let index = 0; (index + 1) * 2 ** height <= leaves.length; index++, nodes++) {
        expect(seen.get(`${height}/${index}`)).toBe(hex(mth(leaves.slice(index * 2 ** height, (index + 1) * 2 ** height))));
      }
    }
    expect(seen.size).toBe(nodes);
  });

  it('grows on its own after it was cloned', () => {
    const tree = createTree(nodeCrypto);
    for (const leaf of leaves.slice(0, 11)) tree.push(leaf);
    const twin = tree.clone();
    twin.push(leafOf('other'));
    expect(tree.size).toBe(11);
    expect(hex(tree.root())).toBe(hex(headOf(11).root));
    expect(hex(twin.root())).toBe(hex(mth([...leaves.slice(0, 11), leafOf('other')])));
  });
});

describe('inclusion', () => {
  it('agrees with the reference', () => {
    for (const [index, size, hashes] of referenceInclusions) {
      const leaf = leafHash(nodeCrypto, referenceLeaves[index] ?? bytes(''));
      const root = bytes(referenceRoots[size] ?? '');
      expect(verifyInclusion(nodeCrypto, { index, size, leaf, proof: hashes.map(bytes), root })).toBe(true);
    }
  });

  it('holds for every leaf of every tree, and at no other place', () => {
    for (let size = 1; size <= 24; size++) {
      const { root } = headOf(size);
      for (let index = 0; index < size; index++) {
        const leaf = leafOf(`entry ${index}`);
        const proof = path(index, leaves.slice(0, size));
        expect(verifyInclusion(nodeCrypto, { index, size, leaf, proof, root })).toBe(true);
        for (let other = 0; other <= size; other++) {
          expect(verifyInclusion(nodeCrypto, { index: other, size, leaf, proof, root })).toBe(other === index);
        }
      }
    }
  });

  it('fails with a hash too many, too few, or changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), (size, i, j) => {
        const index = i % size;
        const proof = path(index, leaves.slice(0, size));
        const claim = { index, size, leaf: leafOf(`entry ${index}`), root: headOf(size).root };
        const at = j % proof.length;
        expect(verifyInclusion(nodeCrypto, { ...claim, proof: proof.toSpliced(at, 1) })).toBe(false);
        expect(verifyInclusion(nodeCrypto, { ...claim, proof: proof.toSpliced(at, 0, leafOf('x')) })).toBe(false);
        expect(verifyInclusion(nodeCrypto, { ...claim, proof: [...proof, leafOf('x')] })).toBe(false);
        expect(verifyInclusion(nodeCrypto, { ...claim, proof: proof.with(at, leafOf('x')) })).toBe(false);
        expect(verifyInclusion(nodeCrypto, { ...claim, leaf: leafOf('x'), proof })).toBe(false);
      }),
    );
  });

  it('counts beyond 32 bits', () => {
    // The last leaf of a tree of 2^40 + 1 leaves hangs alone beside the whole rest.
    const [leaf, rest] = [leafOf('last'), leafOf('rest')];
    const claim = { index: 2 ** 40, size: 2 ** 40 + 1, leaf, proof: [rest], root: nodeHash(nodeCrypto, rest, leaf) };
    expect(verifyInclusion(nodeCrypto, claim)).toBe(true);
    expect(verifyInclusion(nodeCrypto, { ...claim, index: 0 })).toBe(false);
  });
});

describe('consistency', () => {
  it('agrees with the reference', () => {
    const at = (size: number) => ({ size, root: bytes(referenceRoots[size] ?? '') });
    for (const [from, to, hashes] of referenceConsistencies) {
      for (let other = 1; other <= to; other++) {
        expect(verifyConsistency(nodeCrypto, at(other), at(to), hashes.map(bytes))).toBe(other === from);
      }
    }
  });

  it('holds between all sizes, and for no other size', () => {
    for (let to = 2; to <= 20; to++) {
      for (let from = 1; from < to; from++) {
        const proof = consistency(from, leaves.slice(0, to));
        for (let other = 0; other <= to; other++) {
          expect(verifyConsistency(nodeCrypto, headOf(other), headOf(to), proof)).toBe(other === from);
        }
      }
    }
  });

  it('fails with a hash too many, too few, or changed, and where the past is another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), (to, i, j) => {
        const from = 1 + (i % (to - 1));
        const proof = consistency(from, leaves.slice(0, to));
        const check = (hashes: readonly Uint8Array[], older = headOf(from)) => verifyConsistency(nodeCrypto, older, headOf(to), hashes);
        const at = j % proof.length;
        expect(check(proof.toSpliced(at, 1))).toBe(false);
        expect(check(proof.toSpliced(at, 0, leafOf('x')))).toBe(false);
        expect(check([...proof, leafOf('x')])).toBe(false);
        expect(check(proof.with(at, leafOf('x')))).toBe(false);
        expect(check(proof, { size: from, root: leafOf('x') })).toBe(false);
        expect(check([])).toBe(false);
        expect(verifyConsistency(nodeCrypto, headOf(to), headOf(from), proof)).toBe(false);
      }),
    );
  });

  it('is not between a tree and a smaller one, whatever their roots', () => {
    const root = leafOf('x');
    for (const from of [2, 3, 4, 8]) expect(verifyConsistency(nodeCrypto, { size: from, root }, { size: 1, root }, [])).toBe(false);
  });

  it('of a tree with itself takes no hash and the same root', () => {
    expect(verifyConsistency(nodeCrypto, headOf(5), headOf(5), [])).toBe(true);
    expect(verifyConsistency(nodeCrypto, headOf(5), headOf(5), [leafOf('x')])).toBe(false);
    expect(verifyConsistency(nodeCrypto, headOf(5), { size: 5, root: leafOf('x') }, [])).toBe(false);
    expect(verifyConsistency(nodeCrypto, headOf(0), headOf(5), [])).toBe(true);
    expect(verifyConsistency(nodeCrypto, { size: 0, root: leafOf('x') }, headOf(5), [])).toBe(false);
    expect(verifyConsistency(nodeCrypto, headOf(0), headOf(5), [leafOf('x')])).toBe(false);
  });
});
