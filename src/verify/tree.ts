import type { Crypto } from './crypto.ts';
import { emptyRoot, nodeHash } from './merkle.ts';

/** A Merkle tree that grows leaf by leaf and remembers only its right edge: log2(size) hashes. */
export interface Tree {
  readonly size: number;
  push(leaf: Uint8Array): void;
  /** RFC 6962, section 2.1. */
  root(): Uint8Array;
  /** Another tree with the same leaves, that grows on its own. */
  clone(onNode?: OnNode): Tree;
}

/** Told of every complete subtree: of 2^height leaves, the `index`-th of its height. Leaves are of height 0. */
type OnNode = (height: number, index: number, hash: Uint8Array) => void;

export function createTree(hasher: Pick<Crypto, 'sha256'>, onNode: OnNode = () => undefined): Tree {
  return grow(hasher, [], 0, onNode);
}

/** @param edge roots of the complete subtrees that the leaves fall into, largest first: one for each bit of `size` */
function grow(hasher: Pick<Crypto, 'sha256'>, edge: Uint8Array[], size: number, onNode: OnNode): Tree {
  return {
    get size() {
      return size;
    },
    push(leaf) {
      let hash = leaf;
      let height = 0;
      let index = size;
      onNode(height, index, hash);
      for (; index % 2 === 1; index = (index - 1) / 2) {
        const left = edge.pop();
        if (left === undefined) throw new RangeError('An edge has a root for each bit of the size');
        hash = nodeHash(hasher, left, hash);
        height += 1;
        onNode(height, (index - 1) / 2, hash);
      }
      edge.push(hash);
      size += 1;
    },
    root: () => (edge.length === 0 ? emptyRoot(hasher) : edge.reduceRight((right, left) => nodeHash(hasher, left, right))),
    clone: (on = () => undefined) => grow(hasher, [...edge], size, on),
  };
}
