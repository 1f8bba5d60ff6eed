import { same } from './bytes.ts';
import type { Crypto } from './crypto.ts';

/** The Merkle tree of RFC 6962, section 2.1, and the checks of proofs as in RFC 9162, sections 2.1.3.2 and 2.1.4.2. */

type Hasher = Pick<Crypto, 'sha256'>;

/** Bytes of a hash. */
export const hashBytes = 32;

// What is hashed goes through these, one after the other: a buffer for each of millions would cost more than the hashing.
const leafInput = new Uint8Array(1 + 65_535);
const nodeInput = Uint8Array.of(1, ...new Uint8Array(2 * hashBytes));

/** @param entry at most 65,535 bytes */
export function leafHash({ sha256 }: Hasher, entry: Uint8Array): Uint8Array {
  leafInput.set(entry, 1);
  return sha256(leafInput.subarray(0, 1 + entry.length));
}

export function nodeHash({ sha256 }: Hasher, left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + hashBytes);
  return sha256(nodeInput);
}

/** The root of a tree without leaves. */
export function emptyRoot({ sha256 }: Hasher): Uint8Array {
  return sha256(new Uint8Array(0));
}

// Indices go beyond the 32 bits of ECMAScript's shifts.
const half = (n: number) => Math.floor(n / 2);
const odd = (n: number) => n % 2 === 1;

/** Whether `proof` (hashes from the leaf's sibling up) shows that the leaf is number `index` of the `size` leaves under `root`. */
export function verifyInclusion(
  hasher: Hasher,
  { index, size, leaf, proof, root }: { index: number; size: number; leaf: Uint8Array; proof: readonly Uint8Array[]; root: Uint8Array },
): boolean {
  if (index >= size) return false;
  let first = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (odd(first) || first === last) {
      hash = nodeHash(hasher, sibling, hash);
      while (!odd(first) && first !== 0) {
        first = half(first);
        last = half(last);
      }
    } else {
      hash = nodeHash(hasher, hash, sibling);
    }
    first = half(first);
    last = half(last);
  }
  return last === 0 && same(hash, root);
}

export interface Head {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether `proof` shows that the tree `newer` begins with all the leaves of the tree `older`, unchanged and in order. */
export function verifyConsistency(hasher: Hasher, older: Head, newer: Head, proof: readonly Uint8Array[]): boolean {
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && same(older.root, newer.root);
  if (older.size === 0) return proof.length === 0 && same(older.root, emptyRoot(hasher));
  let first = older.size - 1;
  let last = newer.size - 1;
  while (odd(first)) {
    first = half(first);
    last = half(last);
  }
  // A complete older tree is a node of the newer one: the proof leaves out what the verifier knows.
  const [start, ...path] = first === 0 ? [older.root, ...proof] : proof;
  if (start === undefined) return false;
  let before = start;
  let after = start;
  for (const hash of path) {
    if (last === 0) return false;
    if (odd(first) || first === last) {
      before = nodeHash(hasher, hash, before);
      after = nodeHash(hasher, hash, after);
      while (!odd(first) && first !== 0) {
        first = half(first);
        last = half(last);
      }
    } else {
      after = nodeHash(hasher, after, hash);
    }
    first = half(first);
    last = half(last);
  }
  return last === 0 && same(before, older.root) && same(after, newer.root);
}
