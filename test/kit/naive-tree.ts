import { createHash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 by the letter of its section 2.1, slow and obvious, and the verification of proofs by RFC 9162, sections 2.1.3.2 and
 * 2.1.4.2. Shares nothing with what it checks.
 */

const sha256 = (...parts: readonly Uint8Array[]) => parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest();

export const leafOf = (entry: Uint8Array): Buffer => sha256(Uint8Array.of(0), entry);
const nodeOf = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Uint8Array.of(1), left, right);

/** The largest power of two smaller than n. */
const split = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);

export function rootOfLeaves(leaves: readonly Uint8Array[]): Buffer {
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return Buffer.from(first);
  const k = split(leaves.length);
  return nodeOf(rootOfLeaves(leaves.slice(0, k)), rootOfLeaves(leaves.slice(k)));
}

/** PATH(m, D[n]) */
export function pathOfLeaf(m: number, leaves: readonly Uint8Array[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...pathOfLeaf(m, leaves.slice(0, k)), rootOfLeaves(leaves.slice(k))]
    : [...pathOfLeaf(m - k, leaves.slice(k)), rootOfLeaves(leaves.slice(0, k))];
}

export function inclusionHolds(leaf: Uint8Array, index: number, size: number, hashes: readonly Uint8Array[], root: Uint8Array): boolean {
  let fn = index;
  let sn = size - 1;
  let r: Buffer = Buffer.from(leaf);
  for (const p of hashes) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = nodeOf(p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else r = nodeOf(r, p);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && r.equals(root);
}

export function consistencyHolds(
  from: number,
  to: number,
  hashes: readonly Uint8Array[],
  fromRoot: Uint8Array,
  toRoot: Uint8Array,
): boolean {
  if (from === 0) return hashes.length === 0;
  if (from === to) return hashes.length === 0 && Buffer.from(fromRoot).equals(toRoot);
  const path = [...hashes];
  if (Number.isInteger(Math.log2(from))) path.unshift(fromRoot);
  let [fn, sn] = [from - 1, to - 1];
  while (fn % 2 === 1) [fn, sn] = [(fn - 1) / 2, Math.floor(sn / 2)];
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let fr: Buffer = Buffer.from(first);
  let sr: Buffer = Buffer.from(first);
  for (const c of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [nodeOf(c, fr), nodeOf(c, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else sr = nodeOf(sr, c);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return fr.equals(fromRoot) && sr.equals(toRoot) && sn === 0;
}
